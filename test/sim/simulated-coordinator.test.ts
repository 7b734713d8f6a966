import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { idealOverheads, type Overheads } from '../../src/engine/runner.ts';
import { checkBooks } from '../../src/measure/books.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { harmless } from '../../src/simulate/fault-plan.ts';
import { Faults } from '../../src/simulate/faults.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { traceDigest } from '../../src/trace/digest.ts';
import { Outcome, type Trace } from '../../src/trace/types.ts';
import { arbitraryCase, costly } from './arbitrary-case.ts';
import { cpuStage, document, waitStage } from './run.ts';

function run(doc: PipelineDocument, overheads: Partial<Overheads>, cores = 8): Trace {
  const { pipeline, problems } = parseDocument(doc);
  if (!pipeline) throw new Error(problems[0]!.message);
  return simulate(pipeline, { cores, overheads: { ...idealOverheads, ...overheads } }).trace;
}
const count = (items: number) => ({ source: { kind: 'count' as const, count: items } });
const spans = ({ tasks }: Trace): [number, number][] =>
  Array.from({ length: tasks.count }, (_, row) => [tasks.start[row]!, tasks.end[row]!]);

/** Code that is compiled for `cold` ms, and then costs nothing. */
const coldStage = (id: string, cold: number) => ({
  id,
  work: { kind: 'code' as const, source: 'export default () => 1;', model: { phases: [], cold } },
});

describe('what lies between the scheduler and the workers', () => {
  test('a task is chosen, sent, done, told and heard of, each in its time', () => {
    const doc = document([cpuStage('a', 10)], { ...count(2), machine: { workers: 1 } });
    const trace = run(doc, { messageMs: 1, turnMs: 2, dispatchMs: 1 });
    // Chosen by 1, there at 2; its end heard at 13, the next sent at 16, there at 17, heard of at 28.
    expect(spans(trace)).toEqual([
      [2, 12],
      [17, 27],
    ]);
    expect(trace.meta.makespan).toBe(28);
  });

  test('the coordinator hears one message after another', () => {
    const doc = document([cpuStage('a', 10)], { ...count(4), machine: { workers: 2 } });
    const trace = run(doc, { turnMs: 4 });
    // Both end at 10: the first is answered at 14, the second at 18.
    expect(spans(trace).map(([start]) => start)).toEqual([0, 0, 14, 18]);
  });

  test('what a task is sent is copied on either side: half before it leaves, half where it arrives', () => {
    const maker = { id: 'a', work: { kind: 'synthetic' as const, phases: [], output: 100 } };
    const doc = document([maker, cpuStage('b', 5, { after: ['a'] })], {
      ...count(1),
      machine: { workers: 1 },
    });
    // Heard of at 2; copied until 2.5, there at 3.5, and read until 4.
    expect(spans(run(doc, { messageMs: 1, perByteMs: 0.01 }))[1]).toEqual([3.5, 9]);
  });

  test('the time-out of a task runs from when it is sent', () => {
    const slow = { ...waitStage('a', 4), timeout: 5 };
    const trace = run(document([slow], { ...count(1), machine: { workers: 1 } }), { messageMs: 3 });
    expect(trace.tasks.outcome[0]).toBe(Outcome.timedOut);
    expect(spans(trace)).toEqual([[3, 5]]);
  });

  test('and so do the 50 ms after its signal', () => {
    const looping = { ...cpuStage('a', 99), timeout: 5 };
    const doc = document([looping], { ...count(1), machine: { workers: 1 } });
    expect(spans(run(doc, { messageMs: 3 }))).toEqual([[3, 55]]);
    // It begins when all of that is over.
    expect(spans(run(doc, { messageMs: 60 }))).toEqual([[60, 60]]);
  });

  test('what was chosen for a worker that goes before it leaves is copied all the same, and again for another', () => {
    const doc = document([cpuStage('a', 1)], {
      source: { kind: 'count', count: 2, bytes: 1000 },
      machine: { workers: 2 },
    });
    const acts = [{ kind: 'end-worker' as const, atMs: 1, worker: 1 }];
    const overheads = { ...idealOverheads, startWorkerMs: 99, dispatchMs: 2, perByteMs: 0.01 };
    const faults = new Faults({ ...harmless, acts });
    const { trace } = simulate(parseDocument(doc).pipeline!, { cores: 8, overheads, faults });
    const { outcome } = trace.tasks;
    expect([...outcome.subarray(0, 3)]).toEqual([Outcome.lost, Outcome.ok, Outcome.ok]);
    // Both chosen until 4 and copied until 14; read in 5. The first is heard of at 20, and the second, which is
    // chosen until 22, is copied once more until 27 and read in 5. The worker that went has read nothing.
    expect(spans(trace)).toEqual([
      [1, 1],
      [14, 20],
      [27, 33],
    ]);
  });

  test('its CPU comes out of the cores that work', () => {
    const work = { kind: 'synthetic' as const, phases: [{ cpu: { perItem: [4, 10] } }] };
    const doc = document([{ id: 'a', work }], { ...count(2), machine: { workers: 2 } });
    // One core: 4 + 10 ms of work and one turn of 3 ms before the end is heard.
    expect(run(doc, { turnMs: 3 }, 1).meta.makespan).toBe(17);
  });

  test('short tasks are sent ahead, so that a worker need not wait for a message each', () => {
    const doc = document([cpuStage('a', 0.1)], { ...count(400), machine: { workers: 1 } });
    const { makespan } = run(doc, { messageMs: 0.5 }).meta;
    expect(makespan).toBeGreaterThan(40);
    expect(makespan).toBeLessThan(44);
  });

  test('where permits are fewer than slots nothing is sent ahead', () => {
    const makespan = (workers: number): number => {
      const stage = { ...cpuStage('a', 0.1), permits: 1 };
      const doc = document([stage], { ...count(100), machine: { workers } });
      return run(doc, { messageMs: 0.5 }, 2).meta.makespan;
    };
    expect(makespan(2)).toBeCloseTo(100 * 1.1, 6);
    expect(makespan(1)).toBeLessThan(20);
  });

  test('waits end late, and where they share a thread they last whole steps', () => {
    const late = { messageMs: 1e-9, wakeMs: 0.25, timerStepMs: 1 };
    const alone = document([waitStage('a', 3.4)], { ...count(1), machine: { workers: 1 } });
    expect(run(alone, late).meta.makespan).toBeCloseTo(3.65, 6);
    const shared = document([waitStage('a', 3.4)], {
      ...count(2),
      machine: { workers: 1, tasksPerWorker: 2 },
    });
    expect(run(shared, late).meta.makespan).toBeCloseTo(4.25, 6);
  });

  test('busy cores slow each other as the law of contention says', () => {
    const doc = document([cpuStage('a', 10)], { ...count(4), machine: { workers: 4 } });
    // n cores do the work of n ÷ (1 + 0.25 (n − 1)).
    expect(run(doc, { contention: 0.25 }, 4).meta.makespan).toBeCloseTo(10 * 1.75, 9);
    expect(run(doc, { contention: 0.25 }, 2).meta.makespan).toBeCloseTo(20 * 1.25, 9);
    expect(run(doc, { contention: 0.25 }, 1).meta.makespan).toBeCloseTo(40, 9);
  });

  test('helpers of cold code want cores too, and cost nothing while some are idle', () => {
    const makespanOf = (stages: PipelineDocument['stages'], cores: number): number => {
      const doc = document(stages, { ...count(2), machine: { workers: 2 } });
      return run(doc, { helperShare: 0.5 }, cores).meta.makespan;
    };
    // Two that run cold code want 2 × 1.5 cores.
    expect(makespanOf([coldStage('a', 10)], 4)).toBeCloseTo(10, 9);
    expect(makespanOf([coldStage('a', 10)], 2)).toBeCloseTo(15, 9);
    expect(makespanOf([coldStage('a', 10)], 1)).toBeCloseTo(30, 9);
    expect(makespanOf([cpuStage('a', 10)], 2)).toBeCloseTo(10, 9);
  });

  test('beside cold code, work without helpers gets as much of the cores as the code itself', () => {
    const doc = document([coldStage('a', 10), cpuStage('b', 10)], {
      ...count(1),
      machine: { workers: 2 },
    });
    doc.stages[1]!.after = [];
    // 2.5 cores wanted of 2.
    expect(run(doc, { helperShare: 0.5 }, 2).meta.makespan).toBeCloseTo(12.5, 9);
  });
});

