import { describe, expect, test } from 'vitest';
import { drawLanes } from './lanes.ts';
import { cpuStage, document, simulateDocument, waitStage } from './run.ts';

const lanes = (...args: Parameters<typeof simulateDocument>): string =>
  drawLanes(simulateDocument(...args).trace);
const count = (n: number) => ({ kind: 'count' as const, count: n });
const uniform = (n: number, rate: number) => ({
  ...count(n),
  arrivals: { kind: 'uniform' as const, rate },
});

import type { Phase, StageDocument } from '../../src/pipeline/types.ts';

const synthetic = (id: string, phases: Phase[], more: Partial<StageDocument> = {}) => ({
  id,
  work: { kind: 'synthetic' as const, phases },
  ...more,
});
const alwaysFails = (id: string, ms: number, more: Partial<StageDocument> = {}): StageDocument => ({
  id,
  work: { kind: 'synthetic', phases: [{ cpu: ms }], failure: 1 },
  ...more,
});

describe('batches', () => {
  test('linger 0 takes what is there at once', () => {
    const doc = document([cpuStage('a', 2, { batch: { size: 3, linger: 0 } })], {
      machine: { workers: 1 },
    });
    expect(lanes(doc)).toBe('a: 0+1+2@0-2 3@2-4');
  });

  test('a full batch does not wait for its linger', () => {
    const doc = document([cpuStage('a', 1, { batch: { size: 2, linger: 100 } })], {
      machine: { workers: 1 },
      source: uniform(3, 500),
    });
    // Items at 0, 2 and 4; the input ends at 4.
    expect(lanes(doc)).toBe('a: 0+1@2-3 2@4-5');
  });

  test('lingers for the oldest that is left when the oldest was dropped', () => {
    for (const routing of ['shared-queue', 'round-robin'] as const) {
      const doc = document(
        [
          synthetic('a', [{ wait: { perItem: [1, 2, 20] } }]),
          cpuStage('b', 1, {
            after: ['a'],
            batch: { size: 3, linger: 3 },
            buffer: { capacity: 1, whenFull: 'drop-oldest' },
          }),
        ],
        { machine: { workers: 3, routing }, source: count(3) },
      );
      // 1 comes at 2 and drops 0; it lingers till 5, not till 4.
      expect(lanes(doc).split('\n')[1], routing).toBe('b: 1@5-6 2@20-21');
    }
  });

  test('linger null waits for the end of the input, however late', () => {
    const doc = document([cpuStage('a', 1, { batch: { size: 9, linger: null } })], {
      machine: { workers: 1 },
      source: uniform(3, 100),
    });
    expect(lanes(doc)).toBe('a: 0+1+2@20-21');
  });

  test('the input of an inner stage ends when its parents can send no more', () => {
    const doc = document(
      [
        synthetic('a', [{ wait: { perItem: [1, 5, 30] } }]),
        cpuStage('b', 1, { after: ['a'], batch: { size: 2, linger: null } }),
        cpuStage('c', 1, { after: ['b'], batch: { size: 2, linger: null } }),
      ],
      { machine: { workers: 8 }, source: count(3) },
    );
    expect(lanes(doc)).toBe('a: 0@0-1 1@0-5 2@0-30\nb: 0+1@5-6 2@30-31\nc: 0+1@6-7 2@31-32');
  });

  test('when nothing else can happen the partial batch goes', () => {
    const doc = document([cpuStage('a', 1, { batch: { size: 3, linger: null } })], {
      machine: { workers: 2, inFlight: 2 },
    });
    const { trace } = simulateDocument(doc);
    expect(drawLanes(trace)).toBe('a: 0+1@0-1 2+3@1-2');
    expect(trace.meta.ended).toBe('done');
  });

  test('of several partial batches the one nearest the sinks goes', () => {
    const batch = { size: 2, linger: null };
    const doc = document(
      [
        synthetic('a', [{ cpu: 1 }], { batch }),
        cpuStage('b', 1, { after: ['a'], batch: { size: 3, linger: null } }),
      ],
      { machine: { workers: 2, inFlight: 3 } },
    );
    // a: 0+1; at 1 item 2 waits in a, 0 and 1 in b, none can enter: b goes; then 2 and 3 meet.
    expect(lanes(doc)).toBe('a: 0+1@0-1 2+3@2-3\nb: 0+1@1-2 2+3@3-4');
  });

  test('a capacity below a batch that waits to be full is refused', () => {
    const stage = cpuStage('a', 1, { batch: { size: 3, linger: null }, buffer: { capacity: 2 } });
    expect(() => simulateDocument(document([stage]))).toThrow(/batch.size is 3.*room for 2/);
  });

  test('phases: a cost a call and a cost an item', () => {
    const doc = document(
      [
        synthetic(
          'a',
          [
            { cpu: 5 },
            { cpu: { perItem: [1, 2, 3, 4] }, per: 'item' },
            { wait: { perItem: [1, 20, 2, 20] } },
          ],
          { batch: { size: 2, linger: 0 } },
        ),
      ],
      { machine: { workers: 1 } },
    );
    // 5 + (1+2) + 1 = 9, then 5 + (3+4) + 2 = 14.
    expect(lanes(doc)).toBe('a: 0+1@0-9 2+3@9-23');
  });

  test('retried as one and formed again', () => {
    const doc = document(
      [alwaysFails('a', 1, { batch: { size: 2, linger: null }, retry: { attempts: 2 } })],
      { machine: { workers: 1 } },
    );
    const { trace } = simulateDocument(doc);
    expect(drawLanes(trace)).toBe('a: 0+1@0-1? 2+3@1-2? 0+1@2-3! 2+3@3-4!');
    expect(trace.meta.items).toMatchObject({ emitted: 4, failed: 4 });
    expect(trace.meta.stages[0]).toMatchObject({ received: 4, failed: 4, tasks: 4 });
  });

  test('a batch leaves item by item, blocked until its last output is in', () => {
    const doc = document(
      [
        cpuStage('a', 1, { permits: 1, batch: { size: 3, linger: null } }),
        cpuStage('b', 4, { after: ['a'], permits: 1, buffer: { capacity: 1 } }),
      ],
      { machine: { workers: 4 }, source: count(3) },
    );
    expect(lanes(doc)).toBe('a: 0+1+2@0-1~5\nb: 0@1-5 1@5-9 2@9-13');
  });

  test('zip pairs are batched', () => {
    const doc = document(
      [
        cpuStage('a', 1),
        cpuStage('b', 3, { permits: 1 }),
        cpuStage('c', 1, { after: ['a', 'b'], batch: { size: 2, linger: null } }),
      ],
      { machine: { workers: 8 }, source: count(3) },
    );
    expect(lanes(doc).split('\n')[2]).toBe('c: 0+1@6-7 2@9-10');
  });
});

