import type { PipelineDocument } from '../../src/pipeline/types.ts';
import type { Trace } from '../../src/trace/types.ts';
import { simulateDocument } from '../sim/run.ts';
import type { Run } from './run-means.ts';
import { studentCdf, studentQuantile } from './student-t.ts';

/** A model with a known answer, as a document. One unit of time is 1 ms. */
export interface TruthCase {
  name: string;
  /** Items simulated in one replication, and how many of the first are not counted. */
  items: number;
  warmItems: number;
  /** Items that pass in 1 ms in the long run: what the counted stretch of time is laid out by. */
  ratePerMs: number;
  cores?: number;
  document(seed: number, items: number): PipelineDocument;
  /** What must come out, and how it is read from one run. */
  means: Record<string, { exact: number; of: (run: Run) => number }>;
}

export interface Estimate {
  mean: number;
  /** Of the mean over the replications. */
  standardError: number;
  /** Distance of the mean from the exact value, in standard errors. */
  t: number;
  /** Chance of being at least so far off, either way, when the simulator is right. */
  p: number;
  /** Half the width of the 99 % interval. */
  halfWidth: number;
}

export const replications = 30;
export const level = 0.99;

/**
 * Independent replications with seeds `firstSeed` … + 29, each counted from a warm start.
 *
 * Warm-up: a run starts empty. The mean at time t differs from its limit by a factor below
 * exp(−t/τ), τ = 1 / (μ (1 − √ρ)²) for an M/M/1 (J. Abate and W. Whitt, "Transient behavior of the M/M/1
 * queue", Queueing Systems 2 (1987) 41–65): at ρ = 0.8 τ is 90 service times, and the 2,000 items left out
 * take 2,500 of them, so that what is left is below 10⁻¹². The other stations are faster.
 */
export function estimate(truth: TruthCase, firstSeed: number): Record<string, Estimate> {
  const samples: Record<string, number[]> = {};
  for (let r = 0; r < replications; r++) {
    const run = oneRun(truth, firstSeed + r);
    for (const [name, { of }] of Object.entries(truth.means)) (samples[name] ??= []).push(of(run));
  }
  return Object.fromEntries(
    Object.entries(truth.means).map(([name, { exact }]) => [name, compare(samples[name]!, exact)]),
  );
}

function oneRun(truth: TruthCase, seed: number): Run {
  const { items, warmItems, ratePerMs } = truth;
  const { trace, error } = simulateDocument(truth.document(seed, items), truth.cores ?? 1);
  if (error) throw new Error(error.message);
  return { trace: trace as Trace, warmItems, ...window(items, warmItems, ratePerMs) };
}

/**
 * A stretch of time fixed before the run, which makes time averages unbiased: from the warm-up on, and so
 * far from the end (six standard deviations of a Poisson count) that items still come.
 */
function window(items: number, warmItems: number, ratePerMs: number) {
  return {
    fromMs: warmItems / ratePerMs,
    toMs: (items - 6 * Math.sqrt(items)) / ratePerMs,
  };
}

function compare(values: readonly number[], exact: number): Estimate {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  const standardError = Math.sqrt(variance / n);
  const t = (mean - exact) / standardError;
  return {
    mean,
    standardError,
    t,
    p: 2 * studentCdf(-Math.abs(t), n - 1),
    halfWidth: studentQuantile(1 - (1 - level) / 2, n - 1) * standardError,
  };
}

/**
 * How many cases may have a mean outside its 99 % interval: the smallest count that a right simulator
 * exceeds with a chance below 1 %.
 *
 * The means of one case hang together (Little's law ties them), in a way nobody need know: a case with m of
 * them has one outside with a chance of at most m · 1 % (Boole). Cases are independent (their seeds differ),
 * so the count is at most a sum of independent coin tosses with those chances.
 */
export function missesAllowed(meansOfCases: readonly number[]): number {
  let chances = [1];
  for (const means of meansOfCases) {
    const miss = Math.min(1, means * (1 - level));
    chances = Array.from(
      { length: chances.length + 1 },
      (_, k) => (chances[k] ?? 0) * (1 - miss) + (chances[k - 1] ?? 0) * miss,
    );
  }
  let beyond = 1;
  for (let allowed = 0; ; allowed++) {
    beyond -= chances[allowed]!;
    if (beyond < 1 - level) return allowed;
  }
}
