import { describe, expect, test } from 'vitest';
import { drawLanes } from './lanes.ts';
import { cpuStage, document, simulateDocument, waitStage } from './run.ts';

const lanes = (...args: Parameters<typeof simulateDocument>): string =>
  drawLanes(simulateDocument(...args).trace);
const count = (n: number) => ({ kind: 'count' as const, count: n });

import type { Phase, StageDocument } from '../../src/pipeline/types.ts';
import { Mark, type Trace } from '../../src/trace/types.ts';

const synthetic = (id: string, phases: Phase[], more: Partial<StageDocument> = {}) => ({
  id,
  work: { kind: 'synthetic' as const, phases },
  ...more,
});
const arrivalsOf = (trace: Trace): number[] =>
  Array.from(trace.items.arrive.subarray(0, trace.items.count));
const marksOf = (trace: Trace, kind: number): number =>
  Array.from(trace.marks.kind.subarray(0, trace.marks.count)).filter((k) => k === kind).length;

describe('CPU and wait', () => {
  test('tasks of one worker overlap waits, never CPU', () => {
    const doc = document([synthetic('a', [{ wait: 2 }, { cpu: 2 }, { wait: 1 }])], {
      machine: { workers: 1, tasksPerWorker: 2 },
      source: count(3),
    });
    expect(lanes(doc)).toBe('a: 0@0-5 1@0-7 2@5-10');
  });

  test('processor sharing: three threads on two cores', () => {
    const doc = document([synthetic('a', [{ cpu: { perItem: [2, 4, 4] } }])], {
      machine: { workers: 3 },
      source: count(3),
    });
    // Each at 2/3 until 3; then two threads with 2 left each, on two cores.
    expect(lanes(doc, 2)).toBe('a: 0@0-3 1@0-5 2@0-5');
  });

  test('processor sharing: phases come and go', () => {
    const both = document([synthetic('a', [{ cpu: 2 }, { wait: 3 }, { cpu: 2 }])], {
      machine: { workers: 2 },
      source: count(2),
    });
    expect(lanes(both, 1)).toBe('a: 0@0-11 1@0-11');
    const late = document([synthetic('a', [{ wait: { perItem: [0, 2] } }, { cpu: 3 }])], {
      machine: { workers: 2 },
      source: count(2),
    });
    expect(lanes(late, 1)).toBe('a: 0@0-4 1@0-6');
  });

  test('two open tasks of one worker are one thread to the cores', () => {
    const doc = document([cpuStage('a', 2)], {
      machine: { workers: 2, tasksPerWorker: 2, cores: 1 },
    });
    // Two threads share one core: 0 and 1 at half speed until 4, then 2 and 3.
    expect(lanes(doc)).toBe('a: 0@0-4 1@0-4 2@4-8 3@4-8');
  });

  test('the document pins the cores', () => {
    const doc = document([cpuStage('a', 2)], { machine: { workers: 4, cores: 1 } });
    expect(simulateDocument(doc, 8).trace.meta).toMatchObject({ makespan: 8, cores: 1 });
  });

  test('waits need no core', () => {
    const doc = document([waitStage('a', 2)], { machine: { workers: 4, cores: 1 } });
    expect(simulateDocument(doc).trace.meta.makespan).toBe(2);
  });
});

describe('set-up', () => {
  const setup = (when: 'task' | 'worker' | 'start', workers: number, n: number): string =>
    lanes(
      document([cpuStage('a', 1, { setup: { phases: [{ cpu: 3 }], when } })], {
        machine: { workers },
        source: count(n),
      }),
    );

  test('a task, once a worker, or before the clock', () => {
    expect(setup('task', 1, 2)).toBe('a: 0@0-4 1@4-8');
    expect(setup('worker', 1, 2)).toBe('a: 0@0-4 1@4-5');
    expect(setup('worker', 2, 4)).toBe('a: 0@0-4 1@0-4 2@4-5 3@4-5');
    expect(setup('start', 1, 2)).toBe('a: 0@0-1 1@1-2');
  });

  test('each stage sets up by itself on a worker', () => {
    const doc = document(
      [
        cpuStage('a', 1, { setup: { phases: [{ cpu: 3 }], when: 'worker' } }),
        cpuStage('b', 1, { after: ['a'], setup: { phases: [{ cpu: 2 }], when: 'worker' } }),
      ],
      { machine: { workers: 1 }, source: count(2) },
    );
    expect(lanes(doc)).toBe('a: 0@0-4 1@4-5\nb: 0@5-8 1@8-9');
  });

  test('no task runs on a worker before the stage is set up there', () => {
    const doc = document(
      [waitStage('a', 1, { setup: { phases: [{ wait: 3 }], when: 'worker' } })],
      { machine: { workers: 1, tasksPerWorker: 2 }, source: count(3) },
    );
    expect(lanes(doc)).toBe('a: 0@0-4 1@0-4 2@4-5');
  });

  test('fold sets up once a task only where it says so', () => {
    const doc = document(
      [cpuStage('f', 1, { join: 'fold', setup: { phases: [{ cpu: 3 }], when: 'worker' } })],
      { machine: { workers: 4 }, source: count(2) },
    );
    expect(lanes(doc)).toBe('f: 0@0-4 1@4-5 f@5-5');
  });
});

describe('workers', () => {
  test('warm ones start before the clock, the rest when first needed', () => {
    const up = (warm: number | 'all', permits: number): number => {
      const doc = document([cpuStage('a', 1, { permits })], { machine: { workers: 4, warm } });
      return marksOf(simulateDocument(doc).trace, Mark.workerUp);
    };
    expect(up('all', 1)).toBe(4);
    expect(up(1, 1)).toBe(1);
    expect(up(0, 1)).toBe(1);
    expect(up(1, 2)).toBe(2);
    expect(up(0, 4)).toBe(4);
  });

  test('set-up before the clock costs those who start later', () => {
    const doc = document(
      [
        cpuStage('a', 2, {
          setup: { phases: [{ cpu: 3 }, { wait: { uniform: [0, 4] } }], when: 'start' },
        }),
      ],
      { machine: { workers: 2, warm: 1 }, source: count(4) },
    );
    // Worker 0 was set up before the clock; worker 1 needs 3 and the mean of 2 before it is ready.
    expect(lanes(doc)).toBe('a: 0@0-2 1@2-4 2@4-6 3@5-7');
  });

  test('starting late costs nothing on the ideal machine', () => {
    const doc = document([cpuStage('a', 2)], { machine: { workers: 2, warm: 0 } });
    expect(lanes(doc)).toBe('a: 0@0-2 1@0-2 2@2-4 3@2-4');
  });
});

describe('arrivals', () => {
  test('uniform and bursts', () => {
    const arrivals = (arrivals: { kind: 'uniform' | 'bursts'; rate: number; size?: number }) =>
      arrivalsOf(
        simulateDocument(
          document([cpuStage('a', 1)], {
            source: { kind: 'count', count: 5, arrivals: arrivals as never },
          }),
        ).trace,
      );
    expect(arrivals({ kind: 'uniform', rate: 500 })).toEqual([0, 2, 4, 6, 8]);
    // The rate is of items: bursts of 2 at 500 a second come every 4 ms.
    expect(arrivals({ kind: 'bursts', rate: 500, size: 2 })).toEqual([0, 0, 4, 4, 8]);
  });
});
