/**
 * How much of its thread's time each open task has had. A thread runs one task at a time and nobody tells which:
 * while several could run, each is taken to have an equal share (alone: all of it).
 */
export class ThreadShare {
  /** ms that a task which never waits would have had since the beginning. */
  #sharedMs = 0;
  #lastMs = 0;
  #runnable = 0;

  #advance(nowMs: number): void {
    if (this.#runnable > 0) this.#sharedMs += (nowMs - this.#lastMs) / this.#runnable;
    this.#lastMs = nowMs;
  }

  /** One more task could run. Returns what `leave` is to be told. */
  enter(nowMs: number): number {
    this.#advance(nowMs);
    this.#runnable++;
    return this.#sharedMs;
  }

  /** A task waits, or is over: the ms it had since it entered. */
  leave(nowMs: number, entered: number): number {
    this.#advance(nowMs);
    this.#runnable--;
    return this.#sharedMs - entered;
  }

  /** Between these the thread was kept busy by nobody's work. */
  skip(fromMs: number, toMs: number): void {
    this.#advance(fromMs);
    this.#lastMs = toMs;
  }
}
