import { expect, it } from 'vitest';
import { criticalPath } from '../../src/measure/critical-path.ts';
import { lowerBound } from '../../src/measure/bound.ts';
import { holdingsOf } from '../../src/measure/holdings.ts';
import { pathShares } from '../../src/measure/path-times.ts';
import { RunLevels } from '../../src/measure/run-levels.ts';
import { semaphoreLosses } from '../../src/measure/semaphore-losses.ts';
import { withDefaults } from '../../src/pipeline/defaults.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { simulate } from '../../src/simulate/simulate.ts';

const cpu = (ms: number) => ({ kind: 'synthetic' as const, phases: [{ cpu: ms }] });
const wait = (ms: number) => ({ kind: 'synthetic' as const, phases: [{ wait: ms }] });

function look(document: Omit<PipelineDocument, 'format'>) {
  const pipeline = withDefaults({ format: 'millrace/1', ...document });
  const { trace } = simulate(pipeline, { cores: 4 });
  const levels = new RunLevels(trace, pipeline);
  const losses = semaphoreLosses(levels, holdingsOf(levels, lowerBound(trace, pipeline).terms));
  const of = (key: string) => losses.find(({ holding }) => holding.key === key)!;
  return { losses, of, path: criticalPath(trace, pipeline), makespan: trace.meta.makespan };
}

const pressed: Omit<PipelineDocument, 'format'> = {
  source: { kind: 'count', count: 60 },
  stages: [
    { id: 'fast', permits: 1, buffer: { capacity: 1 }, work: cpu(2) },
    { id: 'slow', after: ['fast'], permits: 1, buffer: { capacity: 4 }, work: cpu(10) },
  ],
  machine: { workers: 2 },
};

it('shows what waited inside of what, and counts each wait where it was caused', () => {
  const { losses, of } = look(pressed);
  // The source waits for room before fast, fast for its own permit, that for room before slow.
  expect(losses.map(({ holding, depth }) => [holding.key, depth])).toEqual([
    ['buffer:fast', 0],
    ['permits:fast', 1],
    ['buffer:slow', 2],
    ['permits:slow', 3],
  ]);
  expect(of('permits:slow').heldShare).toBeCloseTo(588 / 602);
  expect(of('permits:slow').aloneShare).toBeCloseTo(588 / 602);
  expect(of('permits:slow').nestedShare).toBe(0);
  // Items 1 to 5 come to slow at 4, 6, 8, 10 and 12 ms and begin at 12, 22, 32, 42, 52 ms; each one
  // after them finds four before it and waits 40 ms.
  expect(of('permits:slow').ownMs).toBeCloseTo(8 + 16 + 24 + 32 + 40 + 54 * 40);
  // All that fast was blocked for is the doing of slow.
  expect(of('buffer:slow').ownMs).toBeCloseTo(0);
  expect(of('buffer:slow').holding.waitMs).toBeCloseTo(54 * 8);
  expect(of('buffer:slow').aloneShare).toBe(0);
});

it('sets semaphores that hold at the same time beside each other', () => {
  const { of, losses } = look({
    source: { kind: 'count', count: 20 },
    stages: [
      { id: 'a', permits: 1, work: wait(10) },
      { id: 'b', permits: 2, work: wait(10) },
    ],
    machine: { workers: 2, tasksPerWorker: 8 },
  });
  // Both wait from the start: a until its last begins at 190 ms, b until 90 ms.
  expect(losses.map(({ depth }) => depth)).toEqual([0, 0]);
  expect(of('permits:a').heldShare).toBeCloseTo(190 / 200);
  expect(of('permits:b').heldShare).toBeCloseTo(90 / 200);
  expect(of('permits:a').aloneShare).toBeCloseTo(100 / 200);
  expect(of('permits:b').aloneShare).toBe(0);
  // 0 + 10 + … + 190 ms.
  expect(of('permits:a').ownMs).toBeCloseTo(1900);
  expect(of('permits:b').ownMs).toBeCloseTo(2 * 450);
});

it('puts what items inside wait for under the limit of items in flight', () => {
  const { of } = look({
    source: { kind: 'count', count: 12 },
    stages: [{ id: 'call', permits: 2, work: wait(10) }],
    machine: { workers: 2, tasksPerWorker: 8, inFlight: 4 },
  });
  expect(of('permits:call').depth).toBe(1);
  // Items 2 to 11 each wait 10 ms inside; before that 0, 0, 10, 10, … 40, 40 ms at the source.
  expect(of('permits:call').ownMs).toBeCloseTo(10 * 10);
  expect(of('in-flight').holding.waitMs).toBeCloseTo(2 * (10 + 20 + 30 + 40));
  expect(of('in-flight').ownMs).toBeCloseTo(0);
});

it('splits the makespan by what the steps of the critical path had waited for', () => {
  const { path, makespan } = look(pressed);
  const shares = pathShares(path);
  expect(shares.reduce((sum, { wholeMs }) => sum + wholeMs, 0)).toBeCloseTo(makespan);
  // 59 tasks of slow, each after the permit of the one before.
  expect(shares[0]).toMatchObject({ stage: 1, waitedFor: 'permit', steps: 59 });
  expect(shares[0]!.wholeMs).toBeCloseTo(590);
  expect(shares.map(({ stage, waitedFor, steps }) => [stage, waitedFor, steps])).toEqual([
    [1, 'permit', 59],
    [1, 'input', 1],
    [0, 'arrival', 1],
  ]);
});
