import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { withDefaults } from '../../src/pipeline/defaults.ts';
import type { PipelineDocument, StageDocument } from '../../src/pipeline/types.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { lowerBound } from '../../src/measure/bound.ts';
import { checkBooks } from '../../src/measure/books.ts';
import { criticalPath } from '../../src/measure/critical-path.ts';
import { queueLevels } from '../../src/measure/queue-levels.ts';
import { maxOf } from '../../src/measure/step-series.ts';
import { summarize } from '../../src/measure/summary.ts';
import { wallShares } from '../../src/measure/wall-shares.ts';

const cpu = (ms: number) => ({ kind: 'synthetic' as const, phases: [{ cpu: ms }] });
const wait = (ms: number) => ({ kind: 'synthetic' as const, phases: [{ wait: ms }] });

function run(document: Omit<PipelineDocument, 'format'>, cores = 4) {
  const pipeline = withDefaults({ format: 'millrace/1', ...document });
  const report = simulate(pipeline, { cores });
  expect(report.error).toBeNull();
  return { pipeline, trace: report.trace, bound: lowerBound(report.trace, pipeline) };
}

describe('the bound of a simulated run', () => {
  const items = (count: number) => ({ source: { kind: 'count' as const, count } });

  it('is the cores where CPU work fills them, also with more workers than cores', () => {
    for (const workers of [2, 4, 7]) {
      const { trace, bound } = run(
        { ...items(40), stages: [{ id: 'a', work: cpu(10) }], machine: { workers } },
        2,
      );
      expect(trace.meta.makespan).toBeCloseTo(200);
      expect(bound.by).toBe('cores');
      expect(bound.valueMs).toBeCloseTo(200);
    }
  });
  it('is the workers where there are fewer of them than cores, their CPU work or their slots', () => {
    const one = run({
      ...items(40),
      stages: [{ id: 'a', work: cpu(20) }],
      machine: { workers: 1 },
    });
    expect(one.bound).toMatchObject({ by: 'workers', valueMs: 800 });
    expect(one.bound.sentence).toBe(
      'The workers hold everything back: 800 ms of CPU work on 1 worker.',
    );
    expect(new Set(one.bound.terms.map(({ by }) => by)).size).toBe(one.bound.terms.length);
    // Two slots a worker overlap waits only.
    const machine = { workers: 2, tasksPerWorker: 2 };
    const burns = run({ ...items(40), stages: [{ id: 'a', work: cpu(20) }], machine });
    expect(burns.bound).toMatchObject({ by: 'workers', valueMs: 400 });
    const waits = run({ ...items(40), stages: [{ id: 'a', work: wait(20) }], machine });
    expect(waits.bound).toMatchObject({ by: 'workers', valueMs: 200 });
    expect(waits.bound.sentence).toContain('800 ms of work in 4 worker slots');
  });
  it('calls what a live run took measured, and says when the machine was busy', () => {
    const { trace, pipeline } = run(
      { ...items(40), stages: [{ id: 'a', work: cpu(20) }], machine: { workers: 2 } },
      2,
    );
    const live = (factor: number) => {
      const { tasks, meta } = trace;
      const longer = (times: Float64Array) => times.map((ms) => ms * factor);
      return lowerBound(
        {
          ...trace,
          meta: { ...meta, machine: 'live', makespan: meta.makespan * factor },
          tasks: { ...tasks, start: longer(tasks.start), end: longer(tasks.end) },
        },
        pipeline,
      ).sentence;
    };
    expect(live(1.05)).toBe(
      'The cores hold everything back: 840 ms of measured busy time on 2 cores.',
    );
    expect(live(8)).toBe(
      'The cores hold everything back: 6.4 s of measured busy time on 2 cores. Its synthetic stages declare 800 ms of CPU work and took 6.4 s: the machine was busy with other things as well.',
    );
  });
  it('a stage without permits waits for a worker while all are busy, for a permit only while one is blocked', () => {
    const busy = run({
      ...items(40),
      stages: [{ id: 'a', work: cpu(20) }],
      machine: { workers: 2 },
    });
    const { waitForPermit, waitForWorker } = summarize(busy.trace, busy.pipeline).stages['a']!;
    expect([waitForPermit, waitForWorker]).toEqual([0, 20 * 2 * ((19 * 20) / 2)]);
    const blocked = run({
      ...items(8),
      stages: [
        { id: 'a', work: cpu(1) },
        { id: 'b', after: ['a'], permits: 1, work: cpu(20), buffer: { capacity: 0 } },
      ],
      machine: { workers: 2 },
    });
    expect(summarize(blocked.trace, blocked.pipeline).stages['a']!.waitForPermit).toBeGreaterThan(
      0,
    );
  });
  it('a task begins when its thread gets to it, and waits for its worker until then', () => {
    const { trace } = run({
      ...items(4),
      stages: [{ id: 'a', work: cpu(10) }],
      machine: { workers: 1, tasksPerWorker: 4 },
    });
    const { tasks, meta } = trace;
    expect([...tasks.dispatch]).toEqual([0, 0, 0, 0]);
    expect([...tasks.start]).toEqual([0, 10, 20, 30]);
    expect(wallShares(trace)[0]).toMatchObject({ busy: meta.makespan, waitForItem: 0 });
  });
  it('is the permits of the stage that holds everything back, in words', () => {
    const { bound } = run({
      ...items(40),
      stages: [
        { id: 'read', work: wait(1) },
        { id: 'resize', after: ['read'], permits: 2, work: wait(12) },
      ],
      machine: { workers: 8, tasksPerWorker: 4 },
    });
    expect(bound.by).toBe('permits:resize');
    expect(bound.valueMs).toBeCloseTo(240);
    expect(bound.sentence).toBe('resize holds everything back: 2 permits, 240 ms of work each.');
  });
  it('does not claim to hold everything back where it explains little', () => {
    // The pauses before it tries again are in no bound.
    const { bound, trace } = run({
      ...items(4),
      stages: [
        { id: 'a', work: { ...wait(5), failure: 0.6 }, retry: { attempts: 9, backoff: 200 } },
      ],
      machine: { workers: 2 },
    });
    expect(bound.valueMs).toBeLessThan(0.5 * trace.meta.makespan);
    expect(bound.sentence).toMatch(/ binds? most, but far from all: /);
  });
  it('is a shared limit, the worker slots, the items in flight, the critical path, the arrivals', () => {
    const stages: StageDocument[] = [{ id: 'a', work: wait(10), uses: { api: 1 } }];
    const wide = { workers: 50, tasksPerWorker: 4 };
    expect(run({ ...items(40), stages, limits: { api: 4 }, machine: wide }).bound.by).toBe(
      'limit:api',
    );
    expect(
      run({ ...items(40), stages, limits: { api: 99 }, machine: { workers: 2 } }).bound.by,
    ).toBe('workers');
    expect(
      run({ ...items(40), stages, limits: { api: 99 }, machine: { ...wide, inFlight: 3 } }).bound
        .by,
    ).toBe('in-flight');
    expect(run({ ...items(40), stages, limits: { api: 99 }, machine: wide }).bound.by).toBe(
      'critical-path',
    );
    const slow = run({
      source: { kind: 'count', count: 40, arrivals: { kind: 'uniform', rate: 50 } },
      stages: [{ id: 'a', work: wait(10) }],
      machine: wide,
    });
    expect(slow.bound.by).toBe('arrivals');
    expect(slow.bound.valueMs).toBeCloseTo(slow.trace.meta.makespan);
  });
});

