import type { ExperimentState } from '../../explore/experiment.ts';
import { quantileSorted } from '../../measure/distribution.ts';
import { signInterval } from '../../measure/sign-interval.ts';
import type { Speedup } from '../../measure/speedup.ts';
import { formatMs, formatPercent } from '../../base/units.ts';

/** What live runs of a cell took, ms. */
export interface MeasuredCell {
  medianMs: number;
  /** The 95 % interval of the median; null: too few runs. */
  interval: { lowMs: number; highMs: number } | null;
  runs: number;
  /** It is what the others are compared with. */
  isReference: boolean;
  /** Against the reference; null: there are too few pairs. */
  speedup: Speedup | null;
  /** Why its runs say nothing; null: they do. */
  problem: string | null;
}

/** A prediction may miss the interval by this much before it is flagged. */
const toleratedShare = 0.05;
const error = 0.05;

/**
 * What an experiment has found of each of its contenders.
 * @param cells the cell of each contender, in their order; null: it is none.
 */
export function measuredCells(
  state: Pick<ExperimentState, 'makespansMs' | 'comparisons'>,
  cells: readonly (number | null)[],
): Map<number, MeasuredCell> {
  const found = new Map<number, MeasuredCell>();
  cells.forEach((cell, contender) => {
    const times = state.makespansMs[contender] ?? [];
    const { differentWork: problem = null, speedup = null } =
      state.comparisons[contender - 1] ?? {};
    if (cell === null || (times.length === 0 && problem === null)) return;
    const sorted = Float64Array.from(times).sort();
    const [lowMs, highMs] = signInterval(sorted, error);
    found.set(cell, {
      medianMs: sorted.length > 0 ? quantileSorted(sorted, 0.5) : NaN,
      interval: Number.isFinite(highMs) ? { lowMs, highMs } : null,
      runs: times.length,
      ...{ isReference: contender === 0, speedup, problem },
    });
  });
  return found;
}

export interface Disagreement {
  /** (predicted − measured) ÷ measured. */
  share: number;
  /** The prediction lies further from the interval than is tolerated. */
  isFlagged: boolean;
}

/** How far the prediction is from what was measured; null: nothing can be said yet. */
export function disagreement(predictedMs: number, measured: MeasuredCell): Disagreement | null {
  const { medianMs, interval, problem } = measured;
  if (interval === null || problem !== null || !(medianMs > 0)) return null;
  const isFlagged =
    predictedMs < interval.lowMs * (1 - toleratedShare) ||
    predictedMs > interval.highMs * (1 + toleratedShare);
  return { share: predictedMs / medianMs - 1, isFlagged };
}

/** "612 ms, 598 to 640 ms in 12 runs". */
export function measuredText({ medianMs, interval, runs, problem }: MeasuredCell): string {
  if (problem !== null) return problem;
  const head = formatMs(medianMs);
  if (interval === null) return `${head} (${runs} ${runs === 1 ? 'run' : 'runs'}, no interval yet)`;
  return `${head} (${formatMs(interval.lowMs)} to ${formatMs(interval.highMs)}, ${runs} runs)`;
}

/** "predicted 4 % too short". */
export function disagreementText({ share }: Disagreement): string {
  if (Math.abs(share) < 0.005) return 'agrees to within 0.5 %';
  return `predicted ${formatPercent(Math.abs(share))} too ${share > 0 ? 'long' : 'short'}`;
}
