import { describe, expect, test } from 'vitest';
import type { Phase, PipelineDocument, StageDocument } from '../../src/pipeline/types.ts';
import type { Trace } from '../../src/trace/types.ts';
import { drawLanes } from './lanes.ts';
import { cpuStage, document, simulateDocument, waitStage } from './run.ts';
import { drawWorkers } from './worker-lanes.ts';

type Machine = NonNullable<PipelineDocument['machine']>;
type Routing = NonNullable<Machine['routing']>;

const lanes = (doc: PipelineDocument): string => drawLanes(simulateDocument(doc).trace);
const workers = (doc: PipelineDocument): string => drawWorkers(simulateDocument(doc).trace);
const count = (n: number) => ({ kind: 'count' as const, count: n });
/** One item a ms, but for another rate. */
const uniform = (n: number, rate = 1000) => ({
  kind: 'count' as const,
  count: n,
  arrivals: { kind: 'uniform' as const, rate },
});
const synthetic = (
  id: string,
  phases: Phase[],
  more: Partial<StageDocument> = {},
): StageDocument => ({ id, work: { kind: 'synthetic', phases }, ...more });
/** How many tasks each worker ran. */
function tasksOf(trace: Trace): number[] {
  const counts = Array.from({ length: trace.meta.workers }, () => 0);
  for (let row = 0; row < trace.tasks.count; row++) counts[trace.tasks.worker[row]!]!++;
  return counts;
}

const oneLong = synthetic('a', [{ cpu: { perItem: [10, 1, 1, 1] } }]);

describe('which worker', () => {
  test('round-robin deals blindly', () => {
    const doc = document([oneLong], { machine: { workers: 2, routing: 'round-robin' } });
    expect(lanes(doc)).toBe('a: 1@0-1 0@0-10 3@1-2 2@10-11');
    expect(workers(doc)).toBe('0: a0@0-10 a2@10-11\n1: a1@0-1 a3@1-2');
  });

  test('round-robin takes turns over all stages, in the order in which tasks are formed', () => {
    const doc = document([cpuStage('a', 2), cpuStage('b', 1)], {
      machine: { workers: 2, routing: 'round-robin' },
      source: count(3),
    });
    // Formed: a0 b0 a1 b1 a2 b2.
    expect(workers(doc)).toBe('0: a0@0-2 a1@2-4 a2@4-6\n1: b0@0-1 b1@1-2 b2@2-3');
  });

  test('least-loaded looks', () => {
    for (const routing of ['least-loaded', 'least-loaded-scan', 'two-choices'] as const) {
      const doc = document([oneLong], {
        machine: { workers: 2, routing },
        source: uniform(4, 500),
      });
      expect(lanes(doc)).toBe('a: 0@0-10 1@2-3 2@4-5 3@6-7');
    }
  });

  test('load is what runs and what is routed, not how long it takes', () => {
    const doc = document([synthetic('a', [{ cpu: { perItem: [10, 1, 1, 1, 1] } }])], {
      machine: { workers: 2, routing: 'least-loaded' },
      source: count(5),
    });
    expect(workers(doc)).toBe('0: a0@0-10 a2@10-11 a4@11-12\n1: a1@0-1 a3@1-2');
  });

  test('least-loaded sees loads go down again', () => {
    // The seed of this rule kept the loads of long ago in its heap: everything went to one worker.
    const doc = document([cpuStage('a', 3)], {
      machine: { workers: 3, routing: 'least-loaded' },
      source: uniform(9),
    });
    expect(workers(doc)).toBe(
      '0: a0@0-3 a3@3-6 a6@6-9\n1: a1@1-4 a4@4-7 a7@7-10\n2: a2@2-5 a5@5-8 a8@8-11',
    );
  });

  test('random draws do not depend on what happens', () => {
    const where = (permits: number | null, longest: number): string => {
      const doc = document(
        [
          synthetic('a', [{ wait: { uniform: [0, longest] } }], { permits }),
          cpuStage('b', 1, { after: ['a'] }),
        ],
        {
          machine: { workers: 4, tasksPerWorker: 8, routing: 'random' },
          source: count(50),
          seed: 3,
        },
      );
      const { tasks } = simulateDocument(doc).trace;
      const rows = Array.from({ length: tasks.count }, (_, row) => row);
      rows.sort((x, y) => tasks.stage[x]! - tasks.stage[y]! || tasks.item[x]! - tasks.item[y]!);
      return rows.map((row) => tasks.worker[row]).join('');
    };
    expect(where(null, 1)).toMatch(/^[0-3]{100}$/);
    expect(where(2, 50)).toBe(where(null, 1));
  });

  test('two choices even out what random piles up', () => {
    const most = (routing: Routing): number => {
      const doc = document([cpuStage('a', 1)], {
        machine: { workers: 20, routing },
        source: count(1000),
      });
      return Math.max(...tasksOf(simulateDocument(doc).trace));
    };
    // 50 a worker; the largest of 20 binomials is about 50 + 1.9 · 7, of two choices about 50 + 1.
    expect(most('random')).toBeGreaterThan(58);
    expect(most('two-choices')).toBeLessThan(54);
    expect(most('least-loaded')).toBe(50);
    expect(most('round-robin')).toBe(50);
  });

  test('every worker may be drawn', () => {
    for (const routing of ['random', 'two-choices'] as const) {
      const doc = document([cpuStage('a', 1)], {
        machine: { workers: 5, routing },
        source: count(200),
      });
      for (const tasks of tasksOf(simulateDocument(doc).trace)) expect(tasks).toBeGreaterThan(20);
    }
  });
});

