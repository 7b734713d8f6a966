import type { TaskEnd } from '../../src/engine/machine.ts';
import type { Plan } from '../../src/engine/plan.ts';
import type { TaskKind } from '../../src/engine/task-table.ts';
import type { Pipeline } from '../../src/pipeline/types.ts';
import type { Books, ItemBooks, Trace } from '../../src/trace/types.ts';

/** One task as the machine saw it: begun, and ended once. */
export interface SeenTask {
  number: number;
  stage: number;
  worker: number;
  kind: TaskKind;
  item: number;
  members: number[];
  startMs: number;
  /** NaN: not yet. */
  endMs: number;
  outcome: TaskEnd['outcome'] | 'open';
  /** The worker had died under these very items before: it must run with no company. */
  alone: boolean;
}

/** What the scheduler showed of itself at the end of one instant. */
export interface Sample {
  timeMs: number;
  books: Books[];
  items: ItemBooks;
  results: ItemBooks;
  queued: number[];
  running: number[];
  blocked: number[];
  inFlight: number;
  heldBytes: number;
}

/** One output handed to the stages below `stage` (or to nobody): when it came into being. */
export interface PutOut {
  stage: number;
  item: number;
  timeMs: number;
}

export interface WatchedRun {
  pipeline: Pipeline;
  plan: Plan;
  trace: Trace;
  tasks: SeenTask[];
  samples: Sample[];
  putOuts: PutOut[];
  lookUps: { stage: number; item: number; askedMs: number; answeredMs: number; hit: boolean }[];
  /** item → the item it is a copy of, and the stage that copied it. */
  copies: { copy: number; of: number; from: number }[];
  starting: { worker: number; fromMs: number; toMs: number; up: boolean }[];
  ups: { worker: number; fromMs: number; toMs: number }[];
  sourceEndedMs: number;
  stoppedMs: number;
  /** Messages take no time: what a worker does is known as it does it. */
  isToldAtOnce: boolean;
  /** Tasks sent to a worker that had enough to do. */
  sentAhead: number;
  /** What went wrong between the scheduler and its machine, in words. */
  wrong: string[];
}
