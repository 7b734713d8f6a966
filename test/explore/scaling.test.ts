import { describe, expect, it } from 'vitest';
import { roomySet, workersToMeasure, workersToPredict } from '../../src/explore/scaling.ts';

describe('numbers of workers', () => {
  it('to measure: all of a few, else eight from one to the last', () => {
    expect(workersToMeasure(4)).toEqual([1, 2, 3, 4]);
    expect(workersToMeasure(1)).toEqual([1, 2]);
    for (const most of [9, 16, 24, 64, 128]) {
      const chosen = workersToMeasure(most);
      expect(chosen.length).toBeLessThanOrEqual(8);
      expect(chosen.slice(0, 2)).toEqual([1, 2]);
      expect(chosen.at(-1)).toBe(most);
    }
  });
  it('to predict: the measured ones and some beyond', () => {
    expect(workersToPredict([1, 2, 3, 4])).toEqual([1, 2, 3, 4, 6, 8, 12, 16]);
    expect(workersToPredict([1, 2, 48, 64])).toEqual([1, 2, 48, 64]);
  });
  it('have a core each, where this machine has fewer', () => {
    expect(roomySet(8, 2)).toEqual({ '/machine/workers': 8, '/machine/cores': 8 });
    expect(roomySet(1, 2)).toEqual({ '/machine/workers': 1, '/machine/cores': 2 });
  });
});
