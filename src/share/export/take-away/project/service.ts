/** The seeded, paged and rate-limited service: `ctx.service`, and the items of a source that is one. */
import { DrawSeries, drawUnit, drawValue, noStage, purpose } from '../../../../base/draws.ts';
import type { ServiceSettings } from '../../../../pipeline/types.ts';
import type { Answerer } from './asks.ts';

/** An item that the service holds: the same for the same seed. */
export function serviceItem({ pageSize }: ServiceSettings, seed: number, index: number) {
  const value = drawUnit(seed, purpose.user, noStage, index, 0, 0);
  return { index, page: Math.floor(index / pageSize), value };
}

class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly status = 503;
  /** ms after which a call is welcome. */
  readonly retryAfter: number;
  constructor(retryAfter: number) {
    super('the service answered 503: it is not available');
    this.retryAfter = retryAfter;
  }
}

interface ServiceParts {
  settings: ServiceSettings;
  seed: number;
  attempt: number;
  wait: (ms: number) => Promise<void>;
  ask: Answerer;
}

/** What a call gives, how long it takes and whether it fails is drawn by seed, page and attempt. */
export function servicePages({ settings, seed, attempt, wait, ask }: ServiceParts) {
  const { items, pageSize, latency, rate, failure } = settings;
  /** Page → calls of it by this task. */
  const calls = new Map<number, number>();
  return {
    async page(page = 0) {
      if (!Number.isSafeInteger(page) || page < 0) {
        throw new RangeError(`ctx.service.page(${String(page)}): pages are numbered from 0.`);
      }
      const called = calls.get(page) ?? 0;
      calls.set(page, called + 1);
      const turnMs = rate === null ? 0 : await ask({ what: 'turn' });
      const latencies = new DrawSeries(seed, purpose.latency, noStage);
      await wait(turnMs + drawValue(latency, latencies, page, attempt + called, 0, page));
      if (drawUnit(seed, purpose.failure, noStage, page, attempt + called, 0) < failure) {
        throw new ServiceError(rate === null ? 0 : 1000 / rate);
      }
      const pages = Math.ceil(items / pageSize);
      const first = page * pageSize;
      const count = Math.max(0, Math.min(pageSize, items - first));
      return {
        items: Array.from({ length: count }, (_, i) => serviceItem(settings, seed, first + i)),
        page,
        pages,
        next: page + 1 < pages ? page + 1 : null,
      };
    },
  };
}
