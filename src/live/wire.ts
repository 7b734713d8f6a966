/**
 * What the coordinator and the stage workers say to each other inside the sandbox: plain data over one
 * private port a worker, many tasks a message, no promise a task.
 *
 * Stage code shares its worker with the runtime, so the coordinator believes nothing it is told: see
 * `coordinator/check-wire.ts`.
 *
 * All times are ms since the epoch (`performance.timeOrigin + performance.now()`), so that two threads'
 * clocks can be compared.
 */
import type { Delay } from '../engine/runner.ts';
import type { TaskKind } from '../engine/task-table.ts';
import type { ServiceSettings } from '../pipeline/types.ts';
import type { PackedEnds, PackedTasks } from './packing.ts';
import type { Answer, Question } from './wire-asks.ts';

export interface WireStage {
  id: string;
  /** Index into `load.units`; -1: synthetic. */
  unit: number;
  /** The stage's code gets arrays (`batch.size` above 1). */
  batched: boolean;
  /** What it puts out is moved, not copied: nothing in its worker uses it any more. */
  moves: boolean;
  /** Its inputs are those of a source that counts: made here, of the item's number, rather than sent. */
  counted: boolean;
  /** Set up before the clock starts, with these phases (ms; negative: waits); null: not then. */
  setupAtStart: number[] | null;
  /** What a task, or its own `setup()`, may take, ms; null: as long as it likes. */
  timeoutMs: number | null;
  /** Of code: how many times as long it is made to take; absent: no longer than it does. */
  delay?: Delay;
}
export const noDelay: Delay = { service: 1, setup: 1 };

/** What a worker is at before it is ready: a unit's top level, declared phases, a stage's `setup()`. */
export type LoadingStep = 'code' | 'phases' | 'setup';

export interface WireTask {
  task: number;
  /** Tells this task from earlier ones of the same row. */
  number: number;
  stage: number;
  kind: TaskKind;
  attempt: number;
  /** Number of the (first) item, and the seed of its draws. */
  item: number;
  itemKey: number;
  /** Set this stage up first, with these phases; null: it is set up. */
  setup: number[] | null;
  /** The input; an array of them for batches and `all`. */
  input: unknown;
  /** Of a synthetic task; null: call the stage's code. */
  synthetic: SyntheticTask | null;
}

/** Drawn by the coordinator, done by the worker. */
export interface SyntheticTask {
  /** ms; negative: waits. */
  segments: number[];
  fails: boolean;
  /** A member: bytes of each of its outputs. */
  outputs: { code: number; bytes: number[] }[];
}

export type ToWorker =
  | {
      type: 'load';
      seed: number;
      /** Blob addresses of all code units, in loading order. */
      urls: string[];
      stages: WireStage[];
      /** Tasks open at once; further ones of a message wait their turn here. */
      slots: number;
      /** The unit whose default export makes the source's items; -1: none. */
      sourceUnit: number;
      /** Shared: how far it is, and whose code has its thread (see `WorkerProgress`). */
      progress: Int32Array | null;
      /** Turns of the busy loop in 1 ms; 0: no synthetic CPU work in this run. */
      turnsPerMs: number;
      /** Tasks to practise on before any code is loaded: they do nothing, and nobody hears of them. */
      practice: number;
      /** What `ctx.service` pages through. */
      service: ServiceSettings;
    }
  /** `tellEveryMs`: ends are told before another task begins, if the last were told so long ago. */
  | { type: 'tasks'; tasks: PackedTasks; tellEveryMs: number }
  | { type: 'abort'; task: number; number: number }
  /** `sent`: tasks sent to it before. */
  | { type: 'ping'; sent: number }
  /** To the source's worker: make so many more items. */
  | { type: 'pull'; count: number }
  | { type: 'answer'; ask: number; answer: Answer };

export interface Fault {
  message: string;
  /** The stack's text, cut; "" if there is none. */
  stack: string;
}

export interface WireEnd {
  task: number;
  number: number;
  startMs: number;
  endMs: number;
  setupMs: number;
  waitedMs: number;
  /** The whole call failed. */
  fault: Fault | null;
  /** A member each: `plain`, `failedEntry` or how many children (see `TaskEnd`). */
  codes: number[];
  /** All outputs, one after another. */
  values: unknown[];
  /** Of the failed entries, in order. */
  entryFaults: Fault[];
}

export type FromWorker =
  /** Told before each step. `stage` -1: the source, whose `setup` is the call of its default export. */
  | { type: 'loading'; stage: number; step: LoadingStep }
  | { type: 'ready' }
  | { type: 'load-failed'; unit: number; fault: Fault }
  /** In the order in which they ended. */
  | { type: 'ends'; ends: PackedEnds }
  | { type: 'log'; task: number; number: number; text: string }
  /** The answer to `ping`: tasks begun and ended by then. */
  | { type: 'pong'; sent: number; begun: number; ended: number }
  /** Thrown where no task could catch it. */
  | { type: 'stray'; fault: Fault }
  /** `ask` names the question among those of this worker. */
  | { type: 'ask'; ask: number; question: Question }
  | { type: 'items'; items: unknown[]; done: boolean; fault: Fault | null };

/** Children one item may make. */
export const childrenMax = 1_000_000;

/** Of what a worker shares: see `WorkerProgress`. */
export const progressCells = 4;

/** Ends in one message at the most. */
export const endsMax = 1024;

/** Longest message and stack that are passed on, characters. */
export const faultTextMax = 2000;
export const logTextMax = 1000;
/** Lines that one worker sends, and that a run keeps; the rest are counted. */
export const logLinesMax = 1000;
