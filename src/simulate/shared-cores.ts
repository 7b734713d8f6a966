import { EventHeap } from '../base/heap.ts';

/**
 * C cores shared equally by the threads that burn CPU (egalitarian processor sharing, Kleinrock 1967).
 *
 * With n threads each runs at rate min(1, C/n). All share one *virtual* clock that advances at that
 * rate, so a thread that starts at virtual time v with w ms of work ends at v + w, whoever comes and
 * goes meanwhile: one heap on virtual ends is enough, and each change costs O(log n).
 */
export class SharedCores {
  readonly #cores: number;
  readonly #ends = new EventHeap();
  /** Task row → the number of the task that burns there; tells stale heap entries apart. */
  readonly #burning = new Map<number, number>();
  #virtualMs = 0;
  #nowMs = 0;

  constructor(cores: number) {
    this.#cores = cores;
  }

  #rate(): number {
    return Math.min(1, this.#cores / this.#burning.size);
  }

  add(task: number, taskNumber: number, workMs: number, nowMs: number): void {
    this.#advance(nowMs);
    this.#burning.set(task, taskNumber);
    this.#ends.push(this.#virtualMs + workMs, 0, taskNumber, task);
  }

  remove(task: number, nowMs: number): void {
    this.#advance(nowMs);
    this.#burning.delete(task);
    this.#dropStale();
  }

  /** When the next thread is through, if nothing changes; Infinity: none burns. */
  get nextMs(): number {
    if (this.#ends.size === 0) return Infinity;
    const left = Math.max(0, this.#ends.topTime - this.#virtualMs);
    return this.#nowMs + left / this.#rate();
  }

  /** Takes all that are through at `nextMs`, in order of task number. */
  takeDone(nowMs: number, done: (task: number, taskNumber: number) => void): void {
    // The virtual clock lands on the end itself, so that rounding never leaves a crumb of work.
    const reached = this.#ends.topTime;
    this.#nowMs = nowMs;
    this.#virtualMs = reached;
    while (this.#ends.size > 0 && this.#ends.topTime <= reached) {
      const taskNumber = this.#ends.topOrder;
      const task = this.#ends.pop();
      if (this.#burning.get(task) !== taskNumber) continue;
      this.#burning.delete(task);
      done(task, taskNumber);
    }
    this.#dropStale();
  }

  #advance(nowMs: number): void {
    if (this.#burning.size > 0) this.#virtualMs += (nowMs - this.#nowMs) * this.#rate();
    this.#nowMs = nowMs;
  }

  #dropStale(): void {
    while (this.#ends.size > 0 && this.#burning.get(this.#ends.topValue) !== this.#ends.topOrder) {
      this.#ends.pop();
    }
  }
}
