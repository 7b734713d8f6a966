import { describe, expect, test, vi } from 'vitest';
import type { SilentWorker } from '../../src/engine/runner.ts';
import { code, lastFrame, runLive, startLive, synthetic } from './run-live.ts';

// Nothing here is timed: it only must not wait for ever, however busy the machine is.
vi.setConfig({ testTimeout: 90_000 });

const values = (list: unknown[]) => ({ kind: 'values' as const, values: list });
const one = { workers: 1 };
/** As without anybody at the page, but sooner. */
const impatient = { silentAfterMs: 500, killSilentAfterMs: 1500 };
const never = 'new Promise(() => {})';

describe('a set-up that fails', () => {
  const failsOnce = (how: string) =>
    `let tries = 0;
     export const setup = async () => { ${how} if (++tries === 1) throw new Error('not set up'); return 'ready'; };
     export default (n, ctx) => ctx.setup + n;`;

  test('runs again for the next task, which is told what it gave', async () => {
    const report = await runLive({
      source: values([1, 2, 3]),
      stages: [code('a', failsOnce(''))],
      machine: one,
    });
    expect(report.failures).toMatchObject([{ item: '0', message: 'not set up' }]);
    expect(report.results.map((found) => found.value)).toEqual(['ready2', 'ready3']);
  });

  test('runs again for one of those that waited for it', async () => {
    const report = await runLive({
      source: values([1, 2, 3, 4]),
      stages: [
        code(
          'a',
          failsOnce('for (let i = 0; i < 50; i++) await new Promise((r) => setTimeout(r));'),
        ),
      ],
      machine: { workers: 1, tasksPerWorker: 4 },
    });
    expect(report.failures).toMatchObject([{ item: '0', message: 'not set up' }]);
    expect(report.results.map((found) => found.value).sort()).toEqual([
      'ready2',
      'ready3',
      'ready4',
    ]);
  });

  test('runs again when the task is tried again', async () => {
    const report = await runLive({
      source: values([1, 2]),
      stages: [code('a', failsOnce(''), { retry: { attempts: 2, backoff: 1 } })],
      machine: one,
    });
    expect(report.failures).toEqual([]);
    expect(report.results.map((found) => found.value).sort()).toEqual(['ready1', 'ready2']);
  });

  test('fails every task if it always fails', async () => {
    const report = await runLive({
      source: values([1, 2, 3]),
      stages: [
        code(
          'a',
          `export const setup = () => { throw new Error('no'); };\nexport default (n) => n;`,
        ),
      ],
      machine: one,
    });
    expect(report.failures.map((found) => found.message)).toEqual(['no', 'no', 'no']);
    expect(report.results).toEqual([]);
  });

  test('that its timeout cut short has set nothing up', async () => {
    const report = await runLive({
      source: values([1, 2]),
      stages: [
        synthetic('a', [], {
          timeout: 100,
          setup: { when: 'worker', phases: [{ wait: { uniform: [30_000, 30_001] } }] },
        }),
      ],
      machine: one,
    });
    expect(report.trace.meta.stages[0]).toMatchObject({ timedOut: 2, delivered: 0 });
  });
});

