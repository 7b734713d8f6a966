import { describe, expect, test } from 'vitest';
import { drawLanes } from './lanes.ts';
import { Mark } from '../../src/trace/types.ts';
import { cpuStage, document, simulateDocument, waitStage } from './run.ts';

const lanes = (...args: Parameters<typeof simulateDocument>): string =>
  drawLanes(simulateDocument(...args).trace);
const count = (n: number) => ({ kind: 'count' as const, count: n });
const uniform = (n: number, rate: number) => ({
  ...count(n),
  arrivals: { kind: 'uniform' as const, rate },
});

import type { MachineDocument, Order, StageDocument } from '../../src/pipeline/types.ts';

describe('shared limits', () => {
  test('a task that lacks one is passed over by those behind it', () => {
    const doc = document(
      [cpuStage('a', 3, { uses: { api: 2 } }), cpuStage('b', 1, { uses: { api: 1 } })],
      { limits: { api: 3 }, machine: { workers: 4 }, source: count(2) },
    );
    expect(lanes(doc)).toBe('a: 0@0-3 1@3-6\nb: 0@0-1 1@1-2');
  });

  test('taken all together or none: a task that waits for y holds no x', () => {
    const doc = document(
      [cpuStage('a', 4, { uses: { x: 1, y: 1 } }), cpuStage('b', 1, { uses: { x: 1 } })],
      { limits: { x: 2, y: 1 }, machine: { workers: 8 }, source: count(2) },
    );
    expect(lanes(doc)).toBe('a: 0@0-4 1@4-8\nb: 0@0-1 1@1-2');
  });

  test('a weight above the capacity is refused', () => {
    const doc = document([cpuStage('a', 1, { uses: { api: 3 } })], { limits: { api: 2 } });
    expect(() => simulateDocument(doc)).toThrow(/api/);
  });
});

describe('nested limits: the smaller one wins', () => {
  const nested = (inFlight: number | null, permits: number | null) =>
    simulateDocument(
      document([waitStage('a', 10, { permits })], {
        machine: { workers: 40, inFlight },
        source: count(40),
      }),
    ).trace.meta.makespan;

  test('10 in 10 is 10, 20 in 10 is 10, 20 alone is 20, 10 alone is 10', () => {
    expect(nested(10, 10)).toBe(40);
    expect(nested(10, 20)).toBe(40);
    expect(nested(null, 20)).toBe(20);
    expect(nested(20, 10)).toBe(40);
    expect(nested(10, null)).toBe(40);
    expect(nested(null, null)).toBe(10);
  });

  test('permits, shared limit and workers together', () => {
    const run = (permits: number, limit: number, workers: number) =>
      simulateDocument(
        document([waitStage('a', 10, { permits, uses: { x: 1 } })], {
          limits: { x: limit },
          machine: { workers },
          source: count(12),
        }),
      ).trace.meta.makespan;
    expect(run(2, 3, 4)).toBe(60);
    expect(run(3, 2, 4)).toBe(60);
    expect(run(4, 3, 2)).toBe(60);
  });
});

describe('memory budget', () => {
  const budget = (bytes: number, machine: MachineDocument, stages: StageDocument[], n = 4) =>
    document(stages, {
      machine: { workers: 8, memory: { budget: 100, highWater: 0.8 }, ...machine },
      source: { kind: 'count', count: n, bytes },
    });

  test('the source pauses above the mark and goes on below it', () => {
    const { trace } = simulateDocument(budget(35, {}, [waitStage('a', 1)]));
    expect(drawLanes(trace)).toBe('a: 0@0-1 1@0-1 2@1-2 3@1-2');
    expect(trace.meta.memoryPeak).toBe(70);
  });

  test('items larger than the budget pass one at a time', () => {
    const { trace } = simulateDocument(budget(500, {}, [waitStage('a', 1)], 3));
    expect(drawLanes(trace)).toBe('a: 0@0-1 1@1-2 2@2-3');
    expect(trace.meta.ended).toBe('done');
    const overruns = trace.marks.kind
      .subarray(0, trace.marks.count)
      .filter((kind) => kind === Mark.overrun);
    expect(overruns.length).toBe(3);
  });

  test('never hangs on a batch that waits for more: the partial batch goes', () => {
    const stage = waitStage('a', 1, { batch: { size: 4, linger: null } });
    const { trace } = simulateDocument(budget(35, {}, [stage]));
    expect(drawLanes(trace)).toBe('a: 0+1@0-1 2+3@1-2');
  });

  test('never hangs on joins that hold everything', () => {
    for (const join of ['all', 'fold'] as const) {
      const { meta } = simulateDocument(
        budget(50, {}, [waitStage('a', 1), waitStage('d', 1, { after: ['a'], join })], 6),
      ).trace;
      expect(meta.ended).toBe('done');
      expect(meta.items).toMatchObject({ emitted: 6, delivered: 6 });
      expect(meta.results).toMatchObject({ emitted: 1, delivered: 1 });
    }
  });
});

