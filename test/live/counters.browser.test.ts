import { describe, expect, test, vi } from 'vitest';
import type { RunReport, RunRequest } from '../../src/engine/runner.ts';
import { formatCount } from '../../src/base/units.ts';
import { CounterStore } from '../../src/cache/store/counter-store.ts';
import { serveCounters } from '../../src/cache/store/serve-counters.ts';
import { code, lastFrame, liveParts, runLive, startLive } from './run-live.ts';

// Nothing here is timed: it only must not wait for ever, however busy the machine is.
vi.setConfig({ testTimeout: 60_000 });

const namespace = () => `test-${crypto.randomUUID()}`;
const counts = (write: string, count = 40, more: object = {}) => ({
  source: { kind: 'count' as const, count },
  stages: [
    code('count', `export default (_, ctx) => ctx.counter.add('cursor', 1, { write: ${write} });`),
  ],
  machine: { workers: 2, tasksPerWorker: 4 },
  ...more,
});
const valuesOf = (report: RunReport) =>
  report.results.map(({ value }) => value as number).sort((a, b) => a - b);
const upTo = (last: number, first = 1) =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);

/** What storage has, asked as the trusted side does. */
async function stored(space: string, name = 'cursor'): Promise<number> {
  const [found] = await new CounterStore('millrace-counters').get(space, [name]);
  return found!.value;
}

describe('ctx.counter', () => {
  test.each([`'through'`, '{ every: 10 }', '{ everyMs: 50 }', '{ everyMs: 0 }'])(
    '%s: each value once over all workers; a later run goes on counting; nothing is lost at the end',
    async (write) => {
      const space = { cacheNamespace: namespace() };
      const first = await runLive(counts(write), space);
      expect(first.notices).toEqual([]);
      expect(first.failures).toEqual([]);
      expect(valuesOf(first)).toEqual(upTo(40));
      expect(first.counters).toEqual([
        expect.objectContaining({ name: 'cursor', value: 40, updates: 40, written: 40 }),
      ]);
      expect(first.counters![0]).toMatchObject({ unwritten: 0, lost: null });
      expect(await stored(space.cacheNamespace)).toBe(40);
      const second = await runLive(counts(write), space);
      expect(valuesOf(second)).toEqual(upTo(80, 41));
      expect(second.counters).toMatchObject([{ value: 80, updates: 40 }]);
      expect(await stored(space.cacheNamespace)).toBe(80);
    },
  );

  test('one after another: every update is a write, or a tenth of them', async () => {
    const alone = { stages: counts('0').stages, machine: { workers: 1 } };
    const run = (write: string) =>
      runLive(counts(write, 40, { ...alone, stages: counts(write).stages }), {
        cacheNamespace: namespace(),
      });
    expect((await run(`'through'`)).counters).toMatchObject([{ updates: 40, writes: 40 }]);
    expect((await run('{ every: 10 }')).counters).toMatchObject([{ updates: 40, writes: 4 }]);
    const late = await run('{ everyMs: 60_000 }');
    expect(late.counters).toMatchObject([{ updates: 40, writes: 1, written: 40 }]);
  });

  test('stopped: what was counted is written', async () => {
    const space = namespace();
    const handle = startLive(counts('{ everyMs: 60_000 }', 1000, { machine: { workers: 1 } }), {
      cacheNamespace: space,
      onProgress: ({ trace }) => {
        if (trace.tasks.count > 0) handle.stop();
      },
    });
    const [counter] = (await handle.done).counters!;
    expect(counter!.updates).toBeGreaterThan(0);
    expect(counter).toMatchObject({ unwritten: 0, lost: null });
    expect(await stored(space)).toBe(counter!.value);
  });

  test('value reads, other names are other counters, and any whole number can be added', async () => {
    const report = await runLive(
      {
        source: { kind: 'values', values: [1] },
        stages: [
          code(
            'a',
            `export default async (_, { counter: { add, value } }) =>
               [await value('a'), await add('a', -7), await add('b'), await value('a')];`,
          ),
        ],
      },
      { cacheNamespace: namespace() },
    );
    expect(report.results[0]?.value).toEqual([0, -7, 1, -7]);
  });

  test('the source can count as well', async () => {
    const report = await runLive(
      {
        source: {
          kind: 'code',
          code: `export default async function* (ctx) {
            for (let i = 0; i < 3; i++) yield await ctx.counter.add('made', 1, { write: { every: 10 } });
          }`,
        },
        stages: [code('a', 'export default (n) => n;')],
      },
      { cacheNamespace: namespace() },
    );
    expect(valuesOf(report)).toEqual([1, 2, 3]);
    expect(report.counters).toMatchObject([{ name: 'made', updates: 3, writes: 1 }]);
  });

  test('waiting for storage is waiting, not work', async () => {
    const report = await runLive(counts(`'through'`, 20, { machine: { workers: 1 } }), {
      cacheNamespace: namespace(),
    });
    const { tasks } = report.trace;
    let waited = 0;
    let served = 0;
    for (let i = 0; i < tasks.count; i++) {
      waited += tasks.waited[i]!;
      served += tasks.end[i]! - tasks.start[i]!;
    }
    expect(waited).toBeGreaterThan(0.5 * served);
  });
});

