import type { CodeOf } from '../base/code-of.ts';
/** Kinds of call a task can be. */
export * as TaskKind from './codes/task-kind.ts';
export type TaskKind = CodeOf<typeof import('./codes/task-kind.ts')>;

import * as TaskState from './codes/task-state.ts';

export { TaskState };

/** Open tasks (running or blocked). Rows are reused; `seq` is the task's number for good. */
export class TaskTable {
  #capacity = 64;
  #free: number[] = [];
  #used = 0;
  #nextSeq = 0;

  state = new Uint8Array(64);
  kind = new Uint8Array(64);
  stage = new Int32Array(64);
  worker = new Int32Array(64);
  item = new Int32Array(64);
  attempt = new Uint16Array(64);
  seq = new Int32Array(64);
  arrive = new Float64Array(64);
  ready = new Float64Array(64);
  dispatch = new Float64Array(64);
  start = new Float64Array(64);
  end = new Float64Array(64);
  setup = new Float64Array(64);
  waited = new Float64Array(64);
  bytes = new Float64Array(64);
  outcome = new Uint8Array(64);
  /** Outputs × edges that have found no room yet. */
  pending = new Int32Array(64);
  /** Member items of a batch or an `all`; null: just `item`. */
  members: (Int32Array | null)[] = [];
  memberArrives: (Float64Array | null)[] = [];
  memberOutcomes: (Uint8Array | null)[] = [];

  /** Rows ever used: open ones are among 0 … size - 1. */
  get size(): number {
    return this.#used;
  }

  add(kind: TaskKind, stage: number, worker: number, item: number): number {
    const task = this.#free.length > 0 ? this.#free.pop()! : this.#grow();
    this.state[task] = TaskState.running;
    this.kind[task] = kind;
    this.stage[task] = stage;
    this.worker[task] = worker;
    this.item[task] = item;
    this.attempt[task] = 1;
    this.seq[task] = this.#nextSeq++;
    return task;
  }

  remove(task: number): void {
    this.state[task] = TaskState.free;
    if (this.members[task] !== null) this.#forgetMembers(task);
    this.#free.push(task);
  }

  #forgetMembers(task: number): void {
    this.members[task] = null;
    this.memberArrives[task] = null;
    this.memberOutcomes[task] = null;
  }

  #grow(): number {
    if (this.#used === this.#capacity) {
      this.#capacity *= 2;
      const grown = <T extends Uint8Array | Uint16Array | Int32Array | Float64Array>(
        from: T,
      ): T => {
        const Type = from.constructor as new (length: number) => T;
        const into = new Type(this.#capacity);
        into.set(from);
        return into;
      };
      this.state = grown(this.state);
      this.kind = grown(this.kind);
      this.stage = grown(this.stage);
      this.worker = grown(this.worker);
      this.item = grown(this.item);
      this.attempt = grown(this.attempt);
      this.seq = grown(this.seq);
      this.arrive = grown(this.arrive);
      this.ready = grown(this.ready);
      this.dispatch = grown(this.dispatch);
      this.start = grown(this.start);
      this.end = grown(this.end);
      this.setup = grown(this.setup);
      this.waited = grown(this.waited);
      this.bytes = grown(this.bytes);
      this.outcome = grown(this.outcome);
      this.pending = grown(this.pending);
    }
    this.members[this.#used] = null;
    this.memberArrives[this.#used] = null;
    this.memberOutcomes[this.#used] = null;
    return this.#used++;
  }
}
