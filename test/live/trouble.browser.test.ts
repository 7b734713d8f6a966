import { describe, expect, test } from 'vitest';
import { Outcome } from '../../src/trace/types.ts';
import { code, runLive, synthetic } from './run-live.ts';

const values = (list: unknown[]) => ({ kind: 'values' as const, values: list });
const two = { workers: 2 };

describe('stage code that goes wrong', () => {
  test('a throw names item, stage, attempt, message, place and input; the rest go on', async () => {
    const report = await runLive({
      source: values([1, 2, 3]),
      stages: [
        code(
          'a',
          'interface N { n: number }\nexport default (n: number) => {\n  if (n === 2) throw new TypeError("no twos");\n  return n;\n};',
        ),
      ],
      machine: two,
    });
    expect(report.error).toBe(null);
    expect(report.failures).toEqual([
      {
        item: '1',
        stage: 'a',
        attempt: 1,
        message: 'TypeError: no twos',
        line: 3,
        column: 22,
        input: '2',
      },
    ]);
    expect(report.trace.meta.items).toMatchObject({ emitted: 3, delivered: 2, failed: 1 });
  });

  test('only the last attempt is a failure', async () => {
    const report = await runLive({
      source: values([1, 2]),
      stages: [
        code(
          'a',
          'export default (n, ctx) => { if (n === 2 || ctx.attempt < 3) throw new Error("not yet"); return n; };',
          {
            retry: { attempts: 3, backoff: 1 },
          },
        ),
      ],
    });
    expect(report.failures).toMatchObject([{ item: '1', attempt: 3, message: 'not yet' }]);
    expect(report.trace.meta.stages[0]).toMatchObject({ retried: 4, delivered: 1, failed: 1 });
  });

  test.each([
    ['({ deep: [{ handler: () => 1 }] })', 'result.deep[0].handler is a function'],
    ['({ when: new WeakMap() })', 'result.when is a WeakMap'],
    ['Symbol("s")', 'result is a symbol'],
  ])('a result that cannot be cloned: %s', async (expression, why) => {
    const report = await runLive({
      source: values([1]),
      stages: [code('a', `export default () => (${expression});`)],
    });
    expect(report.failures[0]!.message).toBe(
      `The result cannot be sent to another thread: ${why}.`,
    );
  });

  test('a batch that returns too few entries fails', async () => {
    const report = await runLive({
      source: values([1, 2]),
      stages: [code('a', 'export default () => [1];', { batch: { size: 2, linger: null } })],
    });
    expect(report.failures).toHaveLength(2);
    expect(report.failures[0]!.message).toContain('one entry an item');
  });

  test('a syntax error is refused before anything runs', async () => {
    const report = await runLive({
      source: values([1]),
      stages: [code('a', 'export default (n) => {\n  return n +;\n};')],
    });
    expect(report.error).toMatchObject({ stage: 'a', line: 2 });
    expect(report.trace.tasks.count).toBe(0);
  });

  test('code that throws while it loads ends the run with its stage and place', async () => {
    const report = await runLive({
      source: values([1]),
      stages: [code('a', 'const t: number = 1;\nnull.x;\nexport default () => t;')],
    });
    expect(report.error).toMatchObject({ stage: 'a', line: 2 });
    expect(report.error!.message).toContain('The code of stage "a" could not be loaded');
    expect(report.trace.meta.ended).toBe('failed');
  });

  test('an endless loop is ended by its timeout, its neighbours run again', async () => {
    const report = await runLive({
      source: values([1, 2, 3, 4, 5, 6]),
      stages: [
        code('loop', 'export default (n) => { if (n === 3) for (;;); return n; };', {
          timeout: 150,
        }),
        code('wait', 'export default async (n, ctx) => { await ctx.wait(20); return n; };'),
      ],
      machine: { workers: 1, tasksPerWorker: 4 },
    });
    expect(report.error).toBe(null);
    expect(report.failures).toMatchObject([
      { item: '2', stage: 'loop', message: 'It took longer than its timeout of 150 ms.' },
    ]);
    expect(report.trace.meta.items).toMatchObject({ emitted: 6, delivered: 5, failed: 1 });
    expect(report.trace.meta.stages.map((stage) => stage.delivered)).toEqual([5, 6]);
    expect([...report.trace.tasks.outcome].filter((one) => one === Outcome.lost)).not.toHaveLength(
      0,
    );
  });

  test('a loop does not go on and on with the same neighbours in its thread, blaming them', async () => {
    const report = await runLive({
      source: { kind: 'count', count: 4 },
      stages: [
        code(
          'loops',
          'export default async ({ index }, ctx) => { if (index === 2 && ctx.attempt === 1) for (;;); return index; };',
          { timeout: 100, retry: { attempts: 3, backoff: 1 } },
        ),
      ],
      machine: { workers: 1, tasksPerWorker: 4 },
    });
    expect(report.failures).toEqual([]);
    expect(report.trace.meta.items).toMatchObject({ delivered: 4, failed: 0 });
    expect(report.trace.meta.stages[0]!.timedOut).toBe(1);
  });

  test('what loops at once is known, whoever of its stage came before and waited for the set-up', async () => {
    const report = await runLive({
      source: { kind: 'count', count: 4 },
      stages: [
        code(
          'loops',
          'export default async ({ index }, ctx) => { if (index === 2) for (;;); await ctx.wait(20); return index; };',
          { timeout: 100 },
        ),
      ],
      machine: { workers: 1, tasksPerWorker: 4 },
    });
    expect(report.failures).toMatchObject([{ item: '2' }]);
    expect(report.trace.meta.items).toMatchObject({ delivered: 3, failed: 1 });
    // The four that began together, then the three others.
    expect(report.trace.tasks.count).toBe(7);
  });

  test('long work without a timeout is not ended for the sake of a neighbour that has one', async () => {
    const report = await runLive({
      source: values([1]),
      stages: [
        code(
          'long',
          'export default (n) => { const end = performance.now() + 400; while (performance.now() < end); return n; };',
        ),
        code('short', 'export default (n) => n;', { timeout: 60 }),
      ],
      machine: { workers: 1, tasksPerWorker: 2 },
    });
    expect(report.trace.meta.stages[0]).toMatchObject({ tasks: 1, delivered: 1 });
    expect(report.trace.meta.stages[1]).toMatchObject({ tasks: 1 });
  });

  test('what loops after it waited is found by itself, and its neighbours come through', async () => {
    const report = await runLive({
      source: { kind: 'count', count: 4 },
      stages: [
        code(
          'loops',
          'export default async ({ index }, ctx) => { await ctx.wait(20); if (index === 2) for (;;); await ctx.wait(20); return index; };',
          { timeout: 150 },
        ),
      ],
      machine: { workers: 1, tasksPerWorker: 4 },
    });
    expect(report.failures).toMatchObject([
      { item: '2', message: 'It took longer than its timeout of 150 ms.' },
    ]);
    expect(report.trace.meta.items).toMatchObject({ delivered: 3, failed: 1 });
  });

  test('a wait hears the timeout at once', async () => {
    const report = await runLive({
      source: values([1]),
      stages: [synthetic('a', [{ wait: 60_000 }], { timeout: 20 })],
    });
    expect(report.failures).toHaveLength(1);
    expect(report.trace.meta.stages[0]!.timedOut).toBe(1);
  });

  test('onError "stop" cancels the rest', async () => {
    const report = await runLive({
      source: { kind: 'count', count: 50 },
      stages: [
        code(
          'a',
          'export default async ({ index }, ctx) => { if (index === 3) throw new Error("no"); await ctx.wait(5); };',
          {
            onError: 'stop',
          },
        ),
      ],
      machine: { workers: 1 },
    });
    expect(report.trace.meta.ended).toBe('failed');
    expect(report.trace.meta.note).toContain('onError');
    expect(report.failures).toMatchObject([{ item: '3' }]);
  });

  test('a deep recursion is an ordinary failure', async () => {
    const report = await runLive({
      source: values([1]),
      stages: [code('a', 'const f = (n) => f(n + 1) + 1; export default f;')],
    });
    expect(report.failures[0]!.message).toContain('Maximum call stack');
  });

  test('a result that throws while it is read fails its item alone', async () => {
    const report = await runLive({
      source: { kind: 'count', count: 3 },
      stages: [
        code(
          'a',
          "export default (item) => item.index === 1 ? { get a() { throw new Error('g'); } } : 1",
        ),
      ],
    });
    expect(report.trace.meta.items).toMatchObject({ emitted: 3, delivered: 2, failed: 1 });
    expect(report.failures[0]?.message).toContain('reading a part of the result throws');
  });

  test('a source of code that throws', async () => {
    const report = await runLive({
      source: {
        kind: 'code',
        code: 'export default function* () {\n  yield 1;\n  throw new Error("dry");\n}',
      },
      stages: [code('a', 'export default (n) => n;')],
    });
    expect(report.error).toMatchObject({ message: 'The source failed: dry', line: 3 });
  });
});
