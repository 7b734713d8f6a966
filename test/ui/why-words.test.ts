import { expect, test } from 'vitest';
import { withDefaults } from '../../src/pipeline/defaults.ts';
import type { Arrivals, Order, PipelineDocument, StageDocument } from '../../src/pipeline/types.ts';
import { summarize } from '../../src/measure/summary.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { orderWords } from '../../src/ui/parts/policy-words.ts';
import { stateShares } from '../../src/ui/tabs/state-shares.ts';

function run(
  stages: StageDocument[],
  machine: NonNullable<PipelineDocument['machine']>,
  arrivals: Arrivals = { kind: 'all' },
) {
  const source = { kind: 'count' as const, count: 30, arrivals };
  const pipeline = withDefaults({ format: 'millrace/1', source, stages, machine });
  return { pipeline, trace: simulate(pipeline, { cores: 4 }).trace };
}

const varied = (more: Partial<StageDocument> = {}): StageDocument => ({
  id: 'a',
  work: { kind: 'synthetic', phases: [{ cpu: { perItem: [9, 2, 5, 1] }, per: 'item' }] },
  ...more,
});
/** Which items the tasks of stage a took, in the order in which they began. */
function itemsInOrder(
  order: Order,
  stage: StageDocument,
  arrivals: Arrivals = { kind: 'uniform', rate: 1000 },
): number[] {
  const { tasks } = run([stage], { workers: 2, order }, arrivals).trace;
  const rows = Array.from({ length: tasks.count }, (_, row) => row);
  rows.sort((x, y) => tasks.start[x]! - tasks.start[y]! || tasks.worker[x]! - tasks.worker[y]!);
  return rows.map((row) => tasks.item[row]!);
}

test('what the help says of orders that change nothing is so', () => {
  expect(orderWords.shortest).toContain('with one stage it does the same as fifo');
  expect(itemsInOrder('shortest', varied())).toEqual(itemsInOrder('fifo', varied()));
  expect(orderWords.lifo).toMatch(
    /came at one moment.*batches of the shared queue.*the same as fifo/,
  );
  const batches = varied({ batch: { size: 4 } });
  expect(itemsInOrder('lifo', batches)).toEqual(itemsInOrder('fifo', batches));
  const together = { kind: 'all' as const };
  expect(itemsInOrder('lifo', varied(), together)).toEqual(
    itemsInOrder('fifo', varied(), together),
  );
  // Of what comes one after another the newest goes first.
  expect(itemsInOrder('lifo', varied())).not.toEqual(itemsInOrder('fifo', varied()));
});

test('a busy stage says how many tasks it had at once, which compares with the utilisation', () => {
  const stage: StageDocument = {
    id: 'a',
    work: { kind: 'synthetic', phases: [{ cpu: { perItem: [10, 20, 30] } }] },
  };
  const { trace, pipeline } = run([stage], { workers: 4 });
  const [shares] = stateShares(trace, pipeline);
  const { utilization } = summarize(trace, pipeline).workers;
  const [, busy] = /^100.% busy, on average ([\d.]+) tasks at once$/.exec(shares!.sentence) ?? [];
  expect(Number(busy)).toBeCloseTo(utilization * 4, 1);
  expect(utilization).toBeLessThan(0.99);
});
