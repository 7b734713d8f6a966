import { afterEach, describe, expect, test, vi } from 'vitest';
import { ResultStore } from '../../src/cache/store/result-store.ts';
import { serveCachePort } from '../../src/cache/store/serve-port.ts';
import { CacheClient } from '../../workers/cache-client.ts';
import { freshName, openRaw, readRaw, writeRaw } from '../cache/store-probe.ts';
import { code, runLive } from './run-live.ts';

const items = Array.from({ length: 40 }, (_, n) => n);
const document = {
  source: { kind: 'values' as const, values: items },
  stages: [
    code('square', 'export default (n) => ({ n, square: n * n, text: "x".repeat(n) });', {
      cache: {},
    }),
    code('many', 'export default ({ n, square }, ctx) => ctx.many([n, square]);', {
      after: ['square'],
      cache: {},
    }),
  ],
  machine: { workers: 2 },
};
const on = { cache: 'on' as const, cacheNamespace: 'n' };

/** A run whose cache is served by this store, as the worker does. */
function runOn(store: ResultStore, more = {}) {
  return runLive({ ...document, ...more }, on, {
    openCache: (namespace, settings) => {
      const { port1, port2 } = new MessageChannel();
      serveCachePort(port1, store, { namespace, settings });
      return Promise.resolve(port2);
    },
  });
}
const uncached = runLive(document, { cache: 'off' });
const hits = (report: Awaited<typeof uncached>): number =>
  report.trace.meta.stages.reduce((sum, stage) => sum + stage.cacheHits, 0);

afterEach(() => vi.restoreAllMocks());

describe('a run goes on, and says once why nothing is kept, when storage', () => {
  async function expectUncached(store: ResultStore, why: string) {
    const report = await runOn(store);
    expect(report.error).toBe(null);
    expect(report.notices).toEqual([`Results are not kept for the next run: ${why}.`]);
    expect(report.resultsDigest).toBe((await uncached).resultsDigest);
    expect(hits(report)).toBe(0);
  }

  test('is refused', async () => {
    vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
      throw new DOMException('no', 'SecurityError');
    });
    const store = new ResultStore(freshName(), Date.now);
    await expectUncached(store, 'the browser refuses storage to this page');
  });

  test('is held by an old tab; and is used again as soon as that is closed', async () => {
    const name = freshName();
    const old = await openRaw(name, 1);
    const store = new ResultStore(name, Date.now, 200);
    await expectUncached(store, 'another tab holds the storage');
    old.close();
    await vi.waitFor(() => store.state('n'), { timeout: 5000 });
    expect((await runOn(store)).notices).toEqual([]);
    expect(hits(await runOn(store))).toBe(80);
  });

  test('breaks off in the middle of a batch', async () => {
    const store = new ResultStore(freshName(), Date.now);
    const put = IDBObjectStore.prototype.put;
    let left = 10;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
      this: IDBObjectStore,
      ...args
    ) {
      if (--left === 0) throw new DOMException('no room', 'QuotaExceededError');
      return put.apply(this, args);
    });
    await expectUncached(
      store,
      'the browser has no more room for them (the Cache tab can clear what is kept)',
    );
    vi.restoreAllMocks();
    // Batches before that one are whole.
    const { entries } = await store.state('n');
    expect(entries).toBeLessThan(10);
    expect(hits(await runOn(store))).toBe(entries);
  });
});

describe('a run computes anew', () => {
  test('what is damaged in storage, and nothing else', async () => {
    const name = freshName();
    const first = await runOn(new ResultStore(name, Date.now));
    const values = [...(await readRaw(name))].filter(([place]) => place.includes('/v/'));
    expect(values).toHaveLength(80);
    const damage: ((record: unknown, another: unknown) => unknown)[] = [
      () => 'junk',
      () => undefined,
      (_, another) => another,
      (record) => ({ ...(record as object), value: { code: 3, values: [] } }),
    ];
    const changes = values.slice(0, 8).map(([place, record], i): [string, unknown] => {
      return [place, damage[i % damage.length]!(record, values[i + 20]![1])];
    });
    await writeRaw(name, new Map(changes));
    const second = await runOn(new ResultStore(name, Date.now));
    expect(second.resultsDigest).toBe(first.resultsDigest);
    expect(hits(second)).toBe(72);
    expect(hits(await runOn(new ResultStore(name, Date.now)))).toBe(80);
  });

  test('what no longer fits, and stays within its limit', async () => {
    const store = new ResultStore(freshName(), Date.now);
    const small = { cache: { maxSize: 6000 } };
    const reports = [await runOn(store, small), await runOn(store, small)];
    for (const report of reports) {
      expect(report.resultsDigest).toBe((await uncached).resultsDigest);
      expect(report.notices).toEqual([]);
    }
    const { bytes, metrics } = await store.state('n');
    expect(bytes).toBeLessThanOrEqual(6000);
    expect(metrics.evictions).toBeGreaterThan(0);
  });
});

test('two tabs run one document at once: the same results, and each finds what both kept', async () => {
  const tabs = [new CacheClient(), new CacheClient()];
  const cacheNamespace = `both-${crypto.randomUUID()}`;
  const run = (cache: CacheClient) =>
    runLive(
      document,
      { ...on, cacheNamespace },
      { openCache: (namespace, settings) => cache.open(namespace, settings) },
    );
  const { resultsDigest } = await uncached;
  for (const report of await Promise.all(tabs.map(run))) {
    expect(report.resultsDigest).toBe(resultsDigest);
    expect(report.notices).toEqual([]);
  }
  const later = new CacheClient();
  const again = await run(later);
  expect(again.resultsDigest).toBe(resultsDigest);
  expect(hits(again)).toBe(80);
  const states = await Promise.all([...tabs, later].map((one) => one.state(cacheNamespace)));
  expect(states.map(({ entries }) => entries)).toEqual([80, 80, 80]);
  await later.clear(cacheNamespace);
});
