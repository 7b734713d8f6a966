import { describe, expect, test } from 'vitest';
import { parseDocument } from '../../src/pipeline/parse.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { TimeLeft } from '../../src/measure/time-left.ts';
import { leftWords } from '../../src/ui/state/left-words.ts';
import { compilePlan } from '../../src/engine/plan.ts';
import { idealOverheads } from '../../src/engine/runner.ts';
import { SimulatedMachine } from '../../src/simulate/simulated-machine.ts';
import { Mark } from '../../src/trace/types.ts';
import { TraceBuilder } from '../../src/trace/builder.ts';
import { emptyMeta } from '../../src/trace/empty-trace.ts';
import { cpuStage, document, waitStage } from '../sim/run.ts';

/** What is left, estimated on the way through a simulated run of `doc`, at each settled instant. */
function estimates(
  doc: PipelineDocument,
  total: number,
): { atMs: number; leftMs: number; without: string[] }[] {
  const { pipeline } = parseDocument(doc);
  const plan = compilePlan(pipeline!, { cores: 8, cache: 'on' });
  const trace = new TraceBuilder(emptyMeta('simulated'));
  const machine = new SimulatedMachine(plan, trace, total, idealOverheads);
  const left = new TimeLeft(pipeline!);
  const found: { atMs: number; leftMs: number; without: string[] }[] = [];
  const { scheduler } = machine;
  const settle = scheduler.settle.bind(scheduler);
  scheduler.settle = (nowMs) => {
    settle(nowMs);
    if (scheduler.isFinished) return;
    scheduler.noteTime(nowMs);
    const estimate = left.estimate(trace, total);
    if (estimate) found.push({ atMs: nowMs, ...estimate });
  };
  machine.run();
  return found.map((one) => ({ ...one, trueMs: trace.meta.makespan - one.atMs }));
}

/** The worst error of all estimates after `fromMs`, as a share of the makespan. */
function worst(found: ReturnType<typeof estimates>, fromMs: number): number {
  const end = Math.max(...found.map((one) => one.atMs));
  return Math.max(
    ...found
      .filter((one) => one.atMs >= fromMs)
      .map((one) => Math.abs(one.leftMs - (end - one.atMs)) / end),
  );
}

describe('time left', () => {
  test('is exact for one stage on one worker', () => {
    const found = estimates(
      document([cpuStage('a', 10)], {
        machine: { workers: 1 },
        source: { kind: 'count', count: 100 },
      }),
      100,
    );
    expect(found[0]).toMatchObject({ atMs: 200, leftMs: 800, without: [] });
    expect(found.at(-1)).toMatchObject({ atMs: 990, leftMs: 10 });
  });

  test('counts the stages still to come, though no item is through yet', () => {
    const doc = document(
      [cpuStage('a', 10), cpuStage('b', 30, { after: ['a'] }), cpuStage('c', 10, { after: ['b'] })],
      { machine: { workers: 2 }, source: { kind: 'count', count: 100 } },
    );
    // At 200 ms 40 of 100 items are through the first of three stages: 5,000 ms of work on 2 workers.
    const found = estimates(doc, 100);
    expect(found[0]!.leftMs).toBeCloseTo(2300, 0);
    expect(worst(found, 200)).toBeLessThan(0.02);
  });

  test('follows branches, children, batches, retries and joins', () => {
    const doc = document(
      [
        {
          id: 'a',
          work: { kind: 'synthetic', phases: [{ cpu: 5 }], expand: 3, failure: 0.2 },
          retry: { attempts: 2 },
        },
        cpuStage('b', 20, { after: ['a'], batch: { size: 4, linger: null } }),
        waitStage('c', 4, { after: ['a'] }),
        cpuStage('d', 3, { after: ['b', 'c'] }),
        cpuStage('f', 1, { after: ['d'], join: 'fold' }),
        cpuStage('g', 50, { after: ['f'] }),
      ],
      { machine: { workers: 3 }, source: { kind: 'count', count: 200 } },
    );
    expect(worst(estimates(doc, 200), 600)).toBeLessThan(0.15);
  });

  test('a pause is no work time', () => {
    const { trace, pipeline } = runOf(document([cpuStage('a', 300)]));
    const half = { ...trace, meta: { ...trace.meta, makespan: 1300 } };
    trace.mark(200, Mark.paused, -1, -1, 0);
    trace.mark(1200, Mark.resumed, -1, -1, 0);
    // 4 items in 300 ms of running on 4 workers; 4 more take as long.
    expect(new TimeLeft(pipeline).estimate(half, 8)?.leftMs).toBeCloseTo(300);
  });

  test('names a stage of unknown cost that has work ahead, and claims no bound', () => {
    const code = { kind: 'code' as const, source: 'export default (x) => x', model: null };
    const { pipeline } = parseDocument(
      document([cpuStage('a', 10), { id: 'b', after: ['a'], join: 'all', work: code }]),
    );
    const { trace } = runOf(
      document([cpuStage('a', 300), cpuStage('b', 1, { after: ['a'], join: 'all' })]),
    );
    // The same rows, but for the last: b has not run.
    const before = { ...trace, tasks: { ...trace.tasks, count: trace.tasks.count - 1 } };
    const left = new TimeLeft(pipeline!).estimate(before, 4)!;
    expect(left).toEqual({ leftMs: 0, without: ['b'] });
    expect(leftWords(left)).toBe('about 0 ms left, and what b takes');
    expect(leftWords({ leftMs: 2000, without: ['b', 'c', 'd'] })).toMatch(
      /, and what b, c and d take$/,
    );
    expect(leftWords({ leftMs: 2000, without: [] })).toBe('about 2 s left');
  });

  test('says nothing too early, nor where the source does not know its items', () => {
    const { trace, pipeline } = runOf(document([cpuStage('a', 300)]));
    const early = { ...trace, tasks: { ...trace.tasks, count: 2 } };
    expect(new TimeLeft(pipeline).estimate(early, 4)).toBeNull();
    expect(new TimeLeft(pipeline).estimate(trace, null)).toBeNull();
    expect(new TimeLeft(pipeline).estimate(trace, 4)).toEqual({ leftMs: 0, without: [] });
  });
});

function runOf(doc: PipelineDocument) {
  const { pipeline } = parseDocument(doc);
  const trace = new TraceBuilder(emptyMeta('simulated'));
  const plan = compilePlan(pipeline!, { cores: 8, cache: 'on' });
  new SimulatedMachine(plan, trace, 4, idealOverheads).run();
  return { trace, pipeline: pipeline! };
}
