import { describe, expect, test } from 'vitest';
import { drawLanes } from './lanes.ts';
import { cpuStage, document, simulateDocument, waitStage } from './run.ts';

const lanes = (...args: Parameters<typeof simulateDocument>): string =>
  drawLanes(simulateDocument(...args).trace);
const count = (n: number) => ({ kind: 'count' as const, count: n });

describe('throttle', () => {
  test('permits null: running + blocked stay within workers × tasksPerWorker', () => {
    const doc = document(
      [
        cpuStage('fast', 1),
        cpuStage('slow', 4, { after: ['fast'], permits: 1, buffer: { capacity: 1 } }),
      ],
      { machine: { workers: 2 }, source: count(5) },
    );
    expect(lanes(doc)).toBe(
      'fast: 0@0-1 1@0-1 2@1-2~5 3@2-3~9 4@5-6~13\nslow: 0@1-5 1@5-9 2@9-13 3@13-17 4@17-21',
    );
  });

  test('a blocked task gives back its worker and its shared limits', () => {
    const chain = (capacity: number) =>
      document(
        [
          cpuStage('a', 1, { permits: 1, uses: { api: 1 } }),
          cpuStage('b', 3, { after: ['a'], uses: { api: 1 }, buffer: { capacity } }),
        ],
        { machine: { workers: 1 }, limits: { api: 1 }, source: count(3) },
      );
    expect(lanes(chain(0))).toBe('a: 0@0-1 1@4-5 2@8-9\nb: 0@1-4 1@5-8 2@9-12');
    expect(lanes(chain(1))).toBe('a: 0@0-1 1@1-2 2@5-6\nb: 0@2-5 1@6-9 2@9-12');
  });

  test('the block travels up a chain to the source', () => {
    // c takes 10 an item; b and a each hold one blocked task, the source waits.
    const doc = document(
      [
        cpuStage('a', 1, { permits: 1, buffer: { capacity: 0 } }),
        cpuStage('b', 1, { after: ['a'], permits: 1, buffer: { capacity: 0 } }),
        cpuStage('c', 10, { after: ['b'], permits: 1, buffer: { capacity: 0 } }),
      ],
      { machine: { workers: 4 }, source: count(4) },
    );
    expect(lanes(doc)).toBe(
      'a: 0@0-1 1@1-2 2@2-3~12 3@12-13~22\n' +
        'b: 0@1-2 1@2-3~12 2@12-13~22 3@22-23~32\n' +
        'c: 0@2-12 1@12-22 2@22-32 3@32-42',
    );
  });

  test('all children of one item enter a buffer of 1 one by one, and the task is blocked meanwhile', () => {
    const doc = document(
      [
        { id: 'a', permits: 1, work: { kind: 'synthetic', phases: [{ cpu: 1 }], expand: 3 } },
        cpuStage('b', 4, { after: ['a'], permits: 1, buffer: { capacity: 1 } }),
      ],
      { machine: { workers: 2 }, source: count(2) },
    );
    expect(lanes(doc)).toBe(
      'a: 0@0-1~5 1@5-6~17\nb: 0.0@1-5 0.1@5-9 0.2@9-13 1.0@13-17 1.1@17-21 1.2@21-25',
    );
  });
});