describe('a run that is killed', () => {
  async function kill(write: string, request: Partial<RunRequest>): Promise<RunReport> {
    const handle = startLive(
      counts(write, 100_000, { machine: { workers: 2, tasksPerWorker: 2 } }),
      {
        ...request,
        onProgress: ({ trace }) => {
          if (trace.tasks.count > 20) handle.kill!();
        },
      },
    );
    return handle.done;
  }

  test.each([
    [`'through'`, 0],
    ['{ every: 10 }', 9],
  ])('%s loses at most %i updates, and what storage has is what is told', async (write, most) => {
    for (let time = 0; time < 3; time++) {
      const space = namespace();
      const report = await kill(write, { cacheNamespace: space });
      expect(report.killed).toBe(true);
      expect(report.trace.meta.ended).toBe('stopped');
      const [counter] = report.counters!;
      expect(counter!.updates).toBeGreaterThan(10);
      expect(counter!.lost).toBeLessThanOrEqual(most);
      expect(counter!.written).toBe(await stored(space));
      expect(counter!.lost).toBe(Math.max(0, counter!.updates - counter!.written!));
      expect(report.notices[0]).toMatch(
        /^The run was killed after [\d,]+ updates of the counter “cu/,
      );
    }
  });

  test('written behind by time it loses what was not due', async () => {
    const space = namespace();
    const report = await kill('{ everyMs: 60_000 }', { cacheNamespace: space });
    const [counter] = report.counters!;
    expect(counter!.updates).toBeGreaterThan(10);
    expect(counter).toMatchObject({ lost: counter!.updates, written: 0 });
    expect(await stored(space)).toBe(0);
    const lost = formatCount(counter!.updates);
    expect(report.notices[0]).toContain(`storage lacks the last ${lost}.`);
    const again = await runLive(counts('{ every: 10 }', 5), { cacheNamespace: space });
    expect(valuesOf(again)).toEqual(upTo(5));
  });

  test.each([0, 1, 2, 4, 8, 16, 32])(
    '%i ms after its end is done or killed, not both',
    async (ms) => {
      const handle = startLive(counts('{ everyMs: 60_000 }', 5), {
        cacheNamespace: namespace(),
        onProgress: ({ trace }) => {
          if (trace.meta.ended === 'running') return;
          const laterMs = performance.now() + ms;
          // Timers are too coarse for that.
          while (performance.now() < laterMs);
          handle.kill!();
        },
      });
      const report = await handle.done;
      const [counter] = report.counters!;
      expect(counter!.lost === null).toBe(report.killed === undefined);
      expect(report.notices.length).toBe(report.killed ? 1 : 0);
      expect(report.notices.join()).not.toContain('null');
    },
  );

  test('whose sandbox was removed is looked after as well', async () => {
    const report = await startLive(
      counts('{ everyMs: 60_000 }', 100_000),
      {
        cacheNamespace: namespace(),
        onProgress: ({ trace }) => {
          if (trace.tasks.count > 20) lastFrame()?.remove();
        },
      },
      { missedAfterMs: 3000 },
    ).done;
    expect(report.killed).toBe(undefined);
    expect(report.counters![0]!.lost).toBe(report.counters![0]!.updates);
  });
});

