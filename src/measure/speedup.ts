import { SeededRandom } from '../base/seeded-random.ts';
import { quantileSorted } from './distribution.ts';

export type Verdict = 'faster' | 'slower' | 'no difference seen';

/** How two settings compare on the same work. A ratio above 1: the second took less time than the first. */
export interface Speedup {
  /** Median of the paired ratios. */
  ratio: number;
  /** Interval of `confidence` for that median, looks corrected for. */
  low: number;
  high: number;
  verdict: Verdict;
  pairs: number;
  /** How many looks at the numbers the interval allows for. */
  looks: number;
  /** Digits after the point that the interval supports. */
  digits: number;
}

export interface SpeedupOptions {
  seed: number;
  /** Looks that the whole experiment may take; each is made at 1 − 0.05 ÷ looks. Default 1. */
  looks?: number;
  resamples?: number;
}

const familyError = 0.05;

/**
 * Median of paired ratios with a 95 % interval.
 *
 * The interval is the wider of two, end by end: the percentile bootstrap of the median (Efron 1979; 2,000
 * seeded resamples of the pairs) and the order-statistic interval of the sign test (Conover, Practical
 * Nonparametric Statistics, 3.2), which is exact for any distribution: at a dozen pairs the bootstrap
 * alone covers too little.
 *
 * Repeated looks: looking k times at plain 95 % intervals finds a difference between equals far more
 * often than 5 % (Armitage, McPherson and Rowe 1969). The number of looks is fixed beforehand
 * (`plannedLooks`) and each is made at 5 % ÷ k (Bonferroni): whatever way the looks depend on each
 * other, the chance that any of them is wrong stays at 5 % or below.
 */
export function pairedSpeedup(ratios: readonly number[], options: SpeedupOptions): Speedup {
  const { seed, looks = 1, resamples = 2000 } = options;
  const sorted = Float64Array.from(ratios).sort();
  const error = familyError / looks;
  const [bootLow, bootHigh] = bootstrapMedian(sorted, error, resamples, new SeededRandom(seed));
  const [signLow, signHigh] = signInterval(sorted, error);
  const low = Math.min(bootLow, signLow);
  const high = Math.max(bootHigh, signHigh);
  return {
    ratio: quantileSorted(sorted, 0.5),
    low,
    high,
    verdict: low > 1 ? 'faster' : high < 1 ? 'slower' : 'no difference seen',
    pairs: ratios.length,
    looks,
    digits: supportedDigits(low, high),
  };
}

/** After how many pairs to look: each time about √2 times as many; never more than seven looks. */
export const plannedLooks: readonly number[] = [12, 17, 24, 34, 48, 68, 96];

/** Is the interval within ± `share` of the ratio? */
export function isPrecise({ ratio, low, high }: Speedup, share = 0.02): boolean {
  return high - ratio <= share * ratio && ratio - low <= share * ratio;
}

/** "1.83× (1.79–1.88)": no more digits than the interval supports. Never shown without its interval. */
export function formatSpeedup({ ratio, low, high, digits }: Speedup): string {
  return `${ratio.toFixed(digits)}× (${low.toFixed(digits)}–${high.toFixed(digits)})`;
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
  const sample = new Float64Array(n);
  for (let resample = 0; resample < resamples; resample++) {
    for (let i = 0; i < n; i++) sample[i] = sorted[random.int(n)]!;
    sample.sort();
    medians[resample] = quantileSorted(sample, 0.5);
  }
  medians.sort();
  return [quantileSorted(medians, error / 2), quantileSorted(medians, 1 - error / 2)];
}

/** [x₍c₊₁₎, x₍n₋c₎] with the largest c for which P(Binomial(n, ½) ≤ c) ≤ error ÷ 2; all of the sample, or nothing known, if none. */
function signInterval(sorted: Float64Array, error: number): [number, number] {
  const n = sorted.length;
  let probability = 0.5 ** n;
  let below = probability;
  if (n === 0 || below > error / 2) return [0, Infinity];
  let c = 0;
  for (;;) {
    probability *= (n - c) / (c + 1);
    if (below + probability > error / 2) break;
    below += probability;
    c++;
  }
  return [sorted[c]!, sorted[n - 1 - c]!];
}

/** The last shown digit is not much finer than the half width of the interval. */
function supportedDigits(low: number, high: number): number {
  const half = (high - low) / 2;
  if (!Number.isFinite(half)) return 0;
  if (half === 0) return 3;
  return Math.min(3, Math.max(0, Math.ceil(-Math.log10(half))));
}
