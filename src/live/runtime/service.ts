import { DrawSeries, drawUnit, drawValue, noStage, purpose } from '../../base/draws.ts';
import { serviceItem, type ServiceItem } from '../../engine/service-source.ts';
import type { ServiceSettings } from '../../pipeline/types.ts';
import type { OpenTask } from './open-task.ts';

/** One page of `ctx.service`. */
interface ServicePage {
  items: ServiceItem[];
  /** Its number, from 0. */
  page: number;
  /** Pages there are. */
  pages: number;
  /** Number of the page after it; null: it is the last. */
  next: number | null;
}

/** A call that the service refused: 503 by chance (`failure`), 429 when it is called far above its `rate`. */
class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly status: 429 | 503;
  /** ms after which a call is welcome. */
  readonly retryAfter: number;

  constructor(status: 429 | 503, retryAfter: number) {
    const what = status === 429 ? 'it is called too often' : 'it is not available';
    const when = retryAfter > 0 ? ` in ${Math.ceil(retryAfter)} ms` : '';
    super(`the service answered ${status}: ${what}; try again${when}`);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/**
 * The service of stage code, one a task. What a call gives, how long it takes and whether it fails are drawn by
 * (seed, page, attempt): `attempt` counts the task's attempts, and its calls of that page before.
 */
export class StageService {
  readonly #task: OpenTask;
  readonly #settings: ServiceSettings;
  /** Page → calls of it by this task. */
  readonly #calls = new Map<number, number>();

  constructor(task: OpenTask) {
    this.#task = task;
    this.#settings = task.service;
  }

  /**
   * One call. A page past the last is empty. Rejects with a ServiceError when the call fails, with a RangeError
   * when there can be no such page.
   */
  readonly page = async (page = 0): Promise<ServicePage> => {
    if (!Number.isSafeInteger(page) || page < 0) {
      throw new RangeError(`ctx.service.page(${String(page)}): pages are numbered from 0.`);
    }
    const { seed } = this.#task;
    const { rate, latency, failure } = this.#settings;
    const called = this.#calls.get(page) ?? 0;
    this.#calls.set(page, called + 1);
    const attempt = this.#task.wire.attempt + called;
    const turnMs = rate === null ? 0 : await this.#turn();
    const latencies = new DrawSeries(seed, purpose.latency, noStage);
    await this.#task.wait(turnMs + drawValue(latency, latencies, page, attempt, 0, page));
    if (drawUnit(seed, purpose.failure, noStage, page, attempt, 0) < failure) {
      throw new ServiceError(503, rate === null ? 0 : 1000 / rate);
    }
    return this.#content(page);
  };

  async #turn(): Promise<number> {
    const answer = await this.#task.ask({ what: 'turn' });
    if (answer.value === null) throw new ServiceError(429, answer.retryAfterMs);
    return answer.value;
  }

  #content(page: number): ServicePage {
    const { items, pageSize } = this.#settings;
    const pages = Math.ceil(items / pageSize);
    const first = page * pageSize;
    const count = Math.max(0, Math.min(pageSize, items - first));
    const { seed } = this.#task;
    return {
      items: Array.from({ length: count }, (_, i) => serviceItem(this.#settings, seed, first + i)),
      page,
      pages,
      next: page + 1 < pages ? page + 1 : null,
    };
  }
}
