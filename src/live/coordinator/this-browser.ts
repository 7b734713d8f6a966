import { measureTurnsPerMs } from '../runtime/busy-loop.ts';
import { measureTimerStep } from './clock.ts';

/** The loop has been compiled, and much of it is known. */
const laterTries = { warmUpMs: 0.5, tries: 10 };

/** What a coordinator finds out about where it runs: once, however many runs it drives. */
export class ThisBrowser {
  #timerStepMs = NaN;
  #turnsPerMs = 0;
  /** Tasks that it has practised on. */
  practised = 0;

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
