import type { Overheads } from '../engine/runner.ts';
import type { BoundTerm } from '../measure/bound.ts';
import type { PipelineDocument } from '../pipeline/types.ts';

/** One document under many settings, each simulated: what sweeps, tuners and what-ifs ask for. */
export interface TrialRequest {
  document: PipelineDocument;
  /** What each trial sets in it: pointer → value, as in `variants`. */
  sets: readonly Readonly<Record<string, unknown>>[];
  /** Used where the document says `machine.cores: null`. */
  cores: number;
  overheads: Overheads;
  /** Items the source brings, where the document cannot know (files, a corpus, code). */
  sourceItems?: number;
  /** Says of each what bounds it, too, which takes longer than the trial itself. */
  bounds?: boolean;
}

export interface TrialOutcome {
  makespanMs: number;
  /** Source arrival to delivery; 0 where nothing was delivered. */
  latencyP95Ms: number;
  memoryPeakBytes: number;
  /** Items that failed, were dropped or cancelled. */
  lost: number;
  delivered: number;
  /** Why it could not be simulated, one sentence (every figure is 0 then); null: it was. */
  problem: string | null;
  /** What holds it back most, if that was asked for and it could be simulated. */
  bound?: BoundTerm;
}

/** Spare threads that simulate; `main.ts` hands one in. */
export interface TrialPool {
  /** A run asked for while another is under way waits for its end. */
  run(request: TrialRequest, onProgress?: OnTrials): TrialRun;
}

/**
 * @param done trials done so far.
 * @param outcomes theirs, in the order of the sets; undefined where a trial is yet to be done.
 */
export type OnTrials = (done: number, outcomes: readonly (TrialOutcome | undefined)[]) => void;

export interface TrialRun {
  /** One outcome a set, in their order; null: it was stopped. */
  readonly done: Promise<TrialOutcome[] | null>;
  stop(): void;
}
