import { describe, expect, test } from 'vitest';
import type { SilentWorker } from '../../src/engine/runner.ts';
import { code, lastFrame, runLive, startLive, synthetic } from './run-live.ts';

const values = (list: unknown[]) => ({ kind: 'values' as const, values: list });
/** As without anybody at the page, but sooner. */
const impatient = { silentAfterMs: 500, killSilentAfterMs: 1500 };
/** As on the page: only told. */
const patient = { silentAfterMs: 500, killSilentAfterMs: null };

const loopOn = (bad: string) => `export default (n) => { if (n === ${bad}) for (;;); return n; };`;

describe('a worker that gives no sign of life', () => {
  test('is told of with what it is at, and goes when the reader says so', async () => {
    const told: SilentWorker[] = [];
    const handle = startLive(
      {
        source: values([1, 2, 3]),
        stages: [code('loop', loopOn('2'))],
        machine: { workers: 2 },
      },
      {
        onProgress: ({ silent }) => {
          if (!silent?.[0]) return;
          told.push(...silent);
          handle.endWorker!(silent[0].worker);
        },
      },
      patient,
    );
    const report = await handle.done;
    expect(told[0]).toMatchObject({ tasks: [{ stage: 'loop', item: '1' }] });
    expect(told[0]!.silentMs).toBeGreaterThanOrEqual(500);
    expect(report.error).toBe(null);
    expect(report.failures).toMatchObject([{ item: '1', stage: 'loop', input: '2' }]);
    expect(report.failures[0]!.message).toMatch(
      /^It gave no sign of life for \d+ s .*loops for ever/,
    );
    expect(report.trace.meta.items).toMatchObject({ emitted: 3, delivered: 2, failed: 1 });
  });

  test('one that waits is not silent, however long', async () => {
    let told = 0;
    const report = await runLive(
      {
        source: values([1]),
        stages: [
          code('wait', 'export default async (n, ctx) => { await ctx.wait(2500); return n; };'),
        ],
        machine: { workers: 1 },
      },
      { onProgress: ({ silent }) => (told += silent?.length ?? 0) },
      impatient,
    );
    expect(told).toBe(0);
    expect(report.results).toHaveLength(1);
  });

  test('among many small tasks in one message exactly the one that loops fails', async () => {
    const numbers = Array.from({ length: 400 }, (_, i) => i);
    const report = await runLive(
      { source: values(numbers), stages: [code('a', loopOn('333'))], machine: { workers: 1 } },
      {},
      impatient,
    );
    expect(report.error).toBe(null);
    expect(report.failures).toMatchObject([{ item: '333' }]);
    expect(report.trace.meta.items).toMatchObject({ emitted: 400, delivered: 399, failed: 1 });
  });

  test('with several tasks open each runs again alone, and the one that loops again fails', async () => {
    const report = await runLive(
      {
        source: values([0, 1, 2, 3]),
        stages: [
          code(
            'a',
            'export default async (n, ctx) => { await ctx.wait(50); if (n === 2) for (;;); await ctx.wait(400); return n; };',
          ),
        ],
        machine: { workers: 1, tasksPerWorker: 4 },
      },
      {},
      impatient,
    );
    expect(report.error).toBe(null);
    expect(report.failures).toMatchObject([{ item: '2', stage: 'a' }]);
    expect(report.results.map((one) => one.value).sort()).toEqual([0, 1, 3]);
  });

  test('under a batch all its items fail; the next batch is served', async () => {
    const report = await runLive(
      {
        source: values([0, 1, 2, 3, 4, 5]),
        stages: [
          code('a', 'export default (list) => { if (list.includes(1)) for (;;); return list; };', {
            batch: { size: 3, linger: null },
          }),
        ],
        machine: { workers: 1 },
      },
      {},
      impatient,
    );
    expect(report.failures.map((one) => one.item)).toEqual(['0', '1', '2']);
    expect(report.results.map((one) => one.value)).toEqual([3, 4, 5]);
  });

  test('what loops is tried again as often as the stage says', async () => {
    const report = await runLive(
      {
        source: values([0, 1]),
        stages: [
          code(
            'a',
            'export default (n, ctx) => { if (n === 1 && ctx.attempt === 1) for (;;); return n + ctx.attempt; };',
            { retry: { attempts: 2 } },
          ),
        ],
        machine: { workers: 1 },
      },
      {},
      impatient,
    );
    expect(report.failures).toEqual([]);
    expect(report.results.map((one) => one.value)).toEqual([1, 3]);
    expect(report.trace.meta.stages[0]).toMatchObject({ retried: 1, delivered: 2 });
  });

  test('a fold that loses its worker fails, and says so once; the other branch goes on', async () => {
    const report = await runLive(
      {
        source: values([1, 2, 3, 4]),
        stages: [
          code(
            'sum',
            'export const init = () => 0;\nexport default (sum, n) => { if (n === 3) for (;;); return sum + n; };',
            { join: 'fold' },
          ),
          code('twice', 'export default (n) => n * 2;'),
        ],
        machine: { workers: 2 },
      },
      {},
      impatient,
    );
    expect(report.error).toBe(null);
    expect(report.trace.meta.results).toMatchObject({ emitted: 1, failed: 1 });
    expect(report.failures.filter((one) => one.item === 'sum')).toHaveLength(1);
    expect(report.failures.some((one) => one.item === '2' && one.stage === 'sum')).toBe(true);
    expect(report.results.map((one) => one.value).sort()).toEqual([2, 4, 6, 8]);
  });

  test('a thread hung by what a task left behind costs no other task', async () => {
    const report = await runLive(
      {
        source: { ...values([1, 2, 3]), arrivals: { kind: 'uniform', rate: 4 } },
        stages: [
          code(
            'a',
            'export default (n) => { if (n === 1) setTimeout(() => { for (;;); }, 20); return n; };',
          ),
        ],
        machine: { workers: 1 },
      },
      {},
      impatient,
    );
    expect(report.error).toBe(null);
    expect(report.failures).toEqual([]);
    expect(report.results.map((one) => one.value).sort()).toEqual([1, 2, 3]);
  });

  test('a result that loops while it is read fails its item', async () => {
    const report = await runLive(
      {
        source: values([1, 2]),
        stages: [code('a', 'export default (n) => (n === 1 ? { get a() { for (;;); } } : n);')],
        machine: { workers: 1 },
      },
      {},
      impatient,
    );
    expect(report.failures).toMatchObject([{ item: '0' }]);
    expect(report.results.map((one) => one.value)).toEqual([2]);
  });

  test('code that loops while it loads ends the run with a sentence', async () => {
    const report = await runLive(
      {
        source: values([1]),
        stages: [code('a', 'for (;;);\nexport default (n) => n;')],
        machine: { workers: 1 },
      },
      {},
      impatient,
    );
    expect(report.error?.message).toMatch(
      /^The top level of the code of stage "a" was not done after/,
    );
  });

  test('a source that loops ends the run with a sentence', async () => {
    const report = await runLive(
      {
        source: { kind: 'code', code: 'export default function* () { yield 1; for (;;); }' },
        stages: [code('a', 'export default (n) => n;')],
        machine: { workers: 1 },
      },
      {},
      impatient,
    );
    expect(report.error?.message).toContain('The source gave no sign of life');
  });
});

