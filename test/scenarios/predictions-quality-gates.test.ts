import { describe, expect, test } from 'vitest';
import { Outcome } from '../../src/trace/types.ts';
import { withAt } from '../../src/pipeline/pointer.ts';
import { document as detectors } from '../../src/scenarios/gallery/detectors.ts';
import { document as lazySetUp } from '../../src/scenarios/gallery/lazy-set-up.ts';
import { plainLoop } from './plain-loop.ts';
import { makespan, predict, summaryOf, type Varied } from './predict.ts';

/** ms from the start to when a stage began. */
async function startOf(id: string, stage: string, varied?: Varied): Promise<number> {
  const { trace } = await predict(id, varied);
  const index = trace.meta.stages.findIndex((one) => one.id === stage);
  const row = trace.tasks.stage.indexOf(index);
  return trace.tasks.start[row]!;
}

test('quality gates: set-ups side by side, and what helps', async () => {
  expect(await makespan('quality-gates')).toBe(190);
  expect(await makespan('quality-gates', 'prepared')).toBe(165);
  expect(await makespan('quality-gates', 'shorter report')).toBe(155);
  expect(await makespan('quality-gates', 'both')).toBe(130);
});

test('quality gates: half the limit speeds nothing up', async () => {
  const { trace } = await predict('quality-gates', 'tight limits');
  expect(trace.meta.makespan).toBe(190);
  expect(trace.tasks.outcome.subarray(0, trace.tasks.count)).not.toContain(Outcome.timedOut);
});

test('runner classes: the class that two want is the whole delay', async () => {
  expect(await makespan('runner-classes')).toBe(450);
  expect(await makespan('runner-classes', 'any machine will do')).toBe(300);
  expect(await makespan('runner-classes', 'one more with four cores')).toBe(300);
});

describe('eight streams', () => {
  test('a priority has nothing to decide as long as nobody queues', async () => {
    expect(await makespan('eight-streams')).toBe(180);
    expect(await makespan('eight-streams', 'first come, first served')).toBe(180);
    const { workers } = await summaryOf('eight-streams');
    expect(workers.utilization).toBeCloseTo(0.57, 2);
  });

  test('on four machines it has', async () => {
    const fifo = 'four machines, first come, first served';
    expect(await startOf('eight-streams', 'security', 'four machines')).toBe(0);
    expect(await startOf('eight-streams', 'security', fifo)).toBe(80);
    expect(await makespan('eight-streams', 'four machines')).toBe(250);
    expect((await summaryOf('eight-streams', 'four machines')).workers.utilization).toBeCloseTo(
      0.82,
      2,
    );
  });
});

test('consolidation: what a fold saves, and what looking seldom costs', async () => {
  expect(await makespan('consolidation')).toBe(164);
  expect(await makespan('consolidation', 'as they come')).toBe(126);
  const half = await makespan('consolidation', 'every half minute');
  expect(half).toBeGreaterThanOrEqual(126);
  expect(half).toBeLessThanOrEqual(131);
  expect(await makespan('consolidation', 'every four minutes')).toBeGreaterThan(150);
});

test('environments: once a worker helps only where a worker has several streams', async () => {
  expect(await makespan('environments')).toBe(125);
  expect(await makespan('environments', 'once per worker')).toBe(125);
  expect(await makespan('environments', 'prepared')).toBe(100);
  const two = await makespan('environments', 'two machines');
  expect(two - (await makespan('environments', 'two machines, once per worker'))).toBe(50);
});

test('streams: 12 ÷ 5 of the throughput, and a round half empty with 8', async () => {
  expect(await makespan('streams')).toBe(240);
  expect(await makespan('streams', 'eight streams')).toBe(160);
  expect(await makespan('streams', 'twelve streams')).toBe(100);
});

test('rollout: a fifth of the traffic shows a fifth of the gain', async () => {
  expect(await makespan('rollout', 'roll back')).toBe(200);
  expect(await makespan('rollout')).toBe(190);
  expect(await makespan('rollout', 'all of it')).toBe(100);
  const { canary, stable } = (await summaryOf('rollout')).stages;
  expect([canary?.tasks, stable?.tasks]).toEqual([16, 64]);
});

test('file cache: the size decides more than the policy', async () => {
  const hits = async (variant?: string) =>
    (await summaryOf('file-cache', variant)).stages['read']!.cacheHits / 200;
  const fifo = await hits();
  const lru = await hits('LRU');
  expect(lru).toBeGreaterThan(fifo);
  expect(lru - fifo).toBeLessThan(0.1);
  const all = [await hits('five times as large'), await hits('LRU, five times as large')];
  expect(all[0]).toBe(all[1]);
  expect(all[0]).toBeGreaterThanOrEqual(0.9);
});

test('detectors: a pool finds what new ones find', async () => {
  const items = [0, 7, 30].map((index) => ({ index }));
  const pooled = withAt(detectors, '/modules/reuse', "export const reuse = 'worker';\n")!;
  const found = (await plainLoop(detectors, items))['analyse']!;
  expect(
    [...found.values()].some((one) => (one as { found: number[] }).found.some((n) => n > 0)),
  ).toBe(true);
  expect(await plainLoop(pooled, items)).toEqual({ analyse: found });
});

test('lazy set-up: what a stream gives does not depend on when it loads', async () => {
  const items = [0, 1, 2, 3, 4].map((index) => ({ index }));
  const lazy = withAt(lazySetUp, '/modules/loading', "export const loading = 'lazy';\n")!;
  const eager = await plainLoop(lazySetUp, items);
  expect(eager['analyse']?.get(4)).toEqual({ stream: 4, functions: 25 });
  expect(await plainLoop(lazy, items)).toEqual(eager);
});
