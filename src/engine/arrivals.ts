import { DrawSeries, noStage, purpose } from '../base/draws.ts';
import { ln } from '../base/exact-math.ts';
import type { Arrivals } from '../pipeline/types.ts';

/**
 * When source items come, ms after the clock's start, one after the other. Both machines ask here, so
 * that the same document brings the same items at the same times.
 */
export class ArrivalTimes {
  readonly #arrivals: Arrivals;
  readonly #series: DrawSeries;
  #item = 0;
  #lastMs = 0;

  constructor(arrivals: Arrivals, seed: number) {
    this.#arrivals = arrivals;
    this.#series = new DrawSeries(seed, purpose.arrival, noStage);
  }

  /** All items are there when the clock starts. */
  get atOnce(): boolean {
    return this.#arrivals.kind === 'all';
  }

  /** The time of the next item. Never smaller than the one before. */
  next(): number {
    const arrivals = this.#arrivals;
    const item = this.#item++;
    switch (arrivals.kind) {
      case 'all':
        return 0;
      case 'uniform':
        return (item * 1000) / arrivals.rate;
      case 'bursts':
        // `rate` items a second on average, in groups of `size`.
        return (Math.floor(item / arrivals.size) * arrivals.size * 1000) / arrivals.rate;
      case 'poisson': {
        const unit = this.#series.unit(item, 0, 0);
        this.#lastMs += (-ln(1 - unit) * 1000) / arrivals.rate;
        return this.#lastMs;
      }
    }
  }
}
