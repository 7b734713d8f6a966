import { quantileSorted } from './distribution.ts';

/** 0 for an empty sample. */
export const medianOf = (values: readonly number[]): number =>
  quantileSorted(Float64Array.from(values).sort(), 0.5);

/** ms; null: there is none yet. */
export const medianMs = (times: readonly number[]): number | null =>
  times.length === 0 ? null : medianOf(times);
