import type { MeasuredEnvironment } from '../../measure/environments.ts';
import type { PipelineDocument } from '../../pipeline/types.ts';

/** What a link carries. */
export interface LinkContent {
  document: PipelineDocument;
  /** What the author says of it: plain text, no Markdown. */
  note?: string;
  view?: LinkedView;
  /** What the author says to have measured: a claim until the reader's own run. */
  result?: ClaimedResult;
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
