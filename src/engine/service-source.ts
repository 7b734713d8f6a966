import { DrawSeries, drawUnit, drawValue, noStage, purpose } from '../base/draws.ts';
import type { ServiceSettings } from '../pipeline/types.ts';

/** An item that the service holds: the same for the same seed. */
export interface ServiceItem {
  /** Its number, from 0. */
  index: number;
  /** The page that it is on, from 0. */
  page: number;
  /** Seeded, in [0, 1). */
  value: number;
}

export function serviceItem(service: ServiceSettings, seed: number, index: number): ServiceItem {
  const value = drawUnit(seed, purpose.user, noStage, index, 0, 0);
  return { index, page: Math.floor(index / service.pageSize), value };
}

/**
 * When the items of a paged service come, ms after the clock's start. Its pages are asked for one after
 * the other: a call takes `latency`, begins no sooner than 1/`rate` s after the one before began, and is
 * made again if it fails. The items of a page come together when its call has ended.
 */
export class PageTimes {
  readonly #service: ServiceSettings;
  readonly #latencies: DrawSeries;
  readonly #failures: DrawSeries;
  #item = 0;
  #calledMs = -Infinity;
  #endedMs = 0;

  constructor(service: ServiceSettings, seed: number) {
    this.#service = service;
    this.#latencies = new DrawSeries(seed, purpose.latency, noStage);
    this.#failures = new DrawSeries(seed, purpose.failure, noStage);
  }

  /** The time of the next item. Never smaller than the one before. */
  next(): number {
    const { pageSize } = this.#service;
    if (this.#item % pageSize === 0) this.#fetch(this.#item / pageSize);
    this.#item++;
    return this.#endedMs;
  }

  #fetch(page: number): void {
    const { latency, rate, failure } = this.#service;
    const gapMs = rate === null ? 0 : 1000 / rate;
    for (let attempt = 1; ; attempt++) {
      this.#calledMs = Math.max(this.#endedMs, this.#calledMs + gapMs);
      this.#endedMs = this.#calledMs + drawValue(latency, this.#latencies, page, attempt, 0, page);
      if (this.#failures.unit(page, attempt, 0) >= failure) return;
    }
  }
}
