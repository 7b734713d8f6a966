import { expect, test } from 'vitest';
import { AccessLog } from '../../src/cache/store/access-log.ts';

test('keeps the order of the look-ups, each key as the number of its first coming', () => {
  const log = new AccessLog();
  log.record(['b', 'a']);
  log.record(['b', 'c', 'a']);
  const { keys, bytes, isCut } = log.trace(
    new Map([
      ['a', 10],
      ['b', 30],
      ['never asked for', 1000],
    ]),
  );
  expect([...keys]).toEqual([0, 1, 0, 2, 1]);
  // What is no longer kept counts as the others do on average.
  expect([...bytes]).toEqual([30, 10, 20]);
  expect(isCut).toBe(false);
});

test('has a size for every key even when nothing of them is kept', () => {
  const log = new AccessLog();
  log.record(['a', 'b']);
  expect([...log.trace(new Map()).bytes]).toEqual([1, 1]);
});

test('is cut where it would grow too large, and says so', () => {
  const log = new AccessLog(3);
  log.record(['a', 'b']);
  expect(log.trace(new Map()).isCut).toBe(false);
  log.record(['c', 'd', 'e']);
  const { keys, bytes, isCut } = log.trace(new Map());
  expect([keys.length, bytes.length, isCut]).toEqual([3, 3, true]);
});

test('of nothing is empty', () => {
  const { keys, bytes } = new AccessLog().trace(new Map([['a', 1]]));
  expect([keys.length, bytes.length]).toEqual([0, 0]);
});