describe('retry', () => {
  test('waits backoff × factor^(n−1) after the n-th failure', () => {
    const doc = document([alwaysFails('a', 1, { retry: { attempts: 4, backoff: 4, factor: 3 } })], {
      source: count(1),
    });
    // Waits of 4, 12 and 36.
    expect(lanes(doc)).toBe('a: 0@0-1? 0@5-6? 0@18-19? 0@55-56!');
  });

  test('backs off without permit or worker, but in flight', () => {
    const doc = (inFlight: number | null) =>
      document([alwaysFails('a', 1, { permits: 1, retry: { attempts: 2, backoff: 10 } })], {
        machine: { workers: 1, inFlight },
        source: count(2),
      });
    expect(lanes(doc(null))).toBe('a: 0@0-1? 1@1-2? 0@11-12! 1@12-13!');
    expect(lanes(doc(1))).toBe('a: 0@0-1? 0@11-12! 1@12-13? 1@23-24!');
  });

  test('rejoins the tail of the buffer, over its capacity', () => {
    const doc = document(
      [alwaysFails('a', 1, { permits: 1, retry: { attempts: 2 }, buffer: { capacity: 1 } })],
      { machine: { workers: 1 }, source: count(3) },
    );
    expect(lanes(doc)).toBe('a: 0@0-1? 1@1-2? 0@2-3! 1@3-4! 2@4-5? 2@5-6!');
  });

  test('is never dropped there', () => {
    const doc = (whenFull: 'drop-newest' | 'drop-oldest') =>
      document(
        [
          alwaysFails('a', 2, {
            permits: 1,
            retry: { attempts: 2 },
            buffer: { capacity: 1, whenFull },
          }),
        ],
        { machine: { workers: 1 }, source: uniform(3, 1000) },
      );
    // At 2: 0 fails and rejoins behind 1; then 2 comes.
    expect(lanes(doc('drop-newest'))).toBe('a: 0@0-2? 1@2-4? 0@4-6! 1@6-8!');
    // 1 is the oldest that may be dropped, 0 is not.
    expect(lanes(doc('drop-oldest'))).toContain('0@0-2? 0@2-4! 2@4-6? 2@6-8!');
  });

  test('a retried item is not dropped later either, when it has become the oldest', () => {
    const doc = document(
      [
        alwaysFails('a', 1.5, {
          permits: 1,
          retry: { attempts: 2 },
          buffer: { capacity: 1, whenFull: 'drop-oldest' },
        }),
      ],
      { machine: { workers: 1 }, source: uniform(3, 1000) },
    );
    // At 1.5 0 rejoins behind 1, which starts; at 2 comes 2 and finds only 0.
    expect(lanes(doc)).toContain('0@0-1.5? 1@1.5-3? 0@3-4.5!');
  });

  test('draws a fresh service time', () => {
    const doc = document(
      [
        {
          id: 'a',
          retry: { attempts: 2 },
          work: { kind: 'synthetic', phases: [{ cpu: { uniform: [1, 100] } }], failure: 1 },
        },
      ],
      { source: count(1) },
    );
    const { tasks } = simulateDocument(doc).trace;
    const service = [0, 1].map((row) => tasks.end[row]! - tasks.start[row]!);
    expect(service[0]).not.toBeCloseTo(service[1]!, 3);
  });
});

