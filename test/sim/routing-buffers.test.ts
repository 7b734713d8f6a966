import { describe, expect, test } from 'vitest';
import type { Phase, PipelineDocument, StageDocument } from '../../src/pipeline/types.ts';
import { Mark, type Trace } from '../../src/trace/types.ts';
import { drawLanes } from './lanes.ts';
import { cpuStage, document, simulateDocument } from './run.ts';
import { drawWorkers } from './worker-lanes.ts';

type Machine = NonNullable<PipelineDocument['machine']>;
type Routing = NonNullable<Machine['routing']>;

const perWorker: readonly Routing[] = [
  'round-robin',
  'random',
  'least-loaded',
  'least-loaded-scan',
  'two-choices',
  'affinity',
];

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
const marksOf = (trace: Trace, kind: number): number =>
  Array.from(trace.marks.kind.subarray(0, trace.marks.count)).filter((k) => k === kind).length;

describe('batches', () => {
  const batched = (
    batch: NonNullable<StageDocument['batch']>,
    routing: Routing,
    n: number,
  ): PipelineDocument =>
    document([synthetic('a', [{ cpu: { perItem: [5, 1, 1, 1, 1] } }], { batch })], {
      machine: { workers: 2, routing },
      source: count(n),
    });

  test('are routed as one', () => {
    expect(workers(batched({ size: 2, linger: null }, 'round-robin', 5))).toBe(
      '0: a0+1@0-5 a4@5-6\n1: a2+3@0-1',
    );
    expect(workers(batched({ size: 2, linger: 0 }, 'least-loaded', 5))).toBe(
      '0: a0+1@0-5 a4@5-6\n1: a2+3@0-1',
    );
  });

  test('are formed when they may go, and do not grow while they wait for their worker', () => {
    const doc = document([cpuStage('a', 4, { batch: { size: 3, linger: 1 } })], {
      machine: { workers: 1, routing: 'least-loaded' },
      source: uniform(6),
    });
    expect(lanes(doc)).toBe('a: 0+1@1-5 2+3@5-9 4+5@9-13');
    const shared = { ...doc, machine: { ...doc.machine, routing: 'shared-queue' as const } };
    expect(lanes(shared)).toBe('a: 0+1@1-5 2+3+4@5-9 5@9-13');
  });

  test('one that waits to be full while nothing else can happen goes as it is', () => {
    const doc = document(
      [cpuStage('a', 1, { batch: { size: 4, linger: null } }), cpuStage('b', 1, { after: ['a'] })],
      { machine: { workers: 2, routing: 'round-robin', inFlight: 2 }, source: count(4) },
    );
    expect(workers(doc)).toBe('0: a0+1@0-1 b1@1-2 b2@3-4\n1: b0@1-2 a2+3@2-3 b3@3-4');
  });

  test('at capacity 0 a batch comes straight from its producers’ hands', () => {
    const doc = document(
      [
        cpuStage('a', 1),
        cpuStage('b', 3, {
          after: ['a'],
          batch: { size: 2, linger: 0 },
          buffer: { capacity: 0 },
        }),
      ],
      { machine: { workers: 2, routing: 'round-robin' }, source: count(4) },
    );
    // At 1 both tasks of a are blocked and hold its two permits, so a2 (older) has to let b go first.
    expect(lanes(doc)).toBe('a: 0@0-1 1@0-1 3@1-2 2@4-5\nb: 0+1@1-4 3@2-5 2@5-8');
  });
});

