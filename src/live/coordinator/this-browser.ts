import { measureTurnsPerMs } from '../runtime/busy-loop.ts';
import { measureTimerStep } from './clock.ts';

/** What a coordinator finds out about where it runs: once, however many runs it drives. */
export class ThisBrowser {
  #timerStepMs = NaN;
  #turnsPerMs = NaN;
  /** Tasks that it has practised on. */
  practised = 0;

  /** The smallest step of the clock. */
  get timerStepMs(): number {
    if (Number.isNaN(this.#timerStepMs)) this.#timerStepMs = measureTimerStep();
    return this.#timerStepMs;
  }

  /** Turns of the busy loop. */
  get turnsPerMs(): number {
    if (Number.isNaN(this.#turnsPerMs)) {
      this.#turnsPerMs = measureTurnsPerMs(() => performance.now());
    }
    return this.#turnsPerMs;
  }
}
