import type { PipelineDocument } from '../pipeline/types.ts';
import { cutSet } from './cut-work.ts';
import type { Replay } from './replay-document.ts';
import { replayRequest } from './what-if-basis.ts';
import { knobSteps, type KnobStep } from './what-if-steps.ts';
import type { TrialOutcome, TrialRequest } from './trials.ts';

/** How much of a stage's work is taken away, in turn. */
const cuts: readonly number[] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

type Question = { kind: 'cut'; stage: string; cut: number } | { kind: 'step'; step: KnobStep };

/** What is asked of the simulator: the replay as it is, then each question. */
export interface WhatIfPlan {
  request: TrialRequest;
  questions: Question[];
}

/** A virtual speedup curve (Curtsinger and Berger, "Coz: Finding Code that Counts with Causal Profiling", SOSP 2015). */
export interface Curve {
  stage: string;
  /** From a cut of 0; `gain`: the share of the makespan that it takes off, NaN where it could not be told. */
  points: { cut: number; gain: number }[];
}

/** One knob moved by one. */
export interface StepGain extends KnobStep {
  makespanMs: number;
  /** Share of the makespan that it takes off; negative: it takes longer. */
  gain: number;
  /** Items lost more than before. */
  moreLost: number;
}

export interface WhatIf {
  /** Of the replay with nothing changed. */
  baseMs: number;
  /** (replayed − recorded) ÷ recorded: how wrong the replay itself is. */
  replayError: number;
  curves: Curve[];
  /** The largest gain first. */
  steps: StepGain[];
}

/** @param document what the steps are to be applied to: they are those of its own settings. */
export function planWhatIf(replay: Replay, document: PipelineDocument): WhatIfPlan {
  const questions: Question[] = [];
  const sets: Record<string, unknown>[] = [{}];
  for (const { id } of replay.document.stages) {
    for (const cut of cuts) {
      const set = cutSet(replay.document, id, cut, replay.uncut[id]);
      if (set === null) break;
      questions.push({ kind: 'cut', stage: id, cut });
      sets.push(set);
    }
  }
  for (const step of knobSteps(document, replay)) {
    questions.push({ kind: 'step', step });
    sets.push({ [step.pointer]: step.to });
  }
  return { request: replayRequest(replay, sets), questions };
}

/**
 * Reads the answers; those that are not there yet leave gaps.
 * @returns a sentence where the replay itself cannot run; null where it has not run yet.
 */
export function readWhatIf(
  replay: Replay,
  { questions }: WhatIfPlan,
  outcomes: readonly (TrialOutcome | undefined)[],
): WhatIf | string | null {
  const base = outcomes[0];
  if (!base) return null;
  if (base.problem !== null) return base.problem;
  const baseMs = base.makespanMs;
  if (!(baseMs > 0)) return 'It takes no time: there is nothing to gain.';
  const curves = new Map<string, Curve>();
  const steps: StepGain[] = [];
  questions.forEach((question, at) => {
    const outcome = outcomes[at + 1];
    const isThere = outcome !== undefined && outcome.problem === null;
    const gain = isThere ? 1 - outcome.makespanMs / baseMs : NaN;
    if (question.kind === 'cut') {
      const { stage, cut } = question;
      let curve = curves.get(stage);
      if (!curve) curves.set(stage, (curve = { stage, points: [{ cut: 0, gain: 0 }] }));
      curve.points.push({ cut, gain });
    } else if (isThere) {
      const { makespanMs, lost } = outcome;
      steps.push({ ...question.step, makespanMs, gain, moreLost: lost - base.lost });
    }
  });
  // Equal gains keep the order of the document.
  steps.sort((a, b) => b.gain - a.gain);
  const replayError = baseMs / replay.makespanMs - 1;
  return { baseMs, replayError, curves: [...curves.values()], steps };
}

/** What a curve gains at a cut, between its points as on the line drawn; NaN: not known. */
export function gainAt({ points }: Curve, cut: number): number {
  const after = points.findIndex((point) => point.cut >= cut - 1e-9);
  const high = points[after];
  if (!high) return NaN;
  const low = points[after - 1];
  if (!low || Math.abs(high.cut - cut) < 1e-9) return high.gain;
  return low.gain + ((high.gain - low.gain) * (cut - low.cut)) / (high.cut - low.cut);
}

/** Stages by what half their work gains, the largest first; those not known come last. */
export function rankedByHalf(curves: readonly Curve[]): { stage: string; gain: number }[] {
  const known = (gain: number): number => (Number.isNaN(gain) ? -Infinity : gain);
  return curves
    .map((curve) => ({ stage: curve.stage, gain: gainAt(curve, 0.5) }))
    .sort((a, b) => known(b.gain) - known(a.gain));
}