describe('affinity', () => {
  const whereIs = (doc: PipelineDocument): ((stage: number, item: number) => number) => {
    const { tasks } = simulateDocument(doc).trace;
    const found = new Map<string, number>();
    for (let row = 0; row < tasks.count; row++) {
      found.set(`${tasks.stage[row]} ${tasks.item[row]}`, tasks.worker[row]!);
    }
    return (stage, item) => found.get(`${stage} ${item}`) ?? -1;
  };

  test('the worker of its first parent’s task', () => {
    const doc = document([oneLong, cpuStage('b', 1, { after: ['a'] })], {
      machine: { workers: 3, routing: 'affinity' },
      source: count(9),
    });
    const where = whereIs(doc);
    for (let item = 0; item < 9; item++) {
      expect(where(1, item)).toBe(where(0, item));
      expect(where(0, item)).toBe(item % 3);
    }
  });

  test('of two parents the first', () => {
    const doc = document(
      [
        cpuStage('a', 1),
        cpuStage('b', 2),
        cpuStage('c', 1, { after: ['b', 'a'] }),
        cpuStage('d', 1, { after: ['a', 'b'] }),
      ],
      { machine: { workers: 5, routing: 'affinity' }, source: count(7) },
    );
    const where = whereIs(doc);
    for (let item = 0; item < 7; item++) {
      expect(where(2, item)).toBe(where(1, item));
      expect(where(3, item)).toBe(where(0, item));
      expect(where(0, item)).not.toBe(where(1, item));
    }
  });

  test('children, copies and batches follow what they came from', () => {
    const doc = document(
      [
        { id: 'a', work: { kind: 'synthetic', phases: [{ cpu: 1 }], expand: 2 } },
        cpuStage('b', 1, { after: ['a'] }),
        cpuStage('c', 1, { after: ['a', 'b'], join: 'each' }),
        cpuStage('d', 1, { after: ['b'], batch: { size: 2, linger: null } }),
      ],
      { machine: { workers: 3, routing: 'affinity' }, source: count(3) },
    );
    // A batch goes where its first item was made.
    expect(workers(doc)).toBe(
      [
        '0: a0@0-1 b0.0@1-2 c0.0~a@2-3 b0.1@3-4 c0.1~a@4-5 d0.0+1.0@5-6 c0.0~b@6-7 c0.1~b@7-8',
        '1: a1@0-1 b1.0@1-2 c1.0~a@2-3 b1.1@3-4 c1.1~a@4-5 c1.0~b@5-6 d1.1+2.1@6-7 c1.1~b@7-8',
        '2: a2@0-1 b2.0@1-2 c2.0~a@2-3 b2.1@3-4 c2.1~a@4-5 d2.0+0.1@5-6 c2.0~b@6-7 c2.1~b@7-8',
      ].join('\n'),
    );
  });

  test('an all goes where the first of what it takes in was made; with nothing, to the freest', () => {
    const stages = (kept: number): StageDocument[] => [
      cpuStage('busy', 20),
      { id: 'a', work: { kind: 'synthetic', phases: [{ cpu: 1 }], failure: kept } },
      cpuStage('d', 1, { after: ['a'], join: 'all' }),
    ];
    const doc = (failure: number): PipelineDocument =>
      document(stages(failure), {
        machine: { workers: 3, routing: 'affinity' },
        source: { kind: 'count', count: 1 },
      });
    expect(workers(doc(0))).toBe('0: busy0@0-20\n1: a0@0-1 d0@1-2\n2:');
    expect(workers(doc(1))).toBe('0: busy0@0-20\n1: a0@0-1 d@1-2\n2:');
  });

  test('another attempt goes to the same worker', () => {
    const doc = document(
      [
        cpuStage('a', 1),
        {
          ...cpuStage('b', 1, { after: ['a'], retry: { attempts: 3, backoff: 1 } }),
          work: { kind: 'synthetic', phases: [{ cpu: 1 }], failure: 1 },
        },
      ],
      { machine: { workers: 2, routing: 'affinity' }, source: count(2) },
    );
    expect(workers(doc)).toBe('0: a0@0-1 b0@1-2 b0@3-4 b0@6-7\n1: a1@0-1 b1@1-2 b1@3-4 b1@6-7');
  });
});