describe('order', () => {
  const run = (order: Order, stages: StageDocument[], n: number): string =>
    lanes(document(stages, { machine: { workers: 1, order }, source: count(n) }));
  const chain = [cpuStage('a', 1), cpuStage('b', 1, { after: ['a'] })];

  test('fifo: arrival, then item number, then stage position', () => {
    expect(run('fifo', chain, 2)).toBe('a: 0@0-1 1@1-2\nb: 0@2-3 1@3-4');
    expect(run('fifo', [cpuStage('a', 1), cpuStage('b', 1)], 2)).toBe(
      'a: 0@0-1 1@2-3\nb: 0@1-2 1@3-4',
    );
  });

  test('fifo: of what arrives at one instant the lower item number goes first', () => {
    const waits = (id: string, ms: number[], after: string[] = []): StageDocument => ({
      id,
      after,
      work: { kind: 'synthetic', phases: [{ wait: { perItem: ms } }] },
    });
    const doc = document(
      [
        waits('a', [2, 1]),
        waits('b', [1, 2], ['a']),
        cpuStage('c', 1, { after: ['b'], permits: 1 }),
      ],
      { machine: { workers: 8 }, source: count(2) },
    );
    // b began 1 before 0; both end at 3.
    expect(lanes(doc).split('\n')[2]).toBe('c: 0@3-4 1@4-5');
  });

  test('lifo', () => {
    const doc = document([cpuStage('a', 2.5)], {
      machine: { workers: 1, order: 'lifo' },
      source: uniform(4, 1000),
    });
    expect(lanes(doc)).toBe('a: 0@0-2.5 2@2.5-5 3@5-7.5 1@7.5-10');
  });

  test('priority: larger first, ties by arrival', () => {
    const stages = [
      cpuStage('a', 1),
      cpuStage('b', 1, { priority: 5 }),
      cpuStage('c', 1, { priority: 5 }),
      cpuStage('d', 1, { priority: -1 }),
    ];
    expect(run('priority', stages, 2)).toBe(
      'a: 0@4-5 1@5-6\nb: 0@0-1 1@2-3\nc: 0@1-2 1@3-4\nd: 0@6-7 1@7-8',
    );
  });

  test('priority does not make a task that lacks a permit delay others', () => {
    const stages = [cpuStage('a', 2), waitStage('b', 5, { priority: 5, permits: 1 })];
    const doc = document(stages, {
      machine: { workers: 2, order: 'priority' },
      source: count(2),
    });
    expect(lanes(doc)).toBe('a: 0@0-2 1@2-4\nb: 0@0-5 1@5-10');
  });

  test('shortest goes by the mean of the stage', () => {
    const stages: StageDocument[] = [
      { id: 'a', work: { kind: 'synthetic', phases: [{ cpu: { perItem: [1, 9] } }] } },
      cpuStage('b', 2),
    ];
    expect(run('shortest', stages, 2)).toBe('a: 0@4-5 1@5-14\nb: 0@0-2 1@2-4');
  });

  test('critical-path: the longest way to the sinks first', () => {
    const stages = [cpuStage('a', 5), cpuStage('b', 1), cpuStage('c', 10, { after: ['b'] })];
    expect(run('critical-path', stages, 1)).toBe('a: 0@11-16\nb: 0@0-1\nc: 0@1-11');
    expect(run('fifo', stages, 1)).toBe('a: 0@0-5\nb: 0@5-6\nc: 0@6-16');
  });

  test('downstream-first', () => {
    expect(run('downstream-first', chain, 2)).toBe('a: 0@0-1 1@2-3\nb: 0@1-2 1@3-4');
  });
});
