/**
 * The universal scalability law: S(n) = n ÷ (1 + α (n − 1) + β n (n − 1)) on n workers against one. α is
 * contention (waiting for what only one may use), β is coherence (keeping each other up to date: it makes more
 * workers slower in the end); β = 0 is Amdahl's law with serial share α. N. J. Gunther, Guerrilla Capacity
 * Planning (Springer 2007), chapters 4 to 6.
 */
export interface ScalingFit {
  alpha: number;
  beta: number;
}

export interface ScalingPoint {
  /** n, 1 or more. */
  workers: number;
  /** Time on one worker ÷ time on n. */
  speedup: number;
}

export function uslSpeedup({ alpha, beta }: ScalingFit, workers: number): number {
  return workers / (1 + alpha * (workers - 1) + beta * workers * (workers - 1));
}

/** The number of workers beyond which more make it slower, n* = √((1 − α) ÷ β); Infinity: there is none. */
export function peakWorkers({ alpha, beta }: ScalingFit): number {
  if (alpha >= 1) return 1;
  return beta > 0 ? Math.max(1, Math.sqrt((1 - alpha) / beta)) : Infinity;
}

/** null: no point beyond one worker. */
export function fitAmdahl(points: readonly ScalingPoint[]): ScalingFit | null {
  const found = beyondOne(points);
  return found.length === 0 ? null : refined(found, linearised(found, false), false);
}

/** null: fewer than two points beyond one worker, which leave two numbers undetermined. */
export function fitUsl(points: readonly ScalingPoint[]): ScalingFit | null {
  const found = beyondOne(points);
  if (found.length < 2) return null;
  // β may not be negative: where the best one would be, the law is Amdahl's.
  const both = refined(found, linearised(found, true), true);
  const alone = refined(found, linearised(found, false), false);
  return squares(found, both) <= squares(found, alone) ? both : alone;
}

const beyondOne = (points: readonly ScalingPoint[]): ScalingPoint[] =>
  points.filter(({ workers, speedup }) => workers > 1 && speedup > 0);

const inRange = (alpha: number, beta: number): ScalingFit => ({
  alpha: Math.min(1, Math.max(0, alpha)),
  beta: Math.max(0, beta),
});

const squares = (points: readonly ScalingPoint[], fit: ScalingFit): number =>
  points.reduce((sum, { workers, speedup }) => sum + (speedup - uslSpeedup(fit, workers)) ** 2, 0);

/** Gunther's transform n ÷ S − 1 = α (n − 1) + β n (n − 1), by linear least squares: where to begin. */
function linearised(points: readonly ScalingPoint[], withBeta: boolean): ScalingFit {
  const rows = points.map(({ workers: n, speedup }): Row => [n - 1, n * (n - 1), n / speedup - 1]);
  return solved(sumsOf(rows), withBeta);
}

/** Least squares of the speedups themselves (Gauss and Newton), a step halved until it helps. */
function refined(
  points: readonly ScalingPoint[],
  start: ScalingFit,
  withBeta: boolean,
): ScalingFit {
  let fit = start;
  let error = squares(points, fit);
  for (let round = 0; round < 50; round++) {
    const rows = points.map(({ workers: n, speedup }): Row => {
      const value = uslSpeedup(fit, n);
      const slope = -(value * value) / n;
      return [slope * (n - 1), slope * n * (n - 1), speedup - value];
    });
    const step = step2(sumsOf(rows), withBeta);
    let better: ScalingFit | null = null;
    for (let share = 1; share > 1e-6 && !better; share /= 2) {
      const tried = inRange(fit.alpha + share * step.alpha, fit.beta + share * step.beta);
      if (squares(points, tried) < error) better = tried;
    }
    if (!better) break;
    fit = better;
    error = squares(points, fit);
  }
  return fit;
}

/** What stands before α, what before β, and what they are to come to. */
type Row = [u: number, v: number, y: number];

interface Sums {
  uu: number;
  uv: number;
  vv: number;
  uy: number;
  vy: number;
}

function sumsOf(rows: readonly Row[]): Sums {
  const sums = { uu: 0, uv: 0, vv: 0, uy: 0, vy: 0 };
  for (const [u, v, y] of rows) {
    sums.uu += u * u;
    sums.uv += u * v;
    sums.vv += v * v;
    sums.uy += u * y;
    sums.vy += v * y;
  }
  return sums;
}

/** The normal equations of two unknowns, or of the first alone. */
function step2({ uu, uv, vv, uy, vy }: Sums, withBeta: boolean): ScalingFit {
  const determinant = uu * vv - uv * uv;
  if (!withBeta || !(Math.abs(determinant) > 1e-12 * uu * vv))
    return { alpha: uu > 0 ? uy / uu : 0, beta: 0 };
  return { alpha: (uy * vv - vy * uv) / determinant, beta: (vy * uu - uy * uv) / determinant };
}

function solved(sums: Sums, withBeta: boolean): ScalingFit {
  const { alpha, beta } = step2(sums, withBeta);
  if (beta < 0) return inRange(step2(sums, false).alpha, 0);
  // Without contention all of it is coherence.
  if (alpha < 0 && withBeta) return inRange(0, sums.vv > 0 ? sums.vy / sums.vv : 0);
  return inRange(alpha, beta);
}
