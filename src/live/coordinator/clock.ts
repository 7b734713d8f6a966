/** What a run's start is called in the browser's own traces. */
export const clockMark = 'clock starts';

/** The run's clock: ms since the source may emit. 0 until it starts. */
export class RunClock {
  #startedAtMs = NaN;
  #heldMs = NaN;

  get isRunning(): boolean {
    return !Number.isNaN(this.#startedAtMs);
  }
  start(): void {
    // For whoever looks on with the browser's own profiler; the thread itself need not keep it.
    performance.mark(clockMark);
    performance.clearMarks(clockMark);
    this.#startedAtMs = epochMs();
  }
  now(): number {
    if (!Number.isNaN(this.#heldMs)) return this.#heldMs;
    return this.isRunning ? epochMs() - this.#startedAtMs : 0;
  }
  /** Stands still until it is released: what happens in one turn happens at one instant. */
  hold(): void {
    this.#heldMs = this.now();
  }
  release(): void {
    this.#heldMs = NaN;
  }
  /** A worker's time (ms since the epoch) as a time of the run. */
  fromEpoch(atMs: number): number {
    return this.isRunning ? atMs - this.#startedAtMs : 0;
  }
}

/** ms since the epoch by this thread's monotonic clock. */
export const epochMs = (): number => performance.timeOrigin + performance.now();

/** The smallest step of the clock seen in a short while, ms. */
export function measureTimerStep(): number {
  let smallestMs = Infinity;
  let lastMs = performance.now();
  for (let i = 0; i < 20_000; i++) {
    const nowMs = performance.now();
    if (nowMs > lastMs) smallestMs = Math.min(smallestMs, nowMs - lastMs);
    lastMs = nowMs;
  }
  return Number.isFinite(smallestMs) ? smallestMs : 1;
}
