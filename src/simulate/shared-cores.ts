import { EventHeap } from '../base/event-heap.ts';

/** Cold code has helpers: while it runs first, the engine compiles it in threads of its own. */
type BurnKind = 'cold' | 'warm';

/**
 * C cores shared equally by the threads that burn CPU (egalitarian processor sharing, Kleinrock 1967).
 *
 * With n threads each runs at rate min(1, C/d), where d, the cores they want, is n and the share that the helpers of
 * each thread of cold code want beside it. All share one *virtual* clock that advances at that
 * rate, so a thread that starts at virtual time v with w ms of work ends at v + w, whoever comes and
 * goes meanwhile: one heap on virtual ends is enough, and each change costs O(log n).
 *
 * Busy cores may slow each other (caches, memory, clock): n of them then do the work of n / (1 + s (n − 1)),
 * the contention term of the universal scalability law (Gunther 2007, Guerrilla Capacity Planning, 4.4).
 */
export class SharedCores {
  readonly #cores: number;
  readonly #contention: number;
  readonly #helperShare: number;
  readonly #ends = new EventHeap();
  /** Task row → the number of the task that burns there; tells stale heap entries apart. */
  readonly #burning = new Map<number, number>();
  /** Rows of those that run cold code. */
  readonly #cold = new Set<number>();
  #virtualMs = 0;
  #nowMs = 0;

  /**
   * @param contention s above, ≥ 0; 0: cores do not know of each other.
   * @param helperShare cores that helpers want beside each that runs cold code, ≥ 0
   */
  constructor(cores: number, contention: number, helperShare: number) {
    this.#cores = cores;
    this.#contention = contention;
    this.#helperShare = helperShare;
  }

  #rate(): number {
    const wanted = this.#burning.size + this.#helperShare * this.#cold.size;
    const share = Math.min(1, this.#cores / wanted);
    if (this.#contention === 0) return share;
    const busy = Math.min(this.#cores, this.#burning.size);
    return share / (1 + this.#contention * (busy - 1));
  }

  add(task: number, taskNumber: number, workMs: number, nowMs: number, kind: BurnKind): void {
    this.#advance(nowMs);
    this.#burning.set(task, taskNumber);
    if (kind === 'cold') this.#cold.add(task);
    this.#ends.push(this.#virtualMs + workMs, 0, taskNumber, task);
  }

  remove(task: number, nowMs: number): void {
    this.#advance(nowMs);
    this.#burning.delete(task);
    this.#cold.delete(task);
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
      this.#cold.delete(task);
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
