import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalBytes, OrderFreeDigest } from '../../../../src/base/digest.ts';
import { parseDocument } from '../../../../src/pipeline/parse.ts';
import type { Pipeline, PipelineDocument } from '../../../../src/pipeline/types.ts';
import { OrderFreeDigest as ProjectDigest } from '../../../../src/share/export/take-away/project/digest.ts';
import { Flow, type FlowResult } from '../../../../src/share/export/take-away/project/flow.ts';
import { TaskRunner } from '../../../../src/share/export/take-away/project/run-task.ts';
import { stageSettings } from '../../../../src/share/export/take-away/project/settings.ts';
import { synthetic } from '../../../../src/share/export/take-away/project/synthetic.ts';
import { projectSettings } from '../../../../src/share/export/take-away/pipeline-file.ts';
import { simulate } from '../../../../src/simulate/simulate.ts';
import { timeless } from './timeless.ts';

type Module = Record<string, unknown>;

/** Runs the project's own modules on this thread. */
async function flowOf(pipeline: Pipeline, code: Record<string, Module> = {}): Promise<FlowResult> {
  const settings = projectSettings(pipeline);
  const runner = new TaskRunner({
    ...settings,
    stages: stageSettings(settings.stages),
    load: (id) => Promise.resolve(code[id] ?? moduleOf(pipeline, id)),
    ask: () => Promise.resolve(0),
  });
  await runner.prepare();
  const flow = new Flow(settings, { slots: 4, run: (task) => runner.run(task) });
  return flow.run(items(pipeline));
}

function moduleOf({ stages }: Pipeline, id: string): Module {
  const { work, join } = stages.find((stage) => stage.id === id)!;
  if (work.kind !== 'synthetic') throw new Error(`${id} has code`);
  const made = synthetic(work);
  return join === 'fold'
    ? { default: made.foldStep, finish: made.foldFinish }
    : { default: made.stage };
}

async function* items({ source }: Pipeline): AsyncGenerator<unknown> {
  if (source.kind === 'values') yield* source.values;
  if (source.kind === 'count') for (let index = 0; index < source.count; index++) yield { index };
}

const pipelineOf = (document: Omit<PipelineDocument, 'format'>): Pipeline =>
  parseDocument({ format: 'millrace/1', ...document }).pipeline!;
const codeStage = (id: string, more: object = {}) => ({
  ...{ id, work: { kind: 'code' as const, source: 'export default (item) => item' } },
  ...more,
});
const values = (result: FlowResult): unknown[] => result.results.map(({ value }) => value);

