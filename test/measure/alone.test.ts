import { expect, test } from 'vitest';
import { idealOverheads } from '../../src/engine/runner.ts';
import { aloneShares } from '../../src/measure/alone.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import type { Trace } from '../../src/trace/types.ts';
import { cpuStage, document, waitStage } from '../sim/run.ts';

const run = (doc: PipelineDocument, cores: number, contention = 0): Trace =>
  simulate(parseDocument(doc).pipeline!, { cores, overheads: { ...idealOverheads, contention } })
    .trace;
const machine = (workers: number, tasksPerWorker = 1) => ({ machine: { workers, tasksPerWorker } });

test('what runs alone took what it needs', () => {
  expect(aloneShares(run(document([cpuStage('a', 5)], machine(1)), 2), 0.5)).toEqual([1]);
});

test('four workers on two cores take twice as long', () => {
  const [share] = aloneShares(run(document([cpuStage('a', 5)], machine(4)), 2), 0);
  expect(share).toBeCloseTo(0.5, 9);
});

test('cores that take from each other are allowed for, as the simulation slows them', () => {
  const trace = run(document([cpuStage('a', 5)], machine(2)), 2, 0.25);
  expect(trace.meta.makespan).toBeCloseTo(2 * 5 * 1.25, 9);
  expect(aloneShares(trace, 0.25)[0]).toBeCloseTo(1 / 1.25, 9);
});

test('waiting beside others costs nothing', () => {
  expect(aloneShares(run(document([waitStage('a', 5)], machine(1, 4)), 2), 0.5)).toEqual([1]);
});

test('a coordinator that has much to do is allowed for, as it takes its part of the cores', () => {
  const cost = { turnMs: 0.05, dispatchMs: 0.15 };
  const count = 400;
  for (const workers of [1, 2, 4]) {
    const source = { source: { kind: 'count', count } } as const;
    // A stage that could be full is sent little ahead: nearly every end has a turn of its own.
    const stage = cpuStage('a', 1, { buffer: { capacity: count, whenFull: 'throttle' } });
    const { pipeline } = parseDocument(document([stage], { ...machine(workers), ...source }));
    const { trace } = simulate(pipeline!, { cores: 2, overheads: { ...idealOverheads, ...cost } });
    const { start, end } = trace.tasks;
    const tookMs = end.reduce((sum, endMs, row) => sum + endMs - start[row]!, 0);
    const coordinatorMs = count * (cost.turnMs + cost.dispatchMs);
    const aloneMs = tookMs * aloneShares(trace, 0, coordinatorMs)[0]!;
    expect(tookMs).toBeGreaterThan(workers > 1 ? 1.05 * count : 0.99 * count);
    expect(Math.abs(aloneMs / count - 1), `${workers} workers`).toBeLessThan(0.04);
  }
});
