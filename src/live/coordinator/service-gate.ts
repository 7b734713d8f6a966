import type { Answer } from '../wire-asks.ts';

/** A call whose turn is further off is refused, as a service does that is asked too often. ms. */
export const serviceQueueMs = 1000;

/**
 * The rate limit of `ctx.service`, one for the whole run: calls begin no sooner than 1/rate s one after the
 * other, in the order in which they are asked for.
 */
export class ServiceGate {
  readonly #gapMs: number;
  #nextMs = -Infinity;

  /** @param rate calls a second; null: unlimited. */
  constructor(rate: number | null) {
    this.#gapMs = rate === null ? 0 : 1000 / rate;
  }

  /** @param nowMs any clock that goes on. */
  turn(nowMs: number): Answer {
    const atMs = Math.max(nowMs, this.#nextMs);
    const waitMs = atMs - nowMs;
    if (waitMs > serviceQueueMs) {
      return { value: null, why: 'too many calls', retryAfterMs: waitMs - serviceQueueMs };
    }
    this.#nextMs = atMs + this.#gapMs;
    return { value: waitMs, why: null };
  }
}
