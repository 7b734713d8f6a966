/** When the items of a source come: seeded, the same in every run. */
import { setTimeout as sleep } from 'node:timers/promises';
import { DrawSeries, drawValue, noStage, purpose } from '../../../../base/draws.ts';
import { ln } from '../../../../base/exact-math.ts';
import type { Arrivals, ServiceSettings } from '../../../../pipeline/types.ts';
import { serviceItem } from './service.ts';

/** ms after the start, item after item. */
export function* arrivalTimes(arrivals: Arrivals, seed: number): Generator<number> {
  const series = new DrawSeries(seed, purpose.arrival, noStage);
  let lastMs = 0;
  for (let item = 0; ; item++) {
    if (arrivals.kind === 'all') yield 0;
    else if (arrivals.kind === 'uniform') yield (item * 1000) / arrivals.rate;
    else if (arrivals.kind === 'poisson') {
      lastMs += (-ln(1 - series.unit(item, 0, 0)) * 1000) / arrivals.rate;
      yield lastMs;
    } else yield (Math.floor(item / arrivals.size) * arrivals.size * 1000) / arrivals.rate;
  }
}

/** Holds each item back until it is due. */
export async function* timed(
  items: AsyncIterable<unknown> | Iterable<unknown>,
  arrivals: Arrivals,
  seed: number,
): AsyncGenerator<unknown> {
  const times = arrivalTimes(arrivals, seed);
  const startMs = performance.now();
  for await (const item of items) {
    const leftMs = startMs + (times.next().value as number) - performance.now();
    if (leftMs > 0) await sleep(leftMs);
    yield item;
  }
}

/** The items of the seeded service, page by page: each call takes its latency, and is made again if it fails. */
export async function* servicePaged(
  service: ServiceSettings,
  seed: number,
): AsyncGenerator<unknown> {
  const { items, pageSize, latency, rate, failure } = service;
  const latencies = new DrawSeries(seed, purpose.latency, noStage);
  const failures = new DrawSeries(seed, purpose.failure, noStage);
  let nextCallMs = 0;
  for (let page = 0; page * pageSize < items; page++) {
    for (let attempt = 1, isThere = false; !isThere; attempt++) {
      await sleep(Math.max(0, nextCallMs - performance.now()));
      nextCallMs = performance.now() + (rate === null ? 0 : 1000 / rate);
      await sleep(drawValue(latency, latencies, page, attempt, 0, page));
      isThere = failures.unit(page, attempt, 0) >= failure;
    }
    const end = Math.min(items, (page + 1) * pageSize);
    for (let index = page * pageSize; index < end; index++) yield serviceItem(service, seed, index);
  }
}
