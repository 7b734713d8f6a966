import { quantileSorted } from './distribution.ts';

/** How much longer one sample takes than another that was measured on its own; above 1: longer. */
export interface RatioInterval {
  ratio: number;
  low: number;
  /** Infinity (and `low` 0) where there are too few times to say anything. */
  high: number;
}

/**
 * The ratio of two samples of times that were not paired, with its interval.
 *
 * The estimate of Hodges and Lehmann (1963) on the logarithms of the times: the median of all ratios
 * later ÷ earlier; if times only stretch by a factor it is the ratio of the medians. The interval is
 * Moses's, which inverts the rank sum test (Hollander, Wolfe and Chicken, Nonparametric Statistical
 * Methods, 4.3): from the c-th smallest of these ratios to the c-th largest, whatever distribution the
 * times have. A logarithm keeps the order, so none is taken.
 *
 * It covers what varies from run to run. It cannot cover what changed with the day: see `gate.ts`.
 *
 * @param earlier ms, each above 0
 * @param later ms, each above 0
 */
export function unpairedRatio(
  earlier: readonly number[],
  later: readonly number[],
  error = 0.05,
): RatioInterval {
  const ratios = new Float64Array(earlier.length * later.length);
  let at = 0;
  for (const before of earlier) for (const now of later) ratios[at++] = now / before;
  ratios.sort();
  const ratio = ratios.length === 0 ? 1 : quantileSorted(ratios, 0.5);
  const below = rankSumsBelow(earlier.length, later.length, error / 2);
  if (below === 0) return { ratio, low: 0, high: Infinity };
  return { ratio, low: ratios[below - 1]!, high: ratios[ratios.length - below]! };
}

/** Up to so many ratios the distribution is counted out: 900 are 30 runs against 30. */
const exactUpTo = 900;

/**
 * The largest c for which P(U ≤ c − 1) ≤ `tail`, U being Mann and Whitney's statistic of samples of m and n
 * from one distribution; 0: even U = 0 is likelier than that.
 */
function rankSumsBelow(m: number, n: number, tail: number): number {
  if (m === 0 || n === 0) return 0;
  if (m * n > exactUpTo) {
    // The normal approximation with a half for continuity; tail 0.025 is the 1.96th part.
    const sd = Math.sqrt((m * n * (m + n + 1)) / 12);
    return Math.max(0, Math.floor((m * n) / 2 + 0.5 - normalUpper(tail) * sd));
  }
  const chances = rankSumChances(m, n);
  let sum = 0;
  let c = 0;
  while (c < chances.length && sum + chances[c]! <= tail) sum += chances[c++]!;
  return c;
}

/**
 * P(U = u) for u = 0 … m × n, by who came last (Mann and Whitney 1947):
 * P(u; m, n) = m/(m + n) × P(u − n; m − 1, n) + n/(m + n) × P(u; m, n − 1).
 */
function rankSumChances(m: number, n: number): Float64Array {
  // chances[j] is of the first sample as long as the outer loop has come, and j of the second.
  let chances: Float64Array[] = Array.from({ length: n + 1 }, () => Float64Array.of(1));
  for (let i = 1; i <= m; i++) {
    const longer: Float64Array[] = [Float64Array.of(1)];
    for (let j = 1; j <= n; j++) {
      const next = new Float64Array(i * j + 1);
      const [without, shorter] = [chances[j]!, longer[j - 1]!];
      for (let u = 0; u < without.length; u++) next[u + j]! += (i / (i + j)) * without[u]!;
      for (let u = 0; u < shorter.length; u++) next[u]! += (j / (i + j)) * shorter[u]!;
      longer.push(next);
    }
    chances = longer;
  }
  return chances[n]!;
}

/** The point that a standard normal exceeds with this chance (0 < tail ≤ ½); Abramowitz and Stegun 26.2.23, ± 0.00045. */
function normalUpper(tail: number): number {
  const t = Math.sqrt(-2 * Math.log(tail));
  const above = 2.515517 + t * (0.802853 + t * 0.010328);
  const below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
  return t - above / below;
}
