import { gotThread, type Running } from './running-task.ts';
import type { SharedCores } from './shared-cores.ts';

/** A task that waits for its thread to burn `ms` of CPU. */
interface Burn {
  task: number;
  running: Running;
  ms: number;
}

export interface BurnEnds {
  endAt(endMs: number, task: number, taskNumber: number): void;
  /** A thread comes to code that was cold when its task was drawn. Returns what it burns, ms. */
  codeMs(worker: number, task: number, running: Running): number;
}

/**
 * A worker is one thread: CPU phases of its open tasks run one after another, in the order in which
 * they were asked for. With more workers than cores the threads share the cores.
 */
export class Threads {
  readonly #cores: SharedCores | null;
  readonly #ends: BurnEnds;
  /** The task that burns on each worker; -1: none. */
  readonly #burning: Int32Array;
  readonly #waiting: Burn[][];

  /** @param ends is told when a burn ends, where no core is shared (else `cores` knows). */
  constructor(workers: number, cores: SharedCores | null, ends: BurnEnds) {
    this.#cores = cores;
    this.#ends = ends;
    this.#burning = new Int32Array(workers).fill(-1);
    this.#waiting = Array.from({ length: workers }, () => []);
  }

  burn(worker: number, task: number, running: Running, ms: number, nowMs: number): void {
    if (this.#burning[worker] === -1) this.#begin(worker, task, running, ms, nowMs);
    else this.#queue(worker, { task, running, ms }, nowMs);
  }

  #queue(worker: number, burn: Burn, nowMs: number): void {
    const { running } = burn;
    this.#waiting[worker]!.push(burn);
    // Its very first phase; one that waited for a set-up has begun before.
    if (running.next === 0 && running.startMs === nowMs) running.startMs = NaN;
  }

  /** A new task has nothing to do yet: its thread has seen it only if that is free. */
  standBy(worker: number, running: Running): void {
    if (this.#burning[worker] !== -1) running.startMs = NaN;
  }

  isBurning(worker: number, task: number): boolean {
    return this.#burning[worker] === task;
  }

  /** The burning task is through. */
  done(worker: number, nowMs: number): void {
    this.#burning[worker] = -1;
    if (this.#waiting[worker]!.length > 0) this.#beginNext(worker, nowMs);
  }

  #beginNext(worker: number, nowMs: number): void {
    const next = this.#waiting[worker]!.shift();
    if (!next) return;
    gotThread(next.running, nowMs);
    this.#begin(worker, next.task, next.running, next.ms, nowMs);
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

  #begin(worker: number, task: number, running: Running, askedMs: number, nowMs: number): void {
    this.#burning[worker] = task;
    const { number, work } = running;
    const ms = running.next === work.coldAt ? this.#ends.codeMs(worker, task, running) : askedMs;
    if (this.#cores)
      this.#cores.add(task, number, ms, nowMs, running.next === work.coldAt ? 'cold' : 'warm');
    else this.#ends.endAt(nowMs + ms, task, number);
  }
}