describe('timeout', () => {
  test('waits obey the signal', () => {
    const doc = document([waitStage('a', 100, { timeout: 10, retry: { attempts: 2 } })], {
      source: count(1),
    });
    const { trace } = simulateDocument(doc);
    expect(drawLanes(trace)).toMatch(/^a: 0@0-10[%?] 0@10-20%$/);
    expect(trace.meta.stages[0]).toMatchObject({ timedOut: 2, failed: 1, retried: 1 });
  });

  test('ends come before timers: a task that ends at its timeout is in time', () => {
    expect(lanes(document([waitStage('a', 10, { timeout: 10 })], { source: count(1) }))).toBe(
      'a: 0@0-10',
    );
  });

  test('CPU does not: the worker is terminated 50 ms after the signal, and replaced', () => {
    const doc = document([cpuStage('a', 100, { timeout: 10 })], {
      machine: { workers: 1 },
      source: count(2),
    });
    expect(lanes(doc)).toBe('a: 0@0-60% 1@60-120%');
  });

  test('CPU within the grace runs on, the wait after it does not', () => {
    const doc = document([synthetic('a', [{ cpu: 30 }, { wait: 100 }], { timeout: 10 })], {
      source: count(1),
    });
    expect(lanes(doc)).toBe('a: 0@0-30%');
  });

  test('other open tasks of the worker run again, without counting as an attempt', () => {
    const doc = document([cpuStage('a', 100, { timeout: 10 }), waitStage('b', 80)], {
      machine: { workers: 1, tasksPerWorker: 2 },
      source: count(1),
    });
    const { trace } = simulateDocument(doc);
    expect(drawLanes(trace)).toBe('a: 0@0-60%\nb: 0@0-60& 0@60-140');
    expect(trace.meta.stages[1]).toMatchObject({ received: 1, delivered: 1, retried: 0 });
    const attempts = Array.from(trace.tasks.attempt.subarray(0, trace.tasks.count));
    expect(attempts).toEqual([1, 1, 1]);
  });

  test('covers the set-up; a new worker sets up again', () => {
    const doc = document(
      [
        synthetic('a', [{ cpu: { perItem: [100, 1] } }], {
          timeout: 20,
          setup: { phases: [{ cpu: 5 }], when: 'worker' },
        }),
      ],
      { machine: { workers: 1 }, source: count(2) },
    );
    expect(lanes(doc)).toBe('a: 0@0-70% 1@70-76');
    const slow = waitStage('a', 8, {
      timeout: 10,
      setup: { phases: [{ wait: 8 }], when: 'task' },
    });
    expect(lanes(document([slow], { source: count(1) }))).toBe('a: 0@0-10%');
  });

  test('does not cover queueing or being blocked', () => {
    const doc = document(
      [
        waitStage('a', 4, { timeout: 5, permits: 1 }),
        waitStage('b', 100, { after: ['a'], permits: 1, buffer: { capacity: 0 } }),
      ],
      { machine: { workers: 4 }, source: count(3) },
    );
    expect(lanes(doc)).toBe('a: 0@0-4 1@4-8~104 2@104-108~204\nb: 0@4-104 1@104-204 2@204-304');
  });
});
