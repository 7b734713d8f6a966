/**
 * How far a worker's clock is ahead of this thread's. Browsers set a thread's clock by the system's when it starts: a
 * worker that replaces another after the computer has slept, or after the system's clock was put right, may be hours off;
 * and on a busy machine Chromium, which reads two clocks one after the other, is a little off now and then (1.4 ms in one
 * of 5,000 workers, with three times as many threads as cores). From then on the two go at one pace.
 */
export class WorkerClock {
  #aheadMs = 0;
  /** What it is ahead by lies between these, as far as is known. */
  #atLeastMs = -Infinity;
  #atMostMs = Infinity;
  /** When it was heard last, and by how much less it was taken to be ahead until then. */
  #heardMs = 0;
  #notBeforeMs = 0;
  #shiftMs = 0;

  /**
   * Call for each task it tells the end of: nothing ends after it is heard of, nor begins before it is sent. All in ms of
   * the run, the first two by its clock.
   * @param startMs of the task. @param endMs of the last in the same message.
   */
  hear(startMs: number, endMs: number, sentMs: number, nowMs: number): void {
    const atLeastMs = Math.max(this.#atLeastMs, endMs - nowMs);
    const atMostMs = Math.min(this.#atMostMs, startMs - sentMs);
    // Else no clock can be so: whoever looks at the times finds out.
    if (atLeastMs <= atMostMs) {
      this.#atLeastMs = atLeastMs;
      this.#atMostMs = atMostMs;
      const aheadMs = Math.min(Math.max(0, atLeastMs), atMostMs);
      if (aheadMs > this.#aheadMs) {
        this.#shiftMs = aheadMs - this.#aheadMs;
        this.#notBeforeMs = this.#heardMs;
      }
      this.#aheadMs = aheadMs;
    }
    this.#heardMs = nowMs;
  }

  /** A start it tells of, by this thread's clock. What it told of before may have been put too late: not before that. */
  startOf(startMs: number): number {
    const ownMs = startMs - this.#aheadMs;
    const notBeforeMs = this.#notBeforeMs;
    return ownMs < notBeforeMs && ownMs + this.#shiftMs >= notBeforeMs ? notBeforeMs : ownMs;
  }
  endOf(endMs: number): number {
    return endMs - this.#aheadMs;
  }
}
