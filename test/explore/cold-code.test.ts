import { expect, test } from 'vitest';
import { coldCode } from '../../src/explore/cold-code.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import type { Model, PipelineDocument } from '../../src/pipeline/types.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import type { Trace } from '../../src/trace/types.ts';

const cold = 100;
const warmMs = 2;
const usual: Model = { phases: [{ cpu: warmMs, per: 'item' }] };

function documentOf(model: Model, rest: Partial<PipelineDocument> = {}): PipelineDocument {
  const work = { kind: 'code' as const, source: 'export default () => 1;', model };
  return {
    format: 'millrace/1',
    source: { kind: 'count', count: 80 },
    stages: [{ id: 'a', work }],
    machine: { workers: 1 },
    ...rest,
  };
}
const run = (document: PipelineDocument, cores = 8): Trace =>
  simulate(parseDocument(document).pipeline!, { cores }).trace;

/** As the live machine measures it: each item what it took, whatever the reason. */
function measuredModel({ tasks, items }: Trace): Model {
  const perItem: number[] = [];
  for (let row = 0; row < tasks.count; row++) {
    const each = (tasks.end[row]! - tasks.start[row]!) / tasks.memberCount[row]!;
    for (let at = 0; at < tasks.memberCount[row]!; at++) {
      perItem[items.ordinal[tasks.item[row]!]! + at] = each;
    }
  }
  return { phases: [{ cpu: { perItem }, per: 'item' }] };
}
const itemsMs = ({ phases }: Model): number[] =>
  (phases[0] as { cpu: { perItem: number[] } }).cpu.perItem;

test('each worker pays it once, with its first task of the stage', () => {
  const alone = run(documentOf({ ...usual, cold }));
  expect(alone.meta.makespan).toBeCloseTo(cold + 80 * warmMs, 9);
  const two = run(documentOf({ ...usual, cold }, { machine: { workers: 2 } }));
  expect(two.meta.makespan).toBeCloseTo(cold + 40 * warmMs, 9);
});

/** The first `slow` items take 20 ms, as where code is compiled meanwhile. */
const slowStart = (slow: number): Model => ({
  phases: [
    {
      cpu: { perItem: Array.from({ length: 80 }, (_, i) => (i < slow ? 20 : warmMs)) },
      per: 'item',
    },
  ],
});
const sum = (values: readonly number[]): number => values.reduce((total, ms) => total + ms, 0);

test('what the first tasks take beyond the rest is the worker’s, not the items’', () => {
  const trace = run(documentOf(slowStart(10)));
  const found = coldCode(trace, 0, measuredModel(trace));
  expect(found.cold).toBeCloseTo(10 * 18, 6);
  for (const ms of itemsMs(found)) expect(ms).toBeCloseTo(warmMs, 6);
  // Simulated again, the run takes as long as it did.
  expect(run(documentOf(found)).meta.makespan).toBeCloseTo(trace.meta.makespan, 6);
});

test('on two workers: what one of them pays', () => {
  const trace = run(documentOf(slowStart(10), { machine: { workers: 2 } }));
  expect(coldCode(trace, 0, measuredModel(trace)).cold).toBeCloseTo(5 * 18, 6);
});

test('of batches, item by item', () => {
  const document = documentOf(slowStart(12));
  document.stages[0]!.batch = { size: 4 };
  const trace = run(document);
  const found = coldCode(trace, 0, measuredModel(trace));
  expect(found.cold).toBeCloseTo(12 * 18, 6);
  expect(sum(itemsMs(found))).toBeCloseTo(80 * warmMs, 6);
});

test('of children, which share the number of their item: only what the cold ones among them took', () => {
  const document = documentOf(usual, { source: { kind: 'count', count: 2 } });
  const maker = { kind: 'synthetic' as const, phases: [], expand: 40 };
  document.stages = [
    { id: 'maker', work: maker },
    { ...document.stages[0]!, after: ['maker'] },
  ];
  const trace = run(document);
  // The first ten of the first item's forty are slow.
  const rows = [...trace.tasks.stage.subarray(0, trace.tasks.count).keys()].filter(
    (row) => trace.tasks.stage[row] === 1,
  );
  rows.forEach((row, at) => {
    trace.tasks.start[row] = 100 * at;
    trace.tasks.end[row] = 100 * at + (at < 10 ? 20 : warmMs);
  });
  const measured = { perItem: [(10 * 20 + 30 * warmMs) / 40, warmMs] };
  const found = coldCode(trace, 1, { phases: [{ cpu: measured, per: 'item' }] });
  expect(found.cold).toBeCloseTo(10 * 18, 6);
  for (const ms of itemsMs(found)) expect(ms).toBeCloseTo(warmMs, 6);
});

test('items that take as long as the others are left alone, and so are few tasks', () => {
  const even = run(documentOf(usual));
  const model = measuredModel(even);
  expect(coldCode(even, 0, model)).toBe(model);
  const few = run(documentOf(slowStart(5), { source: { kind: 'count', count: 15 } }));
  expect(coldCode(few, 0, measuredModel(few)).cold).toBeUndefined();
});

test('one long item among the first says nothing of the code', () => {
  const perItem = Array.from({ length: 80 }, (_, i) => (i === 3 ? 400 : warmMs));
  const trace = run(documentOf({ phases: [{ cpu: { perItem } }] }));
  expect(coldCode(trace, 0, measuredModel(trace)).cold).toBeUndefined();
});