/** Small pipelines of every kind: chains, forks with zip, all, fold; limits, permits, batches, buffers. */
const randomDocument = fc
  .record({
    count: fc.integer({ min: 0, max: 30 }),
    work: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 6, maxLength: 6 }),
    permits: fc.array(fc.constantFrom(null, 1, 2, 3), { minLength: 3, maxLength: 3 }),
    capacity: fc.constantFrom(null, 0, 1, 4),
    whenFull: fc.constantFrom('throttle' as const, 'drop-newest' as const, 'drop-oldest' as const),
    batch: fc.constantFrom(1, 1, 3),
    join: fc.constantFrom('zip' as const, 'each' as const, 'all' as const, 'fold' as const),
    failure: fc.constantFrom(0, 0, 0.3),
    attempts: fc.constantFrom(1, 3),
    workers: fc.integer({ min: 1, max: 4 }),
    tasksPerWorker: fc.integer({ min: 1, max: 3 }),
    inFlight: fc.constantFrom(null, 2, 6),
    seed: fc.nat(1000),
  })
  .map((r): Omit<PipelineDocument, 'format'> => {
    const gathers = r.join === 'all' || r.join === 'fold';
    return {
      seed: r.seed,
      source: { kind: 'count', count: r.count },
      stages: [
        { id: 'a', work: cpu(r.work[0]!), permits: r.permits[0]! },
        {
          id: 'b',
          after: ['a'],
          permits: r.permits[1]!,
          work: {
            kind: 'synthetic',
            phases: [{ cpu: { exponential: r.work[1]! + 1 } }, { wait: r.work[2]! }],
            failure: r.failure,
          },
          retry: { attempts: r.attempts, backoff: 2 },
          buffer: { capacity: r.capacity, whenFull: r.whenFull },
        },
        {
          id: 'c',
          after: ['a'],
          work: wait(r.work[3]!),
          uses: { api: 1 },
          batch: { size: r.batch, linger: 1 },
        },
        {
          id: 'd',
          after: ['b', 'c'],
          join: r.join,
          work: cpu(r.work[4]!),
          ...(gathers ? {} : { buffer: { capacity: r.capacity } }),
        },
      ],
      limits: { api: 2 },
      machine: { workers: r.workers, tasksPerWorker: r.tasksPerWorker, inFlight: r.inFlight },
    };
  });

