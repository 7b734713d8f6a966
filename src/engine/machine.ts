/**
 * The port between the scheduler and the thing that really does the work.
 *
 * The scheduler is a pure state machine: a machine tells it what happened (the methods of
 * `Scheduler`), it answers by calling the commands below, synchronously, and none of them returns
 * anything it could act on. It never reads a clock: `nowMs` comes with every event.
 *
 * Numbers are names here: `stage` is an index into the plan's stages (-1: the source), `item` a row of
 * the trace's item table, `task` a row of the scheduler's task table (reused once a task has ended),
 * `worker` a lane.
 *
 * A payload is named by (stage that put it out, item). Every payload is put out once, read by each
 * child stage, and let go once a child is done with it.
 */
export interface Machine {
  /**
   * Bring up to `count` more source items. Those at hand are brought at once, by calling `arrived`
   * before returning; others later (then `settle`). `pullAnswered` says that what came so far is all
   * for now. Timed arrivals come by themselves and are never pulled.
   */
  pull(count: number): void;
  /** Begin this task on this worker. What it runs on: `scheduler.task…(task)`. */
  start(task: number, stage: number, worker: number): void;
  /** Give a running task up: signal it, and end it (the machine still reports its end). */
  abort(task: number): void;
  startWorker(worker: number): void;
  /** Call `timerDue(timer)` at `atMs`; timers of one instant in the order of their creation. */
  setTimer(timer: number, atMs: number): void;
  clearTimer(timer: number): void;
  /** Look up the result of `stage` for `item`; answer with `lookedUp`, but never before returning. */
  lookUp(stage: number, item: number): void;
  /** The result of `stage` for `from` is also that for `to` (one computation for two askers). */
  share(stage: number, from: number, to: number): void;
  /** Output number `index` of `parent` at `stage` is from now on called `child`. */
  child(stage: number, parent: number, index: number, child: number): void;
  /**
   * One reader of the payload (stage, item) will ask for it as (stage, copy), and let it go under that
   * name.
   */
  alias(stage: number, item: number, copy: number): void;
  /** One reader of the payload (stage, item) is done with it. */
  release(stage: number, item: number): void;
  /** The payload (stage, item) leaves the pipeline here: a result. */
  deliver(stage: number, item: number): void;
  /** Everything has ended; the clock stops at `atMs`. */
  finished(atMs: number): void;
  /** Bytes of all payloads in flight. */
  readonly heldBytes: number;
}

/** How a task ended, told by the machine. Reuse one object: the scheduler keeps no reference. */
export interface TaskEnd {
  /**
   * `failed`: the whole call threw. `lost`: the worker died under it, and nobody knows why.
   * `displaced`: its worker was ended for another task's sake.
   */
  outcome: 'ok' | 'failed' | 'timed-out' | 'lost' | 'displaced' | 'cancelled';
  /** When a worker really began it and ended it; in [dispatch, now]. */
  startMs: number;
  endMs: number;
  setupMs: number;
  waitedMs: number;
  /** Bytes put out. */
  bytes: number;
  /**
   * One entry a member: `plain` (one output, same item), `failed`, or k ≥ 0 outputs as children
   * (0: it ends here, delivered). null: all plain. Not read unless the outcome is ok.
   */
  outputs: ArrayLike<number> | null;
}
export const plain = -1;
export const failedEntry = -2;

/** After the signal a task has this long before its worker is terminated. ms. */
export const graceMs = 50;
