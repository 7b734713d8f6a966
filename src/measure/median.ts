import { quantileSorted } from './distribution.ts';

/** ms; null: there is none yet. */
export const medianMs = (times: readonly number[]): number | null =>
  times.length === 0 ? null : quantileSorted(Float64Array.from(times).sort(), 0.5);
