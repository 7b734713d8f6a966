import { quantileSorted } from '../../../src/measure/distribution.ts';

export interface Slope {
  /** Of the values, per hour. */
  perHour: number;
  /** 95 % interval. */
  low: number;
  high: number;
}

/** 1.96: what a normal exceeds with a chance of 2.5 %. */
const z = 1.959964;

/**
 * The slope of values over time by Theil and Sen: the median of the slopes of all pairs, which a few outliers do not
 * turn; its interval inverts Kendall's test (Sen 1968; Hollander, Wolfe and Chicken, Nonparametric Statistical Methods,
 * 9.3). It takes samples for independent: memory that swings slowly is less certain than it says.
 *
 * @param timesMs rising
 */
export function slopePerHour(timesMs: readonly number[], values: readonly number[]): Slope {
  const slopes: number[] = [];
  for (let a = 0; a < values.length; a++) {
    for (let b = a + 1; b < values.length; b++) {
      slopes.push(((values[b]! - values[a]!) / (timesMs[b]! - timesMs[a]!)) * 3_600_000);
    }
  }
  slopes.sort((a, b) => a - b);
  const n = values.length;
  const width = z * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  const below = Math.floor((slopes.length - width) / 2);
  // Too few for an interval: it may be anything.
  if (below < 0 || slopes.length === 0)
    return { perHour: quantileSorted(slopes, 0.5), low: -Infinity, high: Infinity };
  return {
    perHour: quantileSorted(slopes, 0.5),
    low: slopes[below]!,
    high: slopes[slopes.length - 1 - below]!,
  };
}

/** `flat`: it grows by no more than that an hour, for all that can be seen. Null: the interval leaves it open. */
export function isFlat({ low, high }: Slope, atMostPerHour: number): boolean | null {
  if (high <= atMostPerHour) return true;
  return low > atMostPerHour ? false : null;
}
