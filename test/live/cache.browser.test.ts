import { describe, expect, test } from 'vitest';
import { ResultStore } from '../../src/cache/store/result-store.ts';
import { serveCachePort } from '../../src/cache/store/serve-port.ts';
import { cacheClient, code, runLive } from './run-live.ts';

const document = (version = '1') => ({
  source: { kind: 'values' as const, values: ['a', 'b', 'c', 'a'] },
  stages: [
    code('slow', 'export default (t) => ({ t, at: Math.random() });', { cache: { version } }),
    code('many', 'export default ({ t, at }, ctx) => ctx.many([t, at]);', {
      after: ['slow'],
      cache: { version },
    }),
  ],
  machine: { workers: 2 },
});
const namespace = () => `test-${crypto.randomUUID()}`;

describe('the cache', () => {
  test('a second run is answered by it, with the same results', async () => {
    const on = { cache: 'on' as const, cacheNamespace: namespace() };
    const first = await runLive(document(), on);
    expect(first.error).toBe(null);
    // "a" came twice: computed once.
    expect(first.trace.meta.stages[0]).toMatchObject({ tasks: 3, cacheHits: 1 });
    const second = await runLive(document(), on);
    expect(second.trace.meta.stages.map((stage) => stage.cacheHits)).toEqual([4, 4]);
    expect(second.resultsDigest).toBe(first.resultsDigest);
    expect(second.results).toHaveLength(8);
    expect(await cacheClient.state(on.cacheNamespace)).toMatchObject({ entries: 6, why: null });
    const other = await runLive(document('2'), on);
    expect(other.trace.meta.stages[0]!.tasks).toBe(3);
  });

  test.each([
    ['a module', 'new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))'],
    ['shared memory', 'new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer'],
  ])('%s is neither kept nor shown, but all that came with it is', async (_, value) => {
    const on = { cache: 'on' as const, cacheNamespace: namespace() };
    const made = {
      source: { kind: 'values' as const, values: ['a', 'b', 'c'] },
      stages: [
        code('make', `export default (t) => t === 'b' ? { in: [${value}] } : t;`, { cache: {} }),
      ],
    };
    for (const hits of [0, 2]) {
      const report = await runLive(made, on);
      expect(report.failures).toEqual([]);
      expect(report.trace.meta.stages[0]!.cacheHits).toBe(hits);
      const [text, a, c] = report.results.map((one) => one.value).sort();
      expect([a, c]).toEqual(['a', 'c']);
      expect(text).toMatch(/^\(not shown: it holds shared memory or a module/);
    }
  });

  test('off: neither read nor written; another namespace knows nothing', async () => {
    const on = { cache: 'on' as const, cacheNamespace: namespace() };
    await runLive(document(), on);
    const off = await runLive(document(), { ...on, cache: 'off' });
    expect(off.trace.meta.stages[0]).toMatchObject({ tasks: 4, cacheHits: 0 });
    const elsewhere = await runLive(document(), { ...on, cacheNamespace: namespace() });
    expect(elsewhere.trace.meta.stages[0]!.tasks).toBe(3);
  });

  test('clear forgets', async () => {
    const on = { cache: 'on' as const, cacheNamespace: namespace() };
    await runLive(document(), on);
    await cacheClient.clear(on.cacheNamespace);
    expect(await cacheClient.state(on.cacheNamespace)).toMatchObject({ entries: 0, bytes: 0 });
    const again = await runLive(document(), on);
    expect(again.trace.meta.stages[0]!.tasks).toBe(3);
  });

  test('a declared key is what a synthetic stage is looked up by', async () => {
    const report = await runLive(
      {
        source: { kind: 'count', count: 8 },
        stages: [
          {
            id: 'a',
            work: { kind: 'synthetic', phases: [{ wait: 1 }], key: { perItem: [1, 2] } },
            cache: {},
          },
        ],
        machine: { workers: 2 },
      },
      { cache: 'on', cacheNamespace: namespace() },
    );
    expect(report.trace.meta.stages[0]).toMatchObject({ tasks: 2, cacheHits: 6, delivered: 8 });
  });

  test('without IndexedDB the run goes on uncached, and says so once', async () => {
    const storage = Object.getOwnPropertyDescriptor(globalThis, 'indexedDB')!;
    Object.defineProperty(globalThis, 'indexedDB', { value: undefined, configurable: true });
    try {
      const store = new ResultStore(`refused-${crypto.randomUUID()}`, Date.now);
      const { port1, port2 } = new MessageChannel();
      serveCachePort(port1, store, {
        namespace: 'n',
        settings: { maxBytes: 1e6, policy: 'lru', compress: true },
      });
      const report = await runLive(
        document(),
        { cache: 'on' },
        { openCache: () => Promise.resolve(port2) },
      );
      expect(report.error).toBe(null);
      expect(report.notices).toEqual([
        'Results are not kept for the next run: this browser has no IndexedDB.',
      ]);
      expect(report.results).toHaveLength(8);
    } finally {
      Object.defineProperty(globalThis, 'indexedDB', storage);
    }
  });
});
