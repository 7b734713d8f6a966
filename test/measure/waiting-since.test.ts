import { expect, test } from 'vitest';
import fc from 'fast-check';
import { compilePlan } from '../../src/engine/plan.ts';
import { idealOverheads } from '../../src/engine/runner.ts';
import { queueLevels } from '../../src/measure/queue-levels.ts';
import { valueAt, type StepSeries } from '../../src/measure/step-series.ts';
import { waitingSince } from '../../src/measure/waiting-since.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { SimulatedMachine } from '../../src/simulate/simulated-machine.ts';
import { TraceBuilder } from '../../src/trace/builder.ts';
import { emptyMeta } from '../../src/trace/empty-trace.ts';
import { cpuStage, document, waitStage } from '../sim/run.ts';

/** Queue levels as they are drawn at each instant of a run, and those of the whole run. */
function watch(doc: PipelineDocument, items: number) {
  const { pipeline, problems } = parseDocument(doc);
  if (!pipeline) throw new Error(problems.map(({ message }) => message).join('\n'));
  const indexOf = new Map(pipeline.stages.map(({ id }, index) => [id, index]));
  const parents = pipeline.stages.map(({ after }) => after.map((id) => indexOf.get(id)!));
  const trace = new TraceBuilder(emptyMeta('simulated'));
  const plan = compilePlan(pipeline, { cores: 8, cache: 'on' });
  const machine = new SimulatedMachine(plan, trace, items, idealOverheads);
  const seen: { atMs: number; queued: number[]; levels: StepSeries[] }[] = [];
  const { scheduler } = machine;
  const settle = scheduler.settle.bind(scheduler);
  scheduler.settle = (nowMs) => {
    settle(nowMs);
    if (scheduler.isFinished) return;
    scheduler.noteTime(nowMs);
    const queued: number[] = [];
    scheduler.readProgress(queued, [], []);
    const still = waitingSince(trace, (stage) => parents[stage]!, queued);
    seen.push({ atMs: nowMs, queued, levels: queueLevels(trace, still) });
  };
  machine.run();
  return { seen, whole: queueLevels(trace) };
}

test('items that have not started yet are in the queue that is drawn while a run goes on', () => {
  const doc = document([cpuStage('a', 1), cpuStage('b', 10, { after: ['a'] })], {
    machine: { workers: 2 },
    source: { kind: 'count', count: 40 },
  });
  const { seen, whole } = watch(doc, 40);
  const half = seen.find(({ atMs }) => atMs >= 15)!;
  expect(half.queued[1]).toBeGreaterThan(20);
  expect(valueAt(half.levels[1]!, half.atMs)).toBe(half.queued[1]);
  // And since when: only what runs at this moment, one a worker, is not yet known to have waited.
  for (const atMs of [2, 5, 9, 12]) {
    const missing = valueAt(whole[1]!, atMs) - valueAt(half.levels[1]!, atMs);
    expect(missing).toBeGreaterThanOrEqual(0);
    expect(missing).toBeLessThanOrEqual(2);
  }
});

test('the level drawn for now is how many wait now, whatever the pipeline', () => {
  const arbitrary = fc.record({
    join: fc.constantFrom('zip' as const, 'each' as const),
    expand: fc.constantFrom(1, 3),
    batch: fc.constantFrom(1, 3),
    failure: fc.constantFrom(0, 0.3),
    order: fc.constantFrom('fifo' as const, 'lifo' as const, 'downstream-first' as const),
    workers: fc.integer({ min: 1, max: 3 }),
    inFlight: fc.constantFrom(null, 4),
  });
  fc.assert(
    fc.property(arbitrary, ({ join, expand, batch, failure, order, workers, inFlight }) => {
      const doc = document(
        [
          { id: 'a', work: { kind: 'synthetic', phases: [{ cpu: 1 }], expand } },
          {
            id: 'b',
            after: ['a'],
            work: { kind: 'synthetic', phases: [{ cpu: 2 }], failure },
            retry: { attempts: 2, backoff: 3 },
          },
          waitStage('c', 3, {
            after: ['a'],
            ...(batch > 1 ? { batch: { size: batch, linger: 2 } } : {}),
          }),
          cpuStage('d', 2, { after: ['b', 'c'], join }),
          cpuStage('f', 1, { after: ['d'], join: 'fold' }),
        ],
        { machine: { workers, order, inFlight }, source: { kind: 'count', count: 8 } },
      );
      for (const { atMs, queued, levels } of watch(doc, 8).seen) {
        expect(levels.map((level) => valueAt(level, atMs))).toEqual(queued);
        for (const level of levels) expect(Math.min(0, ...level.value)).toBe(0);
      }
    }),
    { numRuns: 15 },
  );
}, 60_000);
