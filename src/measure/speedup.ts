import { SeededRandom } from '../base/seeded-random.ts';
import { quantileSorted } from './distribution.ts';
import { SignBoundaries, signError } from './sign-boundaries.ts';

export type Verdict = 'faster' | 'slower' | 'no difference seen';

/** How two settings compare on the same work. A ratio above 1: the second took less time than the first. */
export interface Speedup {
  /** Median of the paired ratios. */
  ratio: number;
  /** 95 % interval for that median, looks corrected for. */
  low: number;
  high: number;
  verdict: Verdict;
  pairs: number;
  /** Digits after the point that the interval supports. */
  digits: number;
}

export interface SpeedupOptions {
  seed: number;
  /**
   * One look of several: how many pairs may contradict a verdict, from `SignBoundaries`. Default: the only
   * look at 5 %.
   */
  votes?: number;
  resamples?: number;
}

/** The chance of being wrong that an interval of 95 % leaves. */
export const familyError = 0.05;

/**
 * Median of paired ratios with a 95 % interval.
 *
 * The interval is the wider of two, end by end: the percentile bootstrap of the median (Efron 1979; 2,000
 * seeded resamples of the pairs) and the order-statistic interval of the sign test (Conover, Practical
 * Nonparametric Statistics, 3.2), which is exact for any distribution: at a dozen pairs the bootstrap
 * alone covers too little.
 *
 * Repeated looks: looking k times at plain 95 % intervals finds a difference between equals far more
 * often than 5 % (Armitage, McPherson and Rowe 1969). `SignBoundaries` says how far out each look may
 * begin, and both intervals are taken at that level: a repeated confidence interval (Jennison and
 * Turnbull, Journal of the Royal Statistical Society B 51, 1989), true at all looks at once.
 */
export function pairedSpeedup(ratios: readonly number[], options: SpeedupOptions): Speedup {
  const { seed, resamples = 2000 } = options;
  const sorted = Float64Array.from(ratios).sort();
  const n = sorted.length;
  const votes = options.votes ?? new SignBoundaries(familyError).look(n, 1);
  const error = signError(n, votes);
  const [bootLow, bootHigh] = bootstrapMedian(sorted, error, resamples, new SeededRandom(seed));
  const low = votes < 0 ? 0 : Math.min(bootLow, sorted[votes]!);
  const high = votes < 0 ? Infinity : Math.max(bootHigh, sorted[n - 1 - votes]!);
  return {
    ratio: quantileSorted(sorted, 0.5),
    low,
    high,
    verdict: low > 1 ? 'faster' : high < 1 ? 'slower' : 'no difference seen',
    pairs: n,
    digits: supportedDigits(low, high),
  };
}

/** After how many pairs to look: each time about √2 times as many; never more than seven looks. */
export const plannedLooks: readonly number[] = [12, 17, 24, 34, 48, 68, 96];

/** Is the interval within ± `share` of the ratio? */
export function isPrecise({ ratio, low, high }: Speedup, share = 0.02): boolean {
  return high - ratio <= share * ratio && ratio - low <= share * ratio;
}

/** Nothing that was measured; somebody may claim it all the same. */
const hugeRatio = 1e6;

/** "1.83× (1.79–1.88)": no more digits than the interval supports. Never shown without its interval. */
export function formatSpeedup({ ratio, low, high, digits }: Speedup): string {
  const said = (value: number): string =>
    value < hugeRatio ? value.toFixed(digits) : value.toExponential(1).replace('e+', 'e');
  return `${said(ratio)}× (${said(low)}–${said(high)})`;
}

function bootstrapMedian(
  sorted: Float64Array,
  error: number,
  resamples: number,
  random: SeededRandom,
): [number, number] {
  const n = sorted.length;
  if (n === 0) return [0, Infinity];
  const medians = new Float64Array(resamples);
  // A resample need not be sorted: how often each rank was drawn says which one is in the middle.
  const drawn = new Uint16Array(n);
  const upper = n >> 1;
  for (let resample = 0; resample < resamples; resample++) {
    drawn.fill(0);
    for (let i = 0; i < n; i++) drawn[random.int(n)]!++;
    let rank = 0;
    let passed = drawn[0]!;
    while (passed < n - upper) passed += drawn[++rank]!;
    const below = sorted[rank]!;
    while (passed <= upper) passed += drawn[++rank]!;
    medians[resample] = (below + sorted[rank]!) / 2;
  }
  medians.sort();
  return [quantileSorted(medians, error / 2), quantileSorted(medians, 1 - error / 2)];
}

/** The last shown digit is not much finer than the half width of the interval. */
export function supportedDigits(low: number, high: number): number {
  const half = (high - low) / 2;
  if (!Number.isFinite(half)) return 0;
  if (half === 0) return 3;
  return Math.min(3, Math.max(0, Math.ceil(-Math.log10(half))));
}
