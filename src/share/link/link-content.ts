import type { MeasuredEnvironment } from '../../measure/environments.ts';
import type { LessonValue } from '../../measure/lesson-grade.ts';
import type { PipelineDocument } from '../../pipeline/types.ts';

/** What a link carries. */
export interface LinkContent {
  document: PipelineDocument;
  /** What the author says of it: plain text, no Markdown. */
  note?: string;
  view?: LinkedView;
  /** What the author says to have measured: a claim until the reader's own run. */
  result?: ClaimedResult;
  /** What somebody answered in the document's lesson. */
  answers?: LessonAnswers;
}

/** What the author saw, so that the reader sees the same. */
export interface LinkedView {
  /** Of the panels below. */
  tab?: string;
  /** Ids of the stages that are selected. */
  selected?: string[];
  /** The part of the time axis that is shown, ms; absent: all of it. */
  zoom?: [fromMs: number, toMs: number];
}

export interface ClaimedResult {
  /** ISO 8601, UTC. */
  measuredAt: string;
  /** null: not known. */
  environment: MeasuredEnvironment | null;
  /** Makespans of the runs in their order, ms. */
  makespans: number[];
  /** Those of the same work one item after another on one worker, run in turns with them, ms; absent: not measured. */
  sequential?: number[];
  /** Order-free digest of the delivered outputs, hex; null: it differs from run to run, or is not known. */
  results: string | null;
  /** Of the predicted schedule on a machine that costs nothing beside the work: SHA-256, hex, and the cores it was for. */
  schedule: { digest: string; cores: number } | null;
}

export interface LessonAnswers {
  /** As its owner typed it. */
  name: string;
  /** ISO 8601, UTC. */
  answeredAt: string;
  /** Of the last run; null: everything was predicted, or nothing run. */
  environment: MeasuredEnvironment | null;
  /** As many as the lesson has steps. What they are worth follows from the lesson: nobody grades themselves. */
  steps: StepAnswer[];
}

export interface StepAnswer {
  /** The place of the chosen answer, or the guessed number; null: none. */
  guess: number | null;
  /** What the runs came to; null: it was not run, or nothing is graded. */
  value: LessonValue | null;
}
