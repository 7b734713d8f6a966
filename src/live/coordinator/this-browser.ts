import { measureTurnsPerMs } from '../runtime/busy-loop.ts';
import { measureTimerStep } from './clock.ts';
import type { Goods } from './rehearsal.ts';

/** The loop has been compiled, and much of it is known. */
const laterTries = { warmUpMs: 0.5, tries: 10 };

/** What a coordinator knows of where it runs, given or found out: once, however many runs it drives. */
export class ThisBrowser {
  #timerStepMs = NaN;
  #turnsPerMs = 0;
  /** Tasks that it has practised on, with what. */
  readonly practised = new Map<Goods, number>();
  /** See `ResultDigest`. */
  readonly hasher: MessagePort | null;
  /**
   * Bytes of results that may wait for their digest while the run goes on: a 16th of the device's memory, taken as 8 GiB
   * at the most, and as 2 where the browser does not tell.
   */
  readonly waitingBytesMax: number;

  /** @param memoryGiB null: the browser does not tell. */
  constructor(hasher: MessagePort | null, memoryGiB: number | null) {
    this.hasher = hasher;
    this.waitingBytesMax = Math.min(memoryGiB ?? 2, 8) * 64 * 1024 * 1024;
  }

  /** The smallest step of the clock. */
  get timerStepMs(): number {
    if (Number.isNaN(this.#timerStepMs)) this.#timerStepMs = measureTimerStep();
    return this.#timerStepMs;
  }

  /** Turns of the busy loop in 1 ms: asked once a run, and the best of all tries so far. */
  measureTurns(): number {
    const tries = this.#turnsPerMs === 0 ? undefined : laterTries;
    const found = measureTurnsPerMs(() => performance.now(), tries);
    this.#turnsPerMs = Math.max(this.#turnsPerMs, found);
    return this.#turnsPerMs;
  }
}