describe('code that never settles', () => {
  const patient = { silentAfterMs: 500, killSilentAfterMs: null };

  test.each([
    ['top level', `await ${never};\nexport default (n) => n;`, { stage: 'a', isSetUp: false }],
    [
      'setup()',
      `export const setup = () => ${never};\nexport default (n) => n;`,
      { stage: 'a', isSetUp: true },
    ],
  ])('while it loads: %s: is offered with its stage, and goes when told', async (_, text, at) => {
    const told: SilentWorker[] = [];
    const handle = startLive(
      {
        source: values([1]),
        stages: [
          code('b', 'export default (n) => n;'),
          code('a', text, { setup: { when: 'start' } }),
        ],
        machine: one,
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
    expect(told[0]).toMatchObject({ worker: 0, tasks: [], loading: at });
    expect(report.error?.stage).toBe('a');
    expect(report.error?.message).toMatch(/stage "a" was not done after \d+ s/);
  });

  test('is ended where nobody is there to say so', async () => {
    const report = await runLive(
      {
        source: values([1]),
        stages: [code('a', `await ${never};\nexport default (n) => n;`)],
        machine: one,
      },
      {},
      impatient,
    );
    expect(report.error?.message).toMatch(/^The top level of the code of stage "a" was not done/);
    expect(report.trace.meta.ended).toBe('failed');
  });

  test('as a source, too', async () => {
    const report = await runLive(
      {
        source: { kind: 'code', code: `export default () => ${never};` },
        stages: [code('a', 'export default (n) => n;')],
        machine: one,
      },
      {},
      impatient,
    );
    expect(report.error?.message).toMatch(/^The code of the source was not done after/);
  });

  test('in setup() before the clock starts: the stage’s timeout holds', async () => {
    const report = await runLive({
      source: values([1]),
      stages: [
        code('a', `export const setup = () => ${never};\nexport default (n) => n;`, {
          setup: { when: 'start' },
          timeout: 50,
        }),
      ],
      machine: one,
    });
    expect(report.error).toMatchObject({
      stage: 'a',
      message: 'setup() of stage "a" failed: it took longer than the stage\'s timeout of 50 ms',
    });
  });
});

describe('a result that is hard to take', () => {
  test.each([
    ['a `then` that throws', `({ get then() { throw new Error('boo'); } })`, 'boo'],
    [
      'a proxy that throws',
      `new Proxy({}, { getPrototypeOf() { throw new Error('boo'); } })`,
      'boo',
    ],
    [
      'too many children',
      'ctx.many(new Array(1_500_000).fill(0))',
      'ctx.many has 1,500,000 values: the ceiling is 1 million',
    ],
    [
      'children without end',
      '(function* () { for (;;) yield 0; })()',
      'its generator has too many values: the ceiling is 1 million',
    ],
    [
      'children that are no list',
      'ctx.many(5)',
      'TypeError: ctx.many needs a list, or anything else to iterate over, and was given 5',
    ],
  ])('%s fails its item alone', async (_, result, message) => {
    const report = await runLive({
      source: values([1, 2]),
      stages: [code('a', `export default (n, ctx) => (n === 1 ? ${result} : n);`)],
      machine: one,
    });
    expect(report.failures).toMatchObject([{ item: '0', message }]);
    expect(report.results.map((found) => found.value)).toEqual([2]);
  });
});

describe('a sandbox that is gone', () => {
  const removeFrame = () => lastFrame()?.remove();

  test('leaves balanced books: what was inside is cancelled', async () => {
    const report = await runLive(
      {
        source: { kind: 'count', count: 4 },
        stages: [
          synthetic('quick', [{ cpu: 1 }]),
          synthetic('slow', [{ wait: 60_000 }], { after: ['quick'] }),
        ],
        machine: { workers: 2, tasksPerWorker: 4 },
      },
      {
        onProgress: ({ running }) => {
          if (running[1] === 4) removeFrame();
        },
      },
      { missedAfterMs: 6000 },
    );
    const { items, stages } = report.trace.meta;
    expect(report.error?.message).toMatch(/was removed from the page while "slow" was running/);
    expect(items).toEqual({ emitted: 4, delivered: 0, failed: 0, dropped: 0, cancelled: 4 });
    expect(stages[1]).toMatchObject({ received: 4, cancelled: 4, inside: 0 });
    expect([...report.trace.items.fate.slice(0, 4)]).toEqual([2, 2, 2, 2]);
  });

  test('after the run has ended does not make it void', async () => {
    const report = await runLive(
      {
        source: { kind: 'count', count: 20_000 },
        stages: [code('a', 'export default (item) => item;')],
        machine: one,
      },
      {
        onProgress: ({ trace }) => {
          if (trace.meta.ended === 'done') removeFrame();
        },
      },
      { missedAfterMs: 6000 },
    );
    expect(report.error).toBe(null);
    expect(report.trace.meta).toMatchObject({ ended: 'done', items: { delivered: 20_000 } });
    if (report.resultsDigest === null) {
      expect(report.notices[0]).toMatch(/^The run ended, but then the sandbox was removed/);
    }
  });
});

describe('sentences', () => {
  test.each([
    [
      'new Worker("x")',
      /^ReferenceError: Worker is not defined \(stage code has no Worker, by design/,
    ],
    ['new self.Worker("x")', /stage code has no Worker, by design/],
    ['indexedDB.open("x")', /stage code has no indexedDB, by design; keep results/],
    [
      'navigator.locks.request("x", () => 1)',
      /navigator\.locks: stage code has no locks, by design/,
    ],
    [
      'navigator.storage.getDirectory()',
      /navigator\.storage: stage code has no storage, by design/,
    ],
  ])('%s', async (expression, message) => {
    const report = await runLive({
      source: values([1]),
      stages: [code('a', `export default async () => { await (${expression}); };`)],
    });
    expect(report.failures[0]?.message).toMatch(message);
  });

  test('a source that exports no function is told to write one that takes ctx', async () => {
    const report = await runLive({
      source: { kind: 'code', code: 'export default 5;' },
      stages: [code('a', 'export default (n) => n;')],
    });
    expect(report.error?.message).toContain('write `export default function* (ctx) { … }`');
  });

  test('a `setup` that is no function is refused', async () => {
    const report = await runLive({
      source: values([1]),
      stages: [code('a', 'export const setup = 5;\nexport default (n) => n;')],
    });
    expect(report.error).toMatchObject({ stage: 'a' });
    expect(report.error?.message).toContain('its export `setup` is not a function');
  });
});
