import { DrawSeries, noStage, purpose } from '../base/draws.ts';
import { ln } from '../base/exact-math.ts';
import type { Arrivals, Pipeline } from '../pipeline/types.ts';
import { PageTimes } from './service-source.ts';

/** Items come by themselves, each at its time; else all are there when the clock starts, to be pulled. */
export const isTimed = ({ kind, arrivals }: Pipeline['source']): boolean =>
  arrivals.kind !== 'all' || kind === 'service';

/**
 * When source items come, ms after the clock's start, one after the other. Both machines ask here, so
 * that the same document brings the same items at the same times.
 */
export class ArrivalTimes {
  readonly #arrivals: Arrivals;
  readonly #series: DrawSeries;
  #item = 0;
  #lastMs = 0;

  /** A service's items come when their page has, and not before they are due. */
  readonly #pages: PageTimes | null;

  constructor({ source, seed }: Pick<Pipeline, 'source' | 'seed'>) {
    this.#arrivals = source.arrivals;
    this.#series = new DrawSeries(seed, purpose.arrival, noStage);
    this.#pages = source.kind === 'service' ? new PageTimes(source.service, seed) : null;
  }

  /** The time of the next item. Never smaller than the one before. */
  next(): number {
    const dueMs = this.#nextDue();
    return this.#pages ? Math.max(dueMs, this.#pages.next()) : dueMs;
  }

  #nextDue(): number {
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