describe('forks', () => {
  test('each edge is entered as room appears there; blocked until the last one is', () => {
    const doc = document(
      [
        cpuStage('a', 1, { permits: 1 }),
        cpuStage('b', 1, { after: ['a'] }),
        cpuStage('c', 5, { after: ['a'], permits: 1, buffer: { capacity: 1 } }),
      ],
      { machine: { workers: 4 } },
    );
    expect(lanes(doc)).toBe(
      'a: 0@0-1 1@1-2 2@2-3~6 3@6-7~11\n' +
        'b: 0@1-2 1@2-3 2@3-4 3@7-8\n' +
        'c: 0@1-6 1@6-11 2@11-16 3@16-21',
    );
  });

  test('two full children: the task leaves with the slower one', () => {
    const doc = document(
      [
        cpuStage('a', 1, { permits: 1 }),
        cpuStage('b', 3, { after: ['a'], permits: 1, buffer: { capacity: 0 } }),
        cpuStage('c', 5, { after: ['a'], permits: 1, buffer: { capacity: 0 } }),
      ],
      { machine: { workers: 4 }, source: count(3) },
    );
    expect(lanes(doc)).toBe(
      'a: 0@0-1 1@1-2~6 2@6-7~11\nb: 0@1-4 1@4-7 2@7-10\nc: 0@1-6 1@6-11 2@11-16',
    );
  });

  test('a child that drops does not hold back one that throttles, nor the other way round', () => {
    const doc = document(
      [
        cpuStage('a', 1, { permits: 1 }),
        cpuStage('b', 10, {
          after: ['a'],
          permits: 1,
          buffer: { capacity: 0, whenFull: 'drop-newest' },
        }),
        cpuStage('c', 4, { after: ['a'], permits: 1, buffer: { capacity: 0 } }),
      ],
      { machine: { workers: 4 }, source: count(4) },
    );
    // 3 reaches b at 10, while 0 runs there until 11.
    const { trace } = simulateDocument(doc);
    expect(drawLanes(trace)).toBe(
      'a: 0@0-1 1@1-2~5 2@5-6~9 3@9-10~13\nb: 0@1-11\nc: 0@1-5 1@5-9 2@9-13 3@13-17',
    );
    expect(trace.meta.items).toMatchObject({ emitted: 4, delivered: 1, dropped: 3 });
  });
});

describe('drop policies', () => {
  const capacityZero = (whenFull: 'drop-newest' | 'drop-oldest', ms: number) =>
    document(
      [
        cpuStage('fast', 1, { permits: 1 }),
        cpuStage('slow', ms, { after: ['fast'], permits: 1, buffer: { capacity: 0, whenFull } }),
      ],
      { machine: { workers: 2 }, source: count(5) },
    );

  test('capacity 0: an arrival that cannot start at once is dropped', () => {
    for (const whenFull of ['drop-newest', 'drop-oldest'] as const) {
      const { trace } = simulateDocument(capacityZero(whenFull, 2.5));
      expect(drawLanes(trace).split('\n')[1]).toBe('slow: 0@1-3.5 3@4-6.5');
      expect(trace.meta.items).toMatchObject({ emitted: 5, delivered: 2, dropped: 3 });
      expect(trace.meta.stages[1]).toMatchObject({ received: 5, delivered: 2, dropped: 3 });
    }
  });

  test('capacity 0: ends come before starts, so an arrival takes the permit freed at its instant', () => {
    for (const whenFull of ['drop-newest', 'drop-oldest'] as const) {
      expect(lanes(capacityZero(whenFull, 3)).split('\n')[1]).toBe('slow: 0@1-4 3@4-7');
    }
  });

  test('at the source: arrivals of one instant come before starts', () => {
    const doc = (capacity: number, whenFull: 'drop-newest' | 'drop-oldest') =>
      document([cpuStage('a', 1, { permits: 1, buffer: { capacity, whenFull } })], {
        machine: { workers: 2 },
        source: count(5),
      });
    expect(lanes(doc(2, 'drop-newest'))).toBe('a: 0@0-1 1@1-2');
    expect(lanes(doc(2, 'drop-oldest'))).toBe('a: 3@0-1 4@1-2');
    expect(lanes(doc(0, 'drop-newest'))).toBe('a: 0@0-1');
  });

  test('a dropped item ends there: its other branch still counts', () => {
    const doc = document(
      [
        cpuStage('a', 1, { permits: 1, buffer: { capacity: 1, whenFull: 'drop-newest' } }),
        cpuStage('b', 1),
      ],
      { machine: { workers: 4 }, source: count(3) },
    );
    const { meta } = simulateDocument(doc).trace;
    expect(meta.items).toMatchObject({ emitted: 3, delivered: 1, dropped: 2 });
    expect(meta.stages[1]).toMatchObject({ received: 3, delivered: 3 });
  });

  test('grow takes everything, over its capacity', () => {
    const doc = document(
      [waitStage('a', 1, { permits: 1, buffer: { capacity: 0, whenFull: 'grow' } })],
      { machine: { workers: 1 }, source: count(3) },
    );
    expect(lanes(doc)).toBe('a: 0@0-1 1@1-2 2@2-3');
  });
});
