import { describe, expect, test } from 'vitest';
import { idealOverheads } from '../../src/engine/runner.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import type { PipelineDocument, StageDocument } from '../../src/pipeline/types.ts';
import { Faults } from '../../src/simulate/faults.ts';
import { harmless, type Act } from '../../src/simulate/fault-plan.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import type { Trace } from '../../src/trace/types.ts';
import { drawLanes } from './lanes.ts';
import { cpuStage, document, waitStage } from './run.ts';
import { drawWorkers } from './worker-lanes.ts';

const count = (n: number) => ({ kind: 'count' as const, count: n });

/** Workers take `startWorkerMs` to start and die when `acts` say so. */
function runWith(doc: PipelineDocument, acts: readonly Act[], startWorkerMs = 5): Trace {
  const { pipeline, problems } = parseDocument(doc);
  if (!pipeline) throw new Error(problems.map((problem) => problem.message).join('\n'));
  const faults = new Faults({ ...harmless, acts });
  const overheads = { ...idealOverheads, startWorkerMs };
  return simulate(pipeline, { cores: 8, overheads, faults }).trace;
}
const dies = (atMs: number, worker: number): Act => ({ kind: 'end-worker', atMs, worker });

describe('workers that start late', () => {
  test('a task waits for the worker it was routed to while that one starts', () => {
    const doc = document([cpuStage('a', 1)], {
      machine: { workers: 2, warm: 1, routing: 'round-robin' },
      source: count(4),
    });
    expect(drawWorkers(runWith(doc, []))).toBe('0: a0@0-1 a2@1-2\n1: a1@5-6 a3@6-7');
  });

  test('least-loaded counts what waits for a worker that starts', () => {
    const doc = document([cpuStage('a', 2)], {
      machine: { workers: 2, warm: 1, routing: 'least-loaded' },
      source: count(4),
    });
    expect(drawWorkers(runWith(doc, []))).toBe('0: a0@0-2 a2@2-4\n1: a1@5-7 a3@7-9');
  });
});

describe('a worker that dies', () => {
  test('what is routed to it waits for its replacement; what it ran is routed anew', () => {
    const doc = document([cpuStage('a', 10)], {
      machine: { workers: 2, routing: 'round-robin' },
      source: count(4),
    });
    const trace = runWith(doc, [dies(4, 0)]);
    // Routed again at 4, and it is worker 0's turn.
    expect(drawWorkers(trace)).toBe('0: a0@0-4 a2@9-19 a0@19-29\n1: a1@0-10 a3@10-20');
    expect(drawLanes(trace)).toBe('a: 0@0-4& 1@0-10 2@9-19 3@10-20 0@19-29');
    expect(trace.meta.items).toMatchObject({ emitted: 4, delivered: 4 });
  });

  test('least-loaded prefers a worker that is there to one that must be started', () => {
    const doc = document([cpuStage('a', 3)], {
      machine: { workers: 2, routing: 'least-loaded' },
      source: { kind: 'count', count: 3, arrivals: { kind: 'uniform', rate: 100 } },
    });
    // 0 at 0, 1 at 10, 2 at 20; idle worker 0 dies at 5 and is not needed again.
    expect(drawWorkers(runWith(doc, [dies(5, 0)]))).toBe('0: a0@0-3\n1: a1@10-13 a2@20-23');
  });

  test('a fold whose first step has not begun loses nothing', () => {
    const fold = cpuStage('f', 2, { join: 'fold' });
    const both = (other: StageDocument): PipelineDocument =>
      document([other, fold], {
        machine: { workers: 1, routing: 'round-robin' },
        source: count(1),
      });
    // The step waits behind the other task when their worker dies at 1.
    const waiting = runWith(both(cpuStage('a', 4)), [dies(1, 0)]);
    expect(waiting.meta.results).toMatchObject({ emitted: 1, delivered: 1 });
    // At 5 the step is under way.
    const begun = runWith(both(cpuStage('a', 4)), [dies(5, 0)]);
    expect(begun.meta.results).toMatchObject({ emitted: 1, failed: 1 });
  });
});

