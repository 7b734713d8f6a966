import type { Speedup } from './speedup.ts';

/**
 * The last number of workers that is seen to help: its whole interval lies above that of the best one before.
 * Points come in order of workers; the interval of one worker is 1 exactly.
 */
export function lastGain(
  points: readonly { workers: number; speedup: Pick<Speedup, 'low' | 'high'> }[],
): number {
  let best = { workers: 1, high: 1 };
  for (const { workers, speedup } of points) {
    if (speedup.low > best.high) best = { workers, high: speedup.high };
  }
  return best.workers;
}