describe('laws that hold for any run', () => {
  it('the books balance, all numbers are finite, the bound is below the makespan', () => {
    fc.assert(
      fc.property(randomDocument, (document) => {
        const { trace, pipeline, bound } = run(document, 2);
        expect(checkBooks(trace)).toEqual([]);
        const summary = summarize(trace, pipeline);
        expectFinite(summary);
        expect(bound.valueMs).toBeLessThanOrEqual(trace.meta.makespan * (1 + 1e-6) + 1e-6);
        expect(summary.workers.utilization).toBeLessThanOrEqual(1);
      }),
      { numRuns: 150 },
    );
  });
  it('queues end empty, never go below 0, and never above a capacity that only drops', () => {
    fc.assert(
      fc.property(randomDocument, (document) => {
        const { trace } = run(document, 2);
        queueLevels(trace).forEach((series, stage) => {
          const { capacity, retried } = trace.meta.stages[stage]!;
          expect(series.value.every((value) => value >= 0)).toBe(true);
          if (series.value.length > 0) expect(series.value.at(-1)).toBe(0);
          if (capacity !== null && retried === 0)
            expect(maxOf(series)).toBeLessThanOrEqual(capacity);
        });
      }),
      { numRuns: 100 },
    );
  });
  it('the states of a stage add up to the makespan', () => {
    fc.assert(
      fc.property(randomDocument, (document) => {
        const { trace, pipeline } = run(document, 2);
        for (const shares of wallShares(trace, pipeline)) {
          const sum = Object.values(shares).reduce((a, b) => a + b, 0);
          expect(sum).toBeCloseTo(trace.meta.makespan, 6);
        }
      }),
      { numRuns: 60 },
    );
  });
  it('the critical path runs forward in time to the last task', () => {
    fc.assert(
      fc.property(randomDocument, (document) => {
        const { trace, pipeline } = run(document, 2);
        const steps = criticalPath(trace, pipeline);
        const ran = [...trace.tasks.worker.subarray(0, trace.tasks.count)].filter(
          (w) => w >= 0,
        ).length;
        expect(steps.length > 0).toBe(ran > 0);
        for (let i = 1; i < steps.length; i++) {
          expect(steps[i]!.startMs).toBeGreaterThanOrEqual(steps[i - 1]!.endMs - 1e-6);
        }
      }),
      { numRuns: 60 },
    );
  });
});

function expectFinite(value: unknown): void {
  if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
  else if (value && typeof value === 'object') Object.values(value).forEach(expectFinite);
}