describe('a fold whose worker goes', () => {
  test('because of another task loses nothing before its first step is taken in', () => {
    const stages = [cpuStage('b', 100, { timeout: 5 }), waitStage('f', 60, { join: 'fold' })];
    const machine = { workers: 1, tasksPerWorker: 2 };
    // The worker goes at 55.
    const trace = runWith(document(stages, { machine, source: count(1) }), [], 0);
    expect(drawLanes(trace)).toContain('f: 0@0-55& 0@55-115');
    expect(trace.meta.results).toMatchObject({ emitted: 1, delivered: 1 });
  });

  test('fails with what would have been tried again, at once', () => {
    const fold = cpuStage('f', 100, {
      join: 'fold',
      timeout: 5,
      retry: { attempts: 2, backoff: 1000 },
    });
    // The first step hears nothing at 5, so its worker goes at 55.
    const trace = runWith(document([fold], { source: count(2) }), [], 0);
    expect(trace.meta.items).toMatchObject({ emitted: 2, failed: 2 });
    expect(trace.meta.results).toMatchObject({ emitted: 1, failed: 1 });
    expect(trace.meta.makespan).toBe(55);
  });
});

describe('tasks that were open together when their worker died', () => {
  const pair = (machine: PipelineDocument['machine'], n: number): PipelineDocument =>
    document([waitStage('a', 5)], {
      machine: { workers: 1, tasksPerWorker: 2, ...machine },
      source: count(n),
    });

  test('run again alone, before anything else', () => {
    for (const routing of ['shared-queue', 'round-robin', 'affinity'] as const) {
      const trace = runWith(pair({ routing }, 4), [dies(2, 0)], 0);
      expect(drawLanes(trace), routing).toBe('a: 0@0-2& 1@0-2& 0@2-7 1@7-12 2@12-17 3@12-17');
    }
  });

  test('a second death is the fault of the one that ran', () => {
    const trace = runWith(pair({}, 4), [dies(2, 0), dies(4, 0)], 0);
    expect(drawLanes(trace)).toBe('a: 0@0-2& 1@0-2& 0@2-4! 1@4-9 2@9-14 3@9-14');
    expect(trace.meta.items).toMatchObject({ delivered: 3, failed: 1 });
  });

  test('a batch runs again as it was', () => {
    const doc = document([waitStage('a', 5, { batch: { size: 2, linger: 0 } })], {
      machine: { workers: 1, tasksPerWorker: 2 },
      source: count(6),
    });
    const trace = runWith(doc, [dies(2, 0)], 0);
    expect(drawLanes(trace)).toBe('a: 0+1@0-2& 2+3@0-2& 0+1@2-7 2+3@7-12 4+5@12-17');
  });

  test('an empty worker is as good as the replacement', () => {
    const doc = document([waitStage('a', 5)], {
      machine: { workers: 2, tasksPerWorker: 2 },
      source: count(2),
    });
    const trace = runWith(doc, [dies(2, 0)], 100);
    expect(drawWorkers(trace)).toBe('0: a0@0-2\n1: a1@0-5 a0@5-10');
  });

  test('permits still hold', () => {
    const stages: StageDocument[] = [waitStage('a', 5, { permits: 1 }), waitStage('b', 9)];
    const doc = document(stages, {
      machine: { workers: 1, tasksPerWorker: 2 },
      source: count(2),
    });
    // a0 and b0 are lost at 2; a0 alone, b0 alone, then a1 and b1 together.
    const trace = runWith(doc, [dies(2, 0)], 0);
    expect(drawWorkers(trace)).toBe('0: a0@0-2 b0@0-2 a0@2-7 b0@7-16 a1@16-21 b1@16-25');
  });

  test('stop cancels those that wait to run alone', () => {
    const trace = runWith(pair({}, 3), [dies(2, 0), { kind: 'stop', atMs: 3 }], 0);
    expect(trace.meta.items).toMatchObject({ emitted: 3, cancelled: 3 });
  });
});

describe('the neighbours of a task that is ended', () => {
  test('run again without counting, however often', () => {
    const doc = document(
      [waitStage('a', 130), cpuStage('b', 100, { timeout: 5, retry: { attempts: 2, backoff: 0 } })],
      { machine: { workers: 1, tasksPerWorker: 2 }, source: count(1) },
    );
    // b hears nothing at 5, so its worker goes at 55; once more at 110.
    const trace = runWith(doc, [], 0);
    expect(drawLanes(trace)).toBe('a: 0@0-55& 0@55-110& 0@110-240\nb: 0@0-55? 0@55-110%');
    expect(trace.meta.stages[0]).toMatchObject({ delivered: 1, failed: 0, retried: 0 });
  });
});
