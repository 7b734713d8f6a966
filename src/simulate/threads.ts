import type { SharedCores } from './shared-cores.ts';

/** A task that waits for its thread to burn `ms` of CPU. */
interface Burn {
  task: number;
  taskNumber: number;
  ms: number;
}

/**
 * A worker is one thread: CPU phases of its open tasks run one after another, in the order in which
 * they were asked for. With more workers than cores the threads share the cores.
 */
export class Threads {
  readonly #cores: SharedCores | null;
  readonly #endAt: (afterMs: number, task: number, taskNumber: number) => void;
  /** The task that burns on each worker; -1: none. */
  readonly #burning: Int32Array;
  readonly #waiting: Burn[][];

  /** @param endAt tells when a burn ends, where no core is shared (else `cores` knows). */
  constructor(
    workers: number,
    cores: SharedCores | null,
    endAt: (afterMs: number, task: number, taskNumber: number) => void,
  ) {
    this.#cores = cores;
    this.#endAt = endAt;
    this.#burning = new Int32Array(workers).fill(-1);
    this.#waiting = Array.from({ length: workers }, () => []);
  }

  burn(worker: number, task: number, taskNumber: number, ms: number, nowMs: number): void {
    if (this.#burning[worker] === -1) this.#begin(worker, task, taskNumber, ms, nowMs);
    else this.#waiting[worker]!.push({ task, taskNumber, ms });
  }

  isBurning(worker: number, task: number): boolean {
    return this.#burning[worker] === task;
  }

  /** The burning task is through. */
  done(worker: number, nowMs: number): void {
    this.#burning[worker] = -1;
    const waiting = this.#waiting[worker]!;
    if (waiting.length === 0) return;
    const next = waiting.shift();
    if (next) this.#begin(worker, next.task, next.taskNumber, next.ms, nowMs);
  }

  /** A task gives its thread, or its place in the line, up. */
  leave(worker: number, task: number, nowMs: number): void {
    const waiting = this.#waiting[worker]!;
    const at = waiting.findIndex((burn) => burn.task === task);
    if (at >= 0) waiting.splice(at, 1);
    if (this.#burning[worker] !== task) return;
    this.#cores?.remove(task, nowMs);
    this.done(worker, nowMs);
  }

  /** The worker is terminated: nobody burns or waits there any more. */
  clear(worker: number, nowMs: number): void {
    this.#waiting[worker] = [];
    const task = this.#burning[worker]!;
    if (task >= 0) this.#cores?.remove(task, nowMs);
    this.#burning[worker] = -1;
  }

  #begin(worker: number, task: number, taskNumber: number, ms: number, nowMs: number): void {
    this.#burning[worker] = task;
    if (this.#cores) this.#cores.add(task, taskNumber, ms, nowMs);
    else this.#endAt(ms, task, taskNumber);
  }
}