describe('what else a task needs', () => {
  test('a routed task that lacks a permit does not block its worker’s queue', () => {
    const doc = document([waitStage('a', 5, { permits: 1 }), cpuStage('b', 1)], {
      machine: { workers: 2, routing: 'round-robin' },
      source: count(2),
    });
    const { meta } = simulateDocument(doc).trace;
    expect(meta).toMatchObject({ ended: 'done', makespan: 10 });
    expect(workers(doc)).toBe('0: a0@0-5 a1@5-10\n1: b0@0-1 b1@1-2');
  });

  test('a permit goes to the oldest task whose worker is free', () => {
    const stages = [cpuStage('long', 9), waitStage('a', 2, { permits: 1 })];
    const doc = document(stages, {
      machine: { workers: 3, routing: 'round-robin' },
      source: count(3),
    });
    // Formed: long0→0 a0→1 long1→2 a1→0 long2→1 a2→2; a0 2 ms, then neither 0, 1 nor 2 is free till 9.
    expect(workers(doc)).toBe('0: long0@0-9 a1@9-11\n1: a0@0-2 long2@2-11\n2: long1@0-9 a2@11-13');
  });

  test('shared limits are given in order over all workers', () => {
    const doc = document(
      [cpuStage('a', 1, { uses: { api: 1 } }), cpuStage('b', 1, { uses: { api: 1 }, priority: 5 })],
      {
        limits: { api: 1 },
        machine: { workers: 2, routing: 'round-robin', order: 'priority' },
        source: count(2),
      },
    );
    expect(workers(doc)).toBe('0: a0@2-3 a1@3-4\n1: b0@0-1 b1@1-2');
  });

  test('of one moment the lower item goes first, also when it came a turn later', () => {
    const doc = document(
      [
        waitStage('h', 5, { uses: { api: 1 } }),
        synthetic('a', [{ wait: { perItem: [1, 9] } }]),
        synthetic('c', [{ wait: { perItem: [9, 1] } }]),
        cpuStage('z', 0, { after: ['a'] }),
        cpuStage('b', 1, { after: ['z', 'c'], join: 'each', uses: { api: 1 } }),
      ],
      {
        limits: { api: 1 },
        machine: { workers: 1, tasksPerWorker: 9, routing: 'round-robin' },
        source: count(2),
      },
    );
    // At 1 item 1 comes out of c; item 0 out of a, and through z, which takes no time, only then.
    expect(lanes(doc).split('\n')[4]).toBe('b: 0~z@10-11 1~c@11-12 0~c@12-13 1~z@13-14');
  });

  test('weighted limits are taken together or not at all', () => {
    const doc = document(
      [
        cpuStage('a', 4, { uses: { gpu: 2 } }),
        cpuStage('b', 1, { uses: { gpu: 2 } }),
        cpuStage('c', 1, { uses: { gpu: 1 } }),
      ],
      {
        limits: { gpu: 3 },
        machine: { workers: 3, routing: 'round-robin' },
        source: count(1),
      },
    );
    expect(workers(doc)).toBe('0: a0@0-4\n1: b0@4-5\n2: c0@0-1');
  });

  test('each worker obeys the order among its own tasks', () => {
    const doc = (order: NonNullable<Machine['order']>): PipelineDocument =>
      document(
        [cpuStage('a', 3), cpuStage('b', 2, { priority: 1 }), cpuStage('c', 1, { after: ['b'] })],
        { machine: { workers: 1, routing: 'least-loaded', order }, source: count(2) },
      );
    expect(workers(doc('fifo'))).toBe('0: a0@0-3 b0@3-5 a1@5-8 b1@8-10 c0@10-11 c1@11-12');
    expect(workers(doc('priority'))).toBe('0: b0@0-2 b1@2-4 a0@4-7 a1@7-10 c0@10-11 c1@11-12');
    expect(workers(doc('shortest'))).toBe('0: b0@0-2 c0@2-3 b1@3-5 c1@5-6 a0@6-9 a1@9-12');
    // a has 3 to go, b 2 + 1, so both 3: by item, then stage.
    expect(workers(doc('critical-path'))).toBe('0: a0@0-3 b0@3-5 a1@5-8 b1@8-10 c0@10-11 c1@11-12');
    expect(workers(doc('downstream-first'))).toBe(
      '0: a0@0-3 a1@3-6 b0@6-8 c0@8-9 b1@9-11 c1@11-12',
    );
  });

  test('lifo: the newest of the worker’s own; of one moment by item number', () => {
    const doc = document([cpuStage('a', 2.5)], {
      machine: { workers: 2, order: 'lifo', routing: 'round-robin' },
      source: uniform(8),
    });
    expect(workers(doc)).toBe(
      '0: a0@0-2.5 a2@2.5-5 a4@5-7.5 a6@7.5-10\n1: a1@1-3.5 a3@3.5-6 a5@6-8.5 a7@8.5-11',
    );
    const atOnce = document([cpuStage('a', 1)], {
      machine: { workers: 2, order: 'lifo', routing: 'round-robin' },
      source: count(6),
    });
    expect(workers(atOnce)).toBe('0: a0@0-1 a2@1-2 a4@2-3\n1: a1@0-1 a3@1-2 a5@2-3');
  });

  test('several tasks a worker', () => {
    const doc = document([waitStage('a', 5)], {
      machine: { workers: 2, tasksPerWorker: 2, routing: 'round-robin' },
      source: count(6),
    });
    expect(workers(doc)).toBe('0: a0@0-5 a2@0-5 a4@5-10\n1: a1@0-5 a3@0-5 a5@5-10');
  });
});
