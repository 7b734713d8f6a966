import { describe, expect, test, vi } from 'vitest';
import { serviceItem } from '../../src/engine/service-source.ts';
import { defaultService } from '../../src/pipeline/defaults.ts';
import type { ServiceSettings } from '../../src/pipeline/types.ts';
import { code, runLive } from './run-live.ts';

// Nothing here is timed: it only must not wait for ever, however busy the machine is.
vi.setConfig({ testTimeout: 60_000 });

/** The source's service is that of the stages as well; here its own items are what the stage is run for. */
const asks = (expression: string, service: Partial<ServiceSettings>, more: object = {}) => ({
  seed: 5,
  source: { kind: 'service' as const, service: { items: 4, pageSize: 4, latency: 1, ...service } },
  stages: [
    code('a', `export default async (item, ctx) => { return await (${expression}); };`, more),
  ],
  machine: { workers: 2, tasksPerWorker: 4 },
});
const told = `.catch(({ name, status, retryAfter }) => ({ name, status, retryAfter }))`;

describe('ctx.service', () => {
  test('without a service as the source it has 100 items on 10 pages', async () => {
    const report = await runLive({
      seed: 7,
      source: { kind: 'values', values: [0, 9, 10] },
      stages: [code('a', 'export default (n, { service: { page } }) => page(n);')],
    });
    const items = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, i) => serviceItem(defaultService, 7, from + i));
    const pages = report.results
      .map(({ value }) => value as { page: number })
      .sort((a, b) => a.page - b.page);
    expect(pages).toEqual([
      { items: items(0, 10), page: 0, pages: 10, next: 1 },
      { items: items(90, 100), page: 9, pages: 10, next: null },
      { items: [], page: 10, pages: 10, next: null },
    ]);
  });

  test('its settings are those of the source, and so are its items', async () => {
    const report = await runLive(
      asks('ctx.service.page(item.page).then(({ items }) => [items, item])', {
        ...{ items: 7, pageSize: 3 },
      }),
    );
    expect(report.results).toHaveLength(7);
    for (const { value } of report.results) {
      const [items, item] = value as [unknown[], { index: number }];
      expect(items[item.index % 3]).toEqual(item);
    }
  });

  test('a call waits for its latency, which counts as waiting', async () => {
    const report = await runLive(asks('ctx.service.page()', { latency: 40 }));
    const { tasks } = report.trace;
    for (let i = 0; i < tasks.count; i++) expect(tasks.waited[i]).toBeGreaterThanOrEqual(39);
  });

  test('how long a call takes and whether it fails is told by seed, page and attempt', async () => {
    const fates = async () => {
      const document = asks(
        `Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map((n) => ctx.service.page(n)${told}))`,
        { items: 1, failure: 0.5 },
        { retry: { attempts: 1 } },
      );
      const report = await runLive(document);
      return report.results[0]!.value as { status?: number }[];
    };
    const first = await fates();
    expect(await fates()).toEqual(first);
    const failed = first.filter(({ status }) => status === 503);
    expect(failed.length).toBeGreaterThan(0);
    expect(failed.length).toBeLessThan(8);
    expect(failed[0]).toEqual({ name: 'ServiceError', status: 503, retryAfter: 0 });
  });

  test('a call that is made again draws anew, in the task or when the stage is tried again', async () => {
    const again = asks(
      `(async () => {
         for (let call = 1; ; call++) {
           const page = await ctx.service.page(item.index)${told};
           if (!page.status) return call;
         }
       })()`,
      { items: 20, pageSize: 5, failure: 0.6 },
    );
    const calls = (await runLive(again)).results.map(({ item, value }) => [item, value as number]);
    expect(Math.max(...calls.map(([, value]) => value as number))).toBeGreaterThan(2);
    const retried = asks(
      'ctx.service.page(item.index).then(() => ctx.attempt)',
      { items: 20, pageSize: 5, failure: 0.6 },
      { retry: { attempts: 50, backoff: 1, factor: 1 } },
    );
    const attempts = (await runLive(retried)).results.map(({ item, value }) => [item, value]);
    expect(attempts.sort()).toEqual(calls.sort());
  });

  test('one that nobody catches fails the item with its status', async () => {
    const report = await runLive(asks('ctx.service.page()', { items: 1, failure: 0.99 }));
    expect(report.failures[0]?.message).toBe(
      'ServiceError: the service answered 503: it is not available; try again',
    );
  });

  test('the rate is shared by all workers: calls begin one after the other', async () => {
    const report = await runLive({
      ...asks('ctx.service.page().then(() => Date.now())', { latency: 0, rate: 20 }),
      machine: { workers: 2, tasksPerWorker: 2 },
    });
    const ends = report.results.map(({ value }) => value as number).sort((a, b) => a - b);
    expect(ends).toHaveLength(4);
    // The first and the last of four calls at 20 a second are 150 ms apart, less what the last step rounds.
    expect(ends[3]! - ends[0]!).toBeGreaterThanOrEqual(130);
  });

  test('far above its rate it refuses: 429, and when to come again', async () => {
    const report = await runLive(
      asks(`Promise.all(Array.from({ length: 8 }, () => ctx.service.page()${told}))`, {
        items: 1,
        latency: 0,
        rate: 4,
      }),
    );
    const answers = report.results[0]!.value as { status?: number; retryAfter?: number }[];
    const refused = answers.filter(({ status }) => status === 429);
    // At once: one begins now, four more within a second.
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThanOrEqual(3);
    for (const { retryAfter } of refused) {
      expect(retryAfter).toBeGreaterThan(0);
      expect(retryAfter).toBeLessThanOrEqual(250);
    }
  });

  test('a task that is given up stops waiting for it', async () => {
    const report = await runLive({
      source: { kind: 'values', values: [1, 2] },
      stages: [
        code(
          'a',
          `export default async (_, ctx) => {
             for (;;) await ctx.service.page();
           }`,
          { timeout: 120 },
        ),
      ],
    });
    // Its own waits of 50 ms end with the signal, so no worker had to be ended for it.
    expect(report.trace.meta.stages[0]).toMatchObject({ timedOut: 2 });
    expect(report.error).toBe(null);
  });

  test.each([-1, 0.5, '"1"'])('there is no page %s', async (page) => {
    const report = await runLive(asks(`ctx.service.page(${page})`, { items: 1 }));
    expect(report.failures[0]?.message).toMatch(
      /^RangeError: ctx\.service\.page\(.*\): pages are numbered from 0/,
    );
  });
});
