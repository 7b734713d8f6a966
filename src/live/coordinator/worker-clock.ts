/**
 * How far a worker's clock is ahead of this thread's. Browsers set a thread's clock by the system's when it starts: a
 * worker that replaces another after the computer has slept, or after the system's clock was put right, may be hours off;
 * and on a busy machine Chromium, which reads two clocks one after the other, is a little off now and then (1.4 ms in one
 * of 5,000 workers, with three times as many threads as cores). From then on the two go at one pace.
 */
export class WorkerClock {
  /** To be taken from what it says. ms. */
  aheadMs = 0;
  isSet = false;

  /**
   * Call at its first message of ends: nothing ends after it is heard of, nor begins before it is sent.
   * @param startMs of the first of them, `endMs` of the last, by its clock; all in ms of one clock's scale.
   */
  set(startMs: number, endMs: number, sentMs: number, nowMs: number): void {
    this.isSet = true;
    const tooLateMs = endMs - nowMs;
    const tooEarlyMs = sentMs - startMs;
    // Both: no clock can be so, and whoever looks at the times finds out.
    if (tooLateMs > 0 && tooEarlyMs <= 0) this.aheadMs = tooLateMs;
    else if (tooEarlyMs > 0 && tooLateMs <= 0) this.aheadMs = -tooEarlyMs;
  }
}