test('workers that are killed while the coordinator is busy: what the others told is heard', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const cpu = Array.from({ length: 60 }, (_, i) =>
      (i * 7 + seed) % 5 === 0 ? 500 : 1 + ((i * seed) % 3),
    );
    const doc = document(
      [
        { id: 'w', work: { kind: 'synthetic', phases: [{ wait: { uniform: [1, 40] } }] } },
        {
          ...{ id: 'a', after: ['w'], timeout: 5 },
          work: { kind: 'synthetic', phases: [{ cpu: { perItem: cpu } }] },
        },
      ],
      {
        ...{ ...count(60), seed },
        machine: { workers: 2 + (seed % 5), tasksPerWorker: 2 + (seed % 3) },
      },
    );
    const trace = run(doc, { messageMs: 0.05, turnMs: 2 + (seed % 4), dispatchMs: 1 }, 16);
    expect(trace.meta.ended, `seed ${seed}`).toBe('done');
  }
});

const seed = 20261121;

test(`random documents, also where workers die: runs end, and their books balance (seed ${seed})`, () => {
  fc.assert(
    fc.property(arbitraryCase, ({ document: doc, cores, faults }) => {
      const { pipeline } = parseDocument(doc);
      const once = () => {
        const options = { cores, overheads: costly, faults: faults && new Faults(faults) };
        return simulate(pipeline!, options).trace;
      };
      const trace = once();
      expect(trace.meta.ended).not.toBe('running');
      expect(checkBooks(trace)).toEqual([]);
      const { tasks } = trace;
      for (let row = 0; row < tasks.count; row++) {
        if (tasks.worker[row]! < 0) continue;
        expect(tasks.start[row]).toBeGreaterThanOrEqual(tasks.dispatch[row]!);
        expect(tasks.leave[row]).toBeGreaterThanOrEqual(tasks.end[row]!);
      }
      expect(traceDigest(once())).toBe(traceDigest(trace));
    }),
    { numRuns: 150, seed },
  );
}, 60_000);