describe('the flow of a project', () => {
  test('brings every item of any document to the end that the scheduler brings it to', async () => {
    await fc.assert(
      fc.asyncProperty(timeless, async (document) => {
        const { pipeline } = parseDocument(document);
        fc.pre(pipeline !== null);
        const { trace } = simulate(pipeline!, { cores: 2, cache: 'off' });
        const { items, results } = await flowOf(pipeline!);
        const { emitted, delivered, failed } = trace.meta.items;
        expect({ ...items }).toMatchObject({ emitted, delivered, failed });
        expect(new Set(results.map(({ item, stage }) => `${item} ${stage}`)).size).toBe(
          results.length,
        );
      }),
      { numRuns: 150 },
    );
  });

  test('names children, copies and results as the page does', async () => {
    const pipeline = pipelineOf({
      source: { kind: 'count', count: 2 },
      stages: [
        codeStage('split'),
        codeStage('left', { after: ['split'] }),
        codeStage('right', { after: ['split'] }),
        codeStage('each', { after: ['left', 'right'], join: 'each' }),
        codeStage('sum', { after: ['left'], join: 'all' }),
      ],
    });
    const { results } = await flowOf(pipeline, {
      split: {
        default: ({ index }: never, ctx: never) =>
          (ctx as { many: (of: unknown[]) => unknown }).many([index, -1]),
      },
      left: { default: (value: number) => value },
      right: { default: (value: number, ctx: { none: unknown }) => (value < 0 ? ctx.none : value) },
      each: { default: (value: number) => value },
      sum: { default: (all: number[]) => all },
    });
    expect(results.map(({ item }) => item).sort()).toEqual(
      ['0.0~left', '0.0~right', '0.1~left', '1.0~left', '1.0~right', '1.1~left', 'sum'].sort(),
    );
    expect(results.find(({ item }) => item === 'sum')!.value).toEqual([0, -1, 1, -1]);
  });

  test('tries again as often as it may, and tells what failed for good', async () => {
    const pipeline = pipelineOf({
      source: { kind: 'count', count: 3 },
      stages: [codeStage('a', { retry: { attempts: 3, backoff: 1 } })],
    });
    const tried: number[] = [];
    const { failures, items } = await flowOf(pipeline, {
      a: {
        default: ({ index }: { index: number }, { attempt }: { attempt: number }) => {
          tried.push(index);
          if (index > 0 && attempt <= index + 1) throw new Error(`no ${index}`);
          return index;
        },
      },
    });
    expect(tried.filter((index) => index === 1)).toHaveLength(3);
    expect(failures).toEqual([{ item: '2', stage: 'a', message: 'no 2' }]);
    expect(items).toEqual({ emitted: 3, delivered: 2, dropped: 0, failed: 1 });
  });

  test('never has more tasks open than permits, limits and items in flight allow', async () => {
    const pipeline = pipelineOf({
      source: { kind: 'count', count: 30 },
      limits: { api: 3 },
      machine: { inFlight: 5 },
      stages: [
        codeStage('a', { permits: 2 }),
        codeStage('b', { after: ['a'], uses: { api: 2 } }),
        codeStage('c', { after: ['a'], uses: { api: 1 } }),
      ],
    });
    const open = { a: 0, b: 0, c: 0 };
    let limitsMost = 0;
    const stage = (id: keyof typeof open) => ({
      async default(value: unknown, ctx: { wait: (ms: number) => Promise<void>; item: number }) {
        open[id]++;
        expect(open.a).toBeLessThanOrEqual(2);
        limitsMost = Math.max(limitsMost, 2 * open.b + open.c);
        expect(2 * open.b + open.c).toBeLessThanOrEqual(3);
        await ctx.wait(1);
        open[id]--;
        return value;
      },
    });
    const result = await flowOf(pipeline, { a: stage('a'), b: stage('b'), c: stage('c') });
    expect(result.results).toHaveLength(60);
    expect(limitsMost).toBe(3);
  });

  test('gives full batches, what is left at the end, and what would wait for ever', async () => {
    const sizes: number[] = [];
    const batched = {
      default: (list: unknown[]) => {
        sizes.push(list.length);
        return list;
      },
    };
    const stages = [codeStage('a', { batch: { size: 4, linger: null } })];
    const source = { kind: 'count' as const, count: 10 };
    await flowOf(pipelineOf({ source, stages }), { a: batched });
    expect(sizes).toEqual([4, 4, 2]);
    sizes.length = 0;
    const held = pipelineOf({ source, stages, machine: { inFlight: 3 } });
    const { results } = await flowOf(held, { a: batched });
    expect(results).toHaveLength(10);
    expect(Math.max(...sizes)).toBe(3);
  });

  test('ends a wait when the time of its task is over', async () => {
    const pipeline = pipelineOf({
      source: { kind: 'count', count: 1 },
      stages: [codeStage('a', { timeout: 20 })],
    });
    let isAborted = false;
    const { failures } = await flowOf(pipeline, {
      a: {
        async default(
          _: unknown,
          ctx: { wait: (ms: number) => Promise<void>; signal: AbortSignal },
        ) {
          ctx.signal.addEventListener('abort', () => (isAborted = true));
          await ctx.wait(60_000);
        },
      },
    });
    expect(failures.map(({ message }) => message)).toEqual([
      'It took longer than its timeout of 20 ms.',
    ]);
    expect(isAborted).toBe(true);
  });

  test('stops where a stage says so', async () => {
    const pipeline = pipelineOf({
      source: { kind: 'count', count: 100 },
      machine: { inFlight: 1 },
      stages: [codeStage('a', { onError: 'stop', permits: 1 })],
    });
    const { stopped, items } = await flowOf(pipeline, {
      a: {
        default: ({ index }: { index: number }) => {
          if (index === 3) throw new Error('no');
          return index;
        },
      },
    });
    expect(stopped).toContain('onError');
    expect(items.emitted).toBeLessThan(6);
  });

  test('has the digest of the page, whatever the values and their order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.anything({ withMap: true, withDate: true, withBigInt: true })),
        (all) => {
          const here = new ProjectDigest();
          const there = new OrderFreeDigest();
          for (const one of all) there.add(canonicalBytes(one));
          for (const one of all.toReversed()) here.add(one);
          expect(here.hex).toBe(there.hex);
        },
      ),
    );
  });

  test('hands on what stages return, in whatever way they return several', async () => {
    const pipeline = pipelineOf({
      source: { kind: 'values', values: [1, 2] },
      stages: [codeStage('a')],
    });
    const generator = {
      *default(value: number) {
        yield value;
        yield value * 10;
      },
    };
    expect(values(await flowOf(pipeline, { a: generator })).sort()).toEqual([1, 10, 2, 20]);
  });
});
