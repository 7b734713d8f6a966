/** Mean and percentiles of a sample; all 0 for an empty one. */
export interface Distribution {
  mean: number;
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

/** Sorts `values` in place. */
export function distribution(values: Float64Array): Distribution {
  values.sort();
  let sum = 0;
  for (const value of values) sum += value;
  return {
    mean: values.length > 0 ? sum / values.length : 0,
    p50: quantileSorted(values, 0.5),
    p95: quantileSorted(values, 0.95),
    p99: quantileSorted(values, 0.99),
    max: values[values.length - 1] ?? 0,
  };
}

/** Linear between order statistics (type 7 of Hyndman and Fan, 1996); 0 for an empty sample. */
export function quantileSorted(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) return 0;
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (place - below);
}