describe('with a timeout', () => {
  test('neighbours run again as often as it takes, uncounted', async () => {
    const report = await runLive(
      {
        source: values([0, 1, 2, 3]),
        stages: [
          code('loop', 'export default (n) => { for (;;); };', { timeout: 100, permits: 1 }),
          code('wait', 'export default async (n, ctx) => { await ctx.wait(300); return n; };'),
        ],
        machine: { workers: 1, tasksPerWorker: 3 },
      },
      {},
      patient,
    );
    expect(report.error).toBe(null);
    expect(report.failures.map(({ stage }) => stage)).toEqual(['loop', 'loop', 'loop', 'loop']);
    expect(report.trace.meta.stages[1]).toMatchObject({ delivered: 4, failed: 0, retried: 0 });
  });

  test('a task on a thread that hung before it began is not to blame', async () => {
    const report = await runLive(
      {
        source: { ...values([1, 2]), arrivals: { kind: 'uniform', rate: 5 } },
        stages: [
          code(
            'a',
            'export default (n) => { if (n === 1) setTimeout(() => { for (;;); }, 20); return n; };',
            { timeout: 100 },
          ),
        ],
        machine: { workers: 1 },
      },
      {},
      patient,
    );
    expect(report.failures).toEqual([]);
    expect(report.results.map((one) => one.value)).toEqual([1, 2]);
  });
});

describe('the sandbox', () => {
  test('removed in the middle of a run, it is missed and what was at work is named', async () => {
    const handle = startLive(
      {
        source: { kind: 'count', count: 50 },
        stages: [
          synthetic('quick', [{ cpu: 1 }]),
          synthetic('slow', [{ wait: 60_000 }], { after: ['quick'] }),
        ],
        machine: { workers: 2, tasksPerWorker: 4 },
      },
      {
        onProgress: ({ running }) => {
          if ((running[1] ?? 0) > 0) lastFrame()?.remove();
        },
      },
      { missedAfterMs: 1000 },
    );
    const report = await handle.done;
    expect(report.error?.message).toMatch(
      /was removed from the page while .*"slow" (was|were) running/,
    );
    expect(report.trace.tasks.count).toBeGreaterThan(0);
  });
});