describe('storage', () => {
  const refused = 'Counters are not kept for the next run: this browser has no IndexedDB.';

  test('that is refused: it counts in memory, and says so once', async () => {
    const storage = Object.getOwnPropertyDescriptor(globalThis, 'indexedDB')!;
    Object.defineProperty(globalThis, 'indexedDB', { value: undefined, configurable: true });
    try {
      const store = new CounterStore(`refused-${crypto.randomUUID()}`);
      const openCounters = () => {
        const { port1, port2 } = new MessageChannel();
        serveCounters(port1, store, 'n');
        return Promise.resolve(port2);
      };
      const report = await runLive(counts(`'through'`), {}, { openCounters });
      expect(report.error).toBe(null);
      expect(report.notices).toEqual([refused]);
      expect(valuesOf(report)).toEqual(upTo(40));
      expect(report.counters).toMatchObject([{ value: 40, updates: 40, writes: 0, written: null }]);
    } finally {
      Object.defineProperty(globalThis, 'indexedDB', storage);
    }
  });

  test('that cannot even be opened, too', async () => {
    const openCounters = () => Promise.reject(new Error('the cache could not be loaded'));
    const report = await runLive(counts(`{ every: 3 }`), {}, { openCounters });
    expect(report.notices).toEqual([
      'Counters are not kept for the next run: the cache could not be loaded.',
    ]);
    expect(valuesOf(report)).toEqual(upTo(40));
  });

  test('two tabs that count the same lose nothing', async () => {
    const space = { cacheNamespace: namespace() };
    await Promise.all([
      runLive(counts('{ every: 3 }'), space),
      runLive(counts(`'through'`), space),
    ]);
    expect(await stored(space.cacheNamespace)).toBe(80);
  });

  test('is asked for only by runs that count', async () => {
    const openCounters = vi.fn(liveParts.openCounters);
    const report = await runLive(
      { source: { kind: 'count', count: 3 }, stages: [code('a', 'export default (n) => n;')] },
      {},
      { openCounters },
    );
    expect(openCounters).not.toHaveBeenCalled();
    expect(report.counters).toBe(undefined);
  });

  test('is written when the page is hidden', async () => {
    const space = namespace();
    const handle = startLive(
      {
        source: { kind: 'count', count: 2 },
        stages: [
          code(
            'a',
            `export default async (_, ctx) => {
               await ctx.counter.add('cursor', 1, { write: { everyMs: 60_000 } });
               await ctx.wait(60_000);
             }`,
          ),
        ],
        machine: { workers: 2 },
      },
      { cacheNamespace: space },
    );
    const hide = () => {
      const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
      document.dispatchEvent(new Event('visibilitychange'));
      visibility.mockRestore();
    };
    const written = async () => {
      hide();
      expect(await stored(space)).toBe(2);
    };
    await vi.waitFor(written, { timeout: 20_000, interval: 200 });
    handle.stop();
    await handle.done;
  });
});

describe('code that means no good', () => {
  const one = async (expression: string, more: Partial<RunRequest> = {}) => {
    const report = await runLive(
      {
        source: { kind: 'values', values: [1] },
        stages: [code('a', `export default async (_, ctx) => { return await (${expression}); };`)],
        machine: { workers: 1 },
      },
      { cacheNamespace: namespace(), ...more },
    );
    return report.failures[0]?.message ?? report.results[0]?.value;
  };

  test.each([
    ["ctx.counter.add('a\\nb')", /ctx\.counter\.add: a name has 1 to 64 letters/],
    ["ctx.counter.add('')", /a name has 1 to 64 letters/],
    ["ctx.counter.value('x'.repeat(65))", /ctx\.counter\.value: a name has 1 to 64 letters/],
    ['ctx.counter.add({})', /a name has .*and was \{\}/],
    ["ctx.counter.add('a', 0.5)", /it adds whole numbers, and was given 0\.5/],
    ["ctx.counter.add('a', 1, { write: { every: 0 } })", /write is 'through', \{ every: 1/],
    ["ctx.counter.add('a', 1, { write: { every: 1, everyMs: 1 } })", /write is 'through'/],
    ["ctx.counter.add('a', 1, { write: 'later' })", /write is 'through'/],
    [
      "ctx.counter.add('a', Number.MAX_SAFE_INTEGER).then(() => ctx.counter.add('a'))",
      /ctx\.counter\.add: "a" would become too large/,
    ],
    [
      "Promise.all(Array.from({ length: 101 }, (_, i) => ctx.counter.add('n' + i, 1, { write: { every: 9 } })))",
      /a run may have 100 counters/,
    ],
    [
      "Promise.all(Array.from({ length: 1001 }, () => ctx.counter.add('a')))",
      /1,000 calls of this worker wait for an answer; await them/,
    ],
  ])('%s', async (expression, message) => {
    expect(await one(expression)).toMatch(message);
  });

  test('reaches no other namespace, by whatever name', async () => {
    const theirs = namespace();
    await runLive(counts(`'through'`, 3), { cacheNamespace: theirs });
    for (const name of [`../${theirs}/cursor`, `${theirs}:cursor`, 'cursor']) {
      expect(await one(`ctx.counter.add(${JSON.stringify(name)}, 5)`)).toBe(5);
    }
    expect(await stored(theirs)).toBe(3);
  });

  test('leaves at most 100 counters in a namespace, over all runs', async () => {
    const space = { cacheNamespace: namespace() };
    const add = (from: number, count: number) =>
      `Promise.all(Array.from({ length: ${count} }, (_, i) => ctx.counter.add('n' + (${from} + i), 1, { write: { every: 9 } }))).then((all) => all.length)`;
    expect(await one(add(0, 60), space)).toBe(60);
    expect(await one(add(60, 60), space)).toBe(60);
    expect(await stored(space.cacheNamespace, 'n59')).toBe(1);
    expect(await stored(space.cacheNamespace, 'n60')).toBe(0);
  });
});
