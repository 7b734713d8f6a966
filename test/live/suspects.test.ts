import { describe, expect, test } from 'vitest';
import type { SentTask } from '../../src/live/coordinator/open-tasks.ts';
import { suspectsOf } from '../../src/live/coordinator/suspects.ts';

const sent = (place: number): SentTask => ({
  task: place,
  number: place,
  stage: 0,
  worker: 0,
  place,
  sentMs: 0,
  members: 1,
  timedOut: false,
  begunThen: 0,
  isGivenUp: false,
  isMoved: false,
});
const lost = [3, 4, 5, 6].map(sent);
const suspects = (begun: number, ended: number, slots: number, turn = 0) =>
  suspectsOf(lost, Int32Array.of(begun, ended, 0, turn), slots).map(({ place }) => place);

describe('which tasks may have brought a worker down', () => {
  test('with one at a time: the one under way', () => {
    expect(suspects(6, 5, 1)).toEqual([5]);
  });
  test('with none under way: those whose ends it was about to tell', () => {
    expect(suspects(5, 5, 1)).toEqual([3, 4]);
  });
  test('none that was not begun', () => {
    expect(suspects(3, 3, 1)).toEqual([]);
    expect(suspects(3, 2, 4)).toEqual([]);
  });
  test('with several at a time: all that were begun', () => {
    expect(suspects(6, 4, 4)).toEqual([3, 4, 5]);
  });
  test('but only the one whose code has the thread, where that is shared', () => {
    expect(suspects(6, 4, 4, 6)).toEqual([5]);
    expect(suspects(6, 4, 4, 5)).toEqual([4]);
    expect(suspects(6, 6, 1, 5)).toEqual([4]);
  });
  test('all, where nothing was ever begun or nothing is known', () => {
    expect(suspects(0, 0, 1)).toEqual([3, 4, 5, 6]);
    expect(suspectsOf(lost, null, 1)).toBe(lost);
  });
});
