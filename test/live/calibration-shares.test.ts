import { describe, expect, test } from 'vitest';
import { idealOverheads } from '../../src/engine/runner.ts';
import {
  coldWorkers,
  contentionOf,
  helperShareOf,
} from '../../src/live/coordinator/calibration-shares.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import { simulate } from '../../src/simulate/simulate.ts';

const code = 'export default () => 1;';

/** How long so many workers take that all run one piece of code for the first time, as predicted. */
function coldMs(workers: number, cores: number, helperShare: number, contention: number): number {
  const { pipeline } = parseDocument({
    format: 'millrace/1',
    source: { kind: 'count', count: workers },
    stages: [{ id: 'a', work: { kind: 'code', source: code, model: { phases: [], cold: 15 } } }],
    machine: { workers },
  });
  const overheads = { ...idealOverheads, helperShare, contention };
  return simulate(pipeline!, { cores, overheads }).trace.meta.makespan;
}

describe('the share that helpers want', () => {
  test('is the one with which the simulated machine slows down as the measured one did', () => {
    for (let cores = 2; cores <= 16; cores++) {
      for (const contention of [0, 0.07, 0.5]) {
        for (const share of [0, 0.25, 0.8, 1]) {
          const [together, alone] = [coldWorkers(cores), 1].map((workers) =>
            coldMs(workers, cores, share, contention),
          );
          const slowdowns = new Array<number>(4).fill(together! / alone!);
          expect(helperShareOf(slowdowns, cores, contention)).toBeCloseTo(share, 9);
        }
      }
    }
  });

  test('is of the median round, the lower one, in whatever order they came', () => {
    expect(helperShareOf([1.9, 1.2, 1.4, 1.3], 2, 0)).toBeCloseTo(0.3, 9);
    expect(helperShareOf([5, 1.1, 1.6], 2, 0)).toBeCloseTo(0.6, 9);
  });

  test('is none where several were as quick as one, or contention explains it all', () => {
    expect(helperShareOf([0.98, 0.99, 1], 4, 0)).toBe(0);
    expect(helperShareOf([1.2], 2, 0.2)).toBe(0);
  });

  test('cannot be told on a single core, where one alone is slowed as much as two', () => {
    expect(coldMs(2, 1, 0.5, 0) / coldMs(1, 1, 0.5, 0)).toBeCloseTo(2, 9);
    expect(helperShareOf([2], 1, 0)).toBe(0);
  });

  test('is two cores at the most, however slow a round was', () => {
    expect(helperShareOf([90], 4, 0)).toBe(2);
  });
});

describe('what busy cores take from each other', () => {
  test('two workers at once do the work of 2 ÷ (1 + contention)', () => {
    expect(contentionOf(2)).toBe(0);
    expect(contentionOf(1.6)).toBeCloseTo(0.25, 9);
    expect(contentionOf(1)).toBe(1);
  });

  test('they never help each other, nor do less than one alone', () => {
    expect(contentionOf(2.2)).toBe(0);
    expect(contentionOf(0.7)).toBe(1);
  });
});