describe('buffers', () => {
  test('routed items are still in the buffer: throttle', () => {
    const doc = document(
      [cpuStage('a', 1), cpuStage('b', 4, { after: ['a'], buffer: { capacity: 1 } })],
      { machine: { workers: 2, routing: 'affinity' }, source: count(4) },
    );
    // b0 waits on 0 behind a2 (older) and fills the buffer: a1 is blocked and holds a permit that a3
    // lacks. At 2 b0 starts and b1 enters; on 1 a3 is older than b1.
    const { trace } = simulateDocument(doc);
    expect(trace.meta.items).toMatchObject({ emitted: 4, delivered: 4 });
    expect(drawLanes(trace)).toBe('a: 0@0-1 1@0-1~2 2@1-2~3 3@2-3~6\nb: 0@2-6 1@3-7 2@6-10 3@7-11');
  });

  test('drop-oldest drops among them too', () => {
    const doc = document(
      [cpuStage('a', 10, { buffer: { capacity: 2, whenFull: 'drop-oldest' } })],
      { machine: { workers: 1, routing: 'round-robin' }, source: uniform(5) },
    );
    expect(lanes(doc)).toBe('a: 0@0-10 3@10-20 4@20-30');
    const two = { ...doc, source: uniform(6), machine: { ...doc.machine, workers: 2 } };
    expect(workers(two)).toBe('0: a0@0-10 a4@10-20\n1: a1@1-11 a5@11-21');
  });

  test('drop-oldest takes an item out of a batch that waits', () => {
    const doc = (n: number): PipelineDocument =>
      document(
        [
          cpuStage('a', 10, {
            batch: { size: 2, linger: null },
            buffer: { capacity: 2, whenFull: 'drop-oldest' },
          }),
        ],
        { machine: { workers: 1, routing: 'round-robin' }, source: uniform(n) },
      );
    // 2+3 wait; 4 drops 2.
    expect(lanes(doc(5))).toBe('a: 0+1@1-11 3@11-21 4@21-31');
    // 5 drops 3, and nothing is left of that task.
    expect(lanes(doc(6))).toBe('a: 0+1@1-11 4+5@11-21');
  });

  test('drop-newest at capacity 0: what its worker cannot start at once is lost', () => {
    const doc = document(
      [cpuStage('a', 2.5, { buffer: { capacity: 0, whenFull: 'drop-newest' } })],
      { machine: { workers: 2, routing: 'round-robin' }, source: uniform(6) },
    );
    // 2 finds worker 0 busy till 2.5 and 3 worker 1 till 3.5; 4 and 5 come to free ones.
    expect(workers(doc)).toBe('0: a0@0-2.5 a4@4-6.5\n1: a1@1-3.5 a5@5-7.5');
    expect(simulateDocument(doc).trace.meta.items).toMatchObject({ delivered: 4, dropped: 2 });
  });

  test('capacity 0: the output stays with its task until its worker starts it', () => {
    const doc = document(
      [cpuStage('a', 1), cpuStage('b', 5, { after: ['a'], buffer: { capacity: 0 } })],
      { machine: { workers: 2, routing: 'round-robin' }, source: count(3) },
    );
    expect(lanes(doc)).toBe('a: 0@0-1 1@0-1~2 2@1-2~6\nb: 0@1-6 1@2-7 2@6-11');
  });

  test('in flight, throttled and routed: nothing hangs', () => {
    for (const routing of perWorker) {
      const doc = document(
        [
          cpuStage('a', 1, { buffer: { capacity: 0 } }),
          cpuStage('b', 1, { after: ['a'], permits: 1, buffer: { capacity: 0 } }),
          cpuStage('c', 1, { after: ['a', 'b'], buffer: { capacity: 1 } }),
        ],
        { machine: { workers: 2, routing, inFlight: 3 }, source: count(10) },
      );
      const { meta } = simulateDocument(doc).trace;
      expect(meta, routing).toMatchObject({ ended: 'done', items: { delivered: 10 } });
    }
  });
});

describe('folds and alls', () => {
  test('all steps of a fold go where the first went', () => {
    const doc = document([cpuStage('a', 1), cpuStage('f', 1, { after: ['a'], join: 'fold' })], {
      machine: { workers: 2, routing: 'round-robin' },
      source: count(4),
    });
    const { tasks } = simulateDocument(doc).trace;
    const homes = Array.from({ length: tasks.count }, (_, row) => row)
      .filter((row) => tasks.stage[row] === 1)
      .map((row) => tasks.worker[row]);
    expect(homes).toEqual([0, 0, 0, 0, 0]);
  });

  test('a fold takes its steps as they came, even under lifo', () => {
    for (const routing of ['shared-queue', 'round-robin'] as const) {
      const doc = document([cpuStage('f', 2, { join: 'fold' })], {
        machine: { workers: 1, order: 'lifo', routing },
        source: uniform(4),
      });
      expect(lanes(doc), routing).toBe('f: 0@0-2 1@2-4 2@4-6 3@6-8 f@8-8');
    }
  });

  test('a fold and an all over nothing still give their results', () => {
    for (const routing of perWorker) {
      const doc = document(
        [cpuStage('f', 1, { join: 'fold' }), cpuStage('d', 1, { join: 'all' })],
        { machine: { workers: 2, routing }, source: count(0) },
      );
      expect(simulateDocument(doc).trace.meta.results, routing).toMatchObject({
        emitted: 2,
        delivered: 2,
      });
    }
  });
});

describe('attempts and stops', () => {
  const failing = (
    more: Partial<StageDocument>,
    phases: Phase[] = [{ cpu: 1 }],
  ): StageDocument => ({
    id: 'a',
    work: { kind: 'synthetic', phases, failure: 1 },
    ...more,
  });

  test('another attempt is a task of its own, routed anew', () => {
    const doc = document([failing({ retry: { attempts: 3, backoff: 1 } })], {
      machine: { workers: 2, routing: 'round-robin' },
      source: count(1),
    });
    expect(workers(doc)).toBe('0: a0@0-1 a0@5-6\n1: a0@2-3');
  });

  test('stop cancels what is routed', () => {
    const doc = document([failing({ onError: 'stop' }, [{ cpu: { perItem: [1, 3] } }])], {
      machine: { workers: 2, routing: 'round-robin' },
      source: count(6),
    });
    const { meta } = simulateDocument(doc).trace;
    expect(meta.ended).toBe('failed');
    expect(meta.items).toMatchObject({ emitted: 6, failed: 1, cancelled: 5 });
    expect(lanes(doc)).toBe('a: 0@0-1! 1@0-1x');
  });
});

describe('workers that are not there yet', () => {
  const started = (routing: Routing, n: number): number => {
    const doc = document([cpuStage('a', 1)], {
      machine: { workers: 3, warm: 0, routing },
      source: uniform(n, 500),
    });
    return marksOf(simulateDocument(doc).trace, Mark.workerUp);
  };

  test('are started when a task is routed to them', () => {
    expect(started('round-robin', 1)).toBe(1);
    expect(started('round-robin', 2)).toBe(2);
    expect(started('round-robin', 9)).toBe(3);
    expect(started('random', 30)).toBe(3);
    // One is always free when the next item comes: no other is needed.
    expect(started('least-loaded', 9)).toBe(1);
    expect(started('affinity', 9)).toBe(1);
  });
});
