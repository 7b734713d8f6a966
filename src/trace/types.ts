import type { CodeOf } from '../base/code-of.ts';
/**
 * The run record that both machines write and everything else reads.
 *
 * Columns (typed arrays), not objects: a million tasks are ~75 MB here and ten times that as objects.
 * All times are ms since the clock started (the source may emit). Rows are appended when they are
 * final, so `tasks` is ordered by `leave` (nearly: by the instant the scheduler learned of it).
 *
 *   arrive ──► ready ──────► dispatch ──► start ─────► end ──────► leave
 *   first      pair/batch    sent to      the worker   service     the last output has
 *   input      complete      a worker     begins it    over        found room downstream
 *   │ for item │ for permit, │ on its way,│ set-up,    │ blocked   │
 *   │          │ limit,worker│ for thread │ service    │
 */
export interface TaskColumns {
  count: number;
  /** Index into `meta.stages`. */
  stage: Uint16Array;
  /** Lane; -1: no worker (a cache hit, or cancelled before it began). */
  worker: Int16Array;
  /** Row in `items` of the first (mostly the only) item. */
  item: Int32Array;
  /** First row in `members` of a batch (or of what an `all` took in); -1: just the one item. */
  memberStart: Int32Array;
  /** Items in this task; 1 unless a batch. May be 0 for an `all` over nothing. */
  memberCount: Int32Array;
  /** 1-based. */
  attempt: Uint16Array;
  /** One of `Outcome`. */
  outcome: Uint8Array;
  arrive: Float64Array;
  ready: Float64Array;
  /** When it left the buffer for its worker; `start` is when that worker's thread first got to it. */
  dispatch: Float64Array;
  start: Float64Array;
  end: Float64Array;
  leave: Float64Array;
  /** ms of [start, end] spent setting up. */
  setup: Float32Array;
  /** ms of [start, end] spent in waits, when the thread was free for others. */
  waited: Float32Array;
  /** Bytes put out. */
  bytes: Float32Array;
  /** Bytes in flight in the whole pipeline just after this task left. */
  held: Float32Array;
}

export interface MemberColumns {
  count: number;
  item: Int32Array;
  /** When it entered this stage's buffer. */
  arrive: Float64Array;
  /** One of `Outcome` (ok or failed). */
  outcome: Uint8Array;
}

/** Lineage and fate of every item. Row i of a plain run is source item i. */
export interface ItemColumns {
  count: number;
  /** Row of the item this came from; -1: from the source; -2: the result of an `all` or `fold`. */
  parent: Int32Array;
  /** Source: its number. Child: its place among its siblings. Copy (`each`): -1 - parent stage. Result: its stage. */
  ordinal: Int32Array;
  /** When it came to the source (not: was let in), or came into being. */
  arrive: Float64Array;
  /** When its last branch ended; NaN while under way. Only for source items and results. */
  end: Float64Array;
  /** Its worst outcome, one of `Fate`. */
  fate: Uint8Array;
}

/** Rare things with a moment. */
export interface MarkColumns {
  count: number;
  time: Float64Array;
  /** One of `Mark`. */
  kind: Uint8Array;
  /** Stage, or -1. */
  stage: Int16Array;
  /** Item row, or worker for worker marks, or -1. */
  item: Int32Array;
  value: Float64Array;
}

export * as Outcome from './codes/outcome.ts';
export type Outcome = CodeOf<typeof import('./codes/outcome.ts')>;

/** What became of a source item; larger is worse, the worst branch counts. */
export * as Fate from './codes/fate.ts';
export type Fate = CodeOf<typeof import('./codes/fate.ts')>;

export * as Mark from './codes/mark.ts';
export type Mark = CodeOf<typeof import('./codes/mark.ts')>;

/** Why a formed task of a stage does not start. `open`: nothing waits. */
export * as Gate from './codes/gate.ts';
export type Gate = CodeOf<typeof import('./codes/gate.ts')>;

/** Received = delivered + failed + dropped + cancelled + inside, at every instant. Counts items. */
export interface Books {
  received: number;
  delivered: number;
  failed: number;
  dropped: number;
  cancelled: number;
  inside: number;
}

export interface StageMeta extends Books {
  id: string;
  name: string;
  tasks: number;
  retried: number;
  timedOut: number;
  cacheHits: number;
  /** Room in its buffer; null: endless. */
  capacity: number | null;
  /** Effective permits; null: bounded by the workers only. */
  permits: number | null;
}

/** Source items, each once, by its worst branch: emitted = delivered + failed + dropped + cancelled (+ inside while running). */
export interface ItemBooks {
  emitted: number;
  delivered: number;
  failed: number;
  dropped: number;
  cancelled: number;
}

export interface TraceMeta {
  machine: 'live' | 'simulated';
  stages: StageMeta[];
  workers: number;
  /** Cores simulated, or reported by the browser. */
  cores: number;
  tasksPerWorker: number;
  /** ms from the clock's start to its stop (or to now, while running). */
  makespan: number;
  ended: 'running' | 'done' | 'stopped' | 'stalled' | 'failed';
  /** One sentence for a person when it did not end well (who waits for whom, what died); else "". */
  note: string;
  items: ItemBooks;
  /** Results of `all` and `fold` have books of their own. */
  results: ItemBooks;
  memoryPeak: number;
}

export interface Trace {
  meta: TraceMeta;
  tasks: TaskColumns;
  members: MemberColumns;
  items: ItemColumns;
  marks: MarkColumns;
}
