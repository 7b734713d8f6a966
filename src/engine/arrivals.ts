import { DrawSeries, noStage, purpose } from '../base/draws.ts';
import { ln } from '../base/exact-math.ts';
import type { Arrivals, Pipeline } from '../pipeline/types.ts';
import { PageTimes } from './service-source.ts';

/** Items come by themselves, each at its time; else all are there when the clock starts, to be pulled. */
export const isTimed = ({ kind, arrivals }: Pipeline['source']): boolean =>
  arrivals.kind !== 'all' || kind === 'service';

const gapsAtOnce = 32;

/**
 * When source items come, ms after the clock's start, one after the other. Both machines ask here, so
 * that the same document brings the same items at the same times.
 */
export class ArrivalTimes {
  readonly #arrivals: Arrivals;
  readonly #series: DrawSeries;
  /** Between the items of one block of a Poisson stream. */
  readonly #gapsMs = new Float64Array(gapsAtOnce);
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
        const place = item % gapsAtOnce;
        if (place === 0) this.#drawGaps(item, arrivals.rate);
        this.#lastMs += this.#gapsMs[place]!;
        return this.#lastMs;
      }
    }
  }

  #drawGaps(item: number, rate: number): void {
    const gaps = this.#gapsMs;
    this.#series.units(item, 0, 0, gaps);
    for (let i = 0; i < gapsAtOnce; i++) gaps[i] = (-ln(1 - gaps[i]!) * 1000) / rate;
  }
}
