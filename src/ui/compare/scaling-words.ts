import { formatPercent, formatRatio } from '../../base/units.ts';
import { karpFlatt } from '../../measure/amdahl.ts';
import { lastGain } from '../../measure/last-gain.ts';
import { formatSpeedup, type Speedup } from '../../measure/speedup.ts';
import { fitAmdahl, fitUsl, peakWorkers, uslSpeedup, type ScalingFit } from '../../measure/usl.ts';
import type { MeasuredExperiment } from '../state/experiment-store.svelte.ts';
import { workersOf } from './measure-scaling.ts';

export interface ScalingRow {
  workers: number;
  makespansMs: readonly number[];
  /** null: one worker itself, or no interval yet. */
  speedup: Speedup | null;
  /** In place of a speedup. */
  problem: string | null;
  /** What each law says, and measured − that; null: nothing to compare. */
  amdahl: { value: number; residual: number } | null;
  usl: { value: number; residual: number } | null;
  /** That one speedup's serial share (Karp and Flatt). */
  serialShare: number | null;
}

export interface Scaling {
  rows: ScalingRow[];
  amdahl: ScalingFit | null;
  usl: ScalingFit | null;
  /** The last number of workers that is seen to help. */
  lastGain: number;
}

/** What an experiment on numbers of workers shows so far. */
export function scalingOf({ plan, state }: MeasuredExperiment): Scaling | null {
  if (!state) return null;
  const workers = workersOf(plan);
  const speedups = workers.map((_, index) => state.comparisons[index - 1]?.speedup ?? null);
  const known = workers.flatMap((n, index) => {
    const speedup = speedups[index];
    return speedup && speedup.low > 0 ? [{ workers: n, speedup }] : [];
  });
  const points = known.map(({ workers, speedup }) => ({ workers, speedup: speedup.ratio }));
  const [amdahl, usl] = [fitAmdahl(points), fitUsl(points)];
  const against = (fit: ScalingFit | null, n: number, ratio: number | null) => {
    if (!fit) return null;
    const value = uslSpeedup(fit, n);
    return { value, residual: ratio === null ? NaN : ratio - value };
  };
  const rows = workers.map((n, index): ScalingRow => {
    const speedup = speedups[index] ?? null;
    const ratio = index === 0 ? 1 : (speedup?.ratio ?? null);
    return {
      workers: n,
      makespansMs: state.makespansMs[index]!,
      speedup,
      problem: state.comparisons[index - 1]?.differentWork ?? null,
      amdahl: against(amdahl, n, ratio),
      usl: against(usl, n, ratio),
      serialShare: n > 1 && speedup ? karpFlatt(speedup.ratio, n) : null,
    };
  });
  return { rows, amdahl, usl, lastGain: lastGain(known) };
}

/** Beyond so many workers nothing more was gained, and what the fits say of it; a few sentences. */
export function scalingSentences({ rows, amdahl, usl, lastGain }: Scaling): string[] {
  if (!amdahl) return [];
  // Laws of growth have nothing to say where nothing grows.
  if (lastGain === 1) return ['More than one worker is not seen to help.'];
  const best = rows.find(({ workers }) => workers === lastGain)?.speedup;
  const most = rows.at(-1)!.workers;
  const seen = `${lastGain} workers give ${formatSpeedup(best!)}${lastGain < most ? '; more are not seen to help' : ', and more might give more: the knee lies beyond what was measured'}.`;
  const serial = `Amdahl’s law fits best with a serial share of ${formatPercent(amdahl.alpha)}: never more than ${formatRatio(1 / amdahl.alpha)}.`;
  const said = [seen, amdahl.alpha > 0.001 ? serial : 'No serial share shows up (Amdahl’s law).'];
  if (usl) {
    const peak = peakWorkers(usl);
    said.push(
      Number.isFinite(peak)
        ? `The universal scalability law puts the knee at ${peak < 10 ? peak.toFixed(1) : Math.round(peak)} workers (contention ${formatPercent(usl.alpha)}, coherence ${formatPercent(usl.beta)}): more would make it slower.`
        : `The universal scalability law sees no point beyond which more workers make it slower (contention ${formatPercent(usl.alpha)}, coherence 0).`,
    );
  }
  return said;
}

/** "+0.12", "−0.3", "0.0". */
export function signed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return `${value > 0 ? '+' : '−'}${text}`;
}

/** The share of the work that one speedup says is serial; above all of it: the workers took longer than one. */
export function serialShareText(share: number | null): string {
  if (share === null) return '–';
  return share > 1 ? 'slower than one worker' : formatPercent(Math.max(0, share));
}

/** For a reader who listens. */
export function scalingSaid(measured: MeasuredExperiment): string {
  const scaling = scalingOf(measured);
  const note = measured.state?.note ?? '';
  return [note, ...(scaling ? scalingSentences(scaling) : [])].filter(Boolean).join(' ');
}
