import { describe, expect, test } from 'vitest';
import { drawLanes } from './lanes.ts';
import { cpuStage, document, simulateDocument, waitStage } from './run.ts';

const lanes = (...args: Parameters<typeof simulateDocument>): string =>
  drawLanes(simulateDocument(...args).trace);
const count = (n: number) => ({ kind: 'count' as const, count: n });

import type { Draw, StageDocument } from '../../src/pipeline/types.ts';

/** Ends every item, by a list, of which validation can't see that it leaves nothing over. */
// So close to 0 that it draws 0, and far enough not to be refused as a zip that waits in vain.
const endsAll: Draw = { uniform: [0, 1e-12] };
const expanding = (id: string, expand: Draw, more: Partial<StageDocument> = {}): StageDocument => ({
  id,
  work: { kind: 'synthetic', phases: [{ cpu: 1 }], expand },
  ...more,
});

describe('zip and capacity', () => {
  const skewed = (ms: number, capacity: number) =>
    document(
      [
        cpuStage('a', 1),
        cpuStage('b', 1, { after: ['a'], permits: 1 }),
        cpuStage('c', 10, { after: ['a'], permits: 1 }),
        cpuStage('d', ms, { after: ['b', 'c'], permits: 1, buffer: { capacity } }),
      ],
      { machine: { workers: 8 }, source: count(3) },
    );

  test('halves take no capacity, so a buffer smaller than the skew does not matter', () => {
    for (const capacity of [0, 1]) {
      expect(lanes(skewed(1, capacity))).toBe(
        'a: 0@0-1 1@0-1 2@0-1\n' +
          'b: 0@1-2 1@2-3 2@3-4\n' +
          'c: 0@1-11 1@11-21 2@21-31\n' +
          'd: 0@11-12 1@21-22 2@31-32',
      );
    }
  });

  test('capacity bounds complete pairs', () => {
    expect(lanes(skewed(30, 1)).split('\n').slice(2).join('\n')).toBe(
      'c: 0@1-11 1@11-21 2@21-31~41\nd: 0@11-41 1@41-71 2@71-101',
    );
    expect(lanes(skewed(30, 0)).split('\n').slice(2).join('\n')).toBe(
      'c: 0@1-11 1@11-21~41 2@41-51~71\nd: 0@11-41 1@41-71 2@71-101',
    );
  });

  test('a half counts in flight', () => {
    const doc = document(
      [
        cpuStage('b', 1),
        cpuStage('c', 10),
        cpuStage('d', 1, { after: ['b', 'c'], buffer: { capacity: 0 } }),
      ],
      { machine: { workers: 8, inFlight: 1 }, source: count(2) },
    );
    expect(lanes(doc)).toBe('b: 0@0-1 1@11-12\nc: 0@0-10 1@11-21\nd: 0@10-11 1@21-22');
  });

  test('drop-newest at a zip drops complete pairs only', () => {
    const doc = document(
      [
        cpuStage('b', 1, { permits: 1 }),
        cpuStage('c', 10, { permits: 1 }),
        cpuStage('d', 25, {
          after: ['b', 'c'],
          permits: 1,
          buffer: { capacity: 0, whenFull: 'drop-newest' },
        }),
      ],
      { machine: { workers: 8 }, source: count(4) },
    );
    // Pairs complete at 10, 20, 30 and 40.
    const { trace } = simulateDocument(doc);
    expect(drawLanes(trace).split('\n')[2]).toBe('d: 0@10-35 3@40-65');
    expect(trace.meta.items).toMatchObject({ emitted: 4, delivered: 2, dropped: 2 });
  });
});

describe('zip and lineage', () => {
  test('a branch that filters orphans the other half', () => {
    for (const [slow, fast] of [
      [1, 9],
      [9, 1],
    ] as const) {
      const doc = document(
        [
          {
            id: 'b',
            work: {
              kind: 'synthetic',
              phases: [{ wait: slow }],
              expand: { perItem: [1, 0] },
            },
          },
          waitStage('c', fast),
          waitStage('d', 1, { after: ['b', 'c'] }),
        ],
        { machine: { workers: 8 }, source: count(4) },
      );
      const { trace } = simulateDocument(doc);
      expect(drawLanes(trace).split('\n')[2]).toBe('d: 0@9-10 2@9-10');
      expect(trace.meta.items).toMatchObject({ emitted: 4, delivered: 2, dropped: 2 });
      expect(trace.meta.stages[0]).toMatchObject({ received: 4, delivered: 4 });
      expect(trace.meta.stages[2]).toMatchObject({ delivered: 2, dropped: 2, inside: 0 });
    }
  });

  test('a filtered item whose halves both end is delivered', () => {
    const doc = document(
      [expanding('b', 0), expanding('c', 0), cpuStage('d', 1, { after: ['b', 'c'] })],
      { machine: { workers: 8 }, source: count(2) },
    );
    const { trace } = simulateDocument(doc);
    expect(trace.meta.items).toMatchObject({ emitted: 2, delivered: 2, dropped: 0 });
    expect(trace.meta.ended).toBe('done');
  });

  test('children made before the fork are paired child by child', () => {
    const doc = document(
      [
        expanding('a', 2),
        cpuStage('b', 1, { after: ['a'] }),
        cpuStage('c', 2, { after: ['a'] }),
        cpuStage('d', 1, { after: ['b', 'c'] }),
      ],
      { machine: { workers: 8 }, source: count(2) },
    );
    expect(lanes(doc).split('\n')[3]).toBe('d: 0.0@3-4 0.1@3-4 1.0@3-4 1.1@3-4');
  });

  test('where a branch expands, no same item comes from both sides: all are orphaned', () => {
    const doc = document(
      [
        expanding('b', { perItem: [1, 2] }),
        cpuStage('c', 3),
        cpuStage('d', 1, { after: ['b', 'c'] }),
      ],
      { machine: { workers: 8 }, source: count(2) },
    );
    const { trace } = simulateDocument(doc);
    expect(drawLanes(trace)).toBe('b: 0@0-1 1@0-1\nc: 0@0-3 1@0-3\nd: 0@3-4');
    expect(trace.meta).toMatchObject({ ended: 'done', makespan: 4 });
    expect(trace.meta.items).toMatchObject({ emitted: 2, delivered: 1, dropped: 1 });
    // 0, 1.0, 1.1 and 1.
    expect(trace.meta.stages[2]).toMatchObject({ received: 4, delivered: 1, dropped: 3 });
  });

  test('a branch that drops orphans the other half', () => {
    const doc = document(
      [
        cpuStage('b', 5, { permits: 1, buffer: { capacity: 1, whenFull: 'drop-newest' } }),
        cpuStage('c', 1),
        cpuStage('d', 1, { after: ['b', 'c'] }),
      ],
      { machine: { workers: 8 }, source: count(3) },
    );
    const { trace } = simulateDocument(doc);
    expect(drawLanes(trace).split('\n')[2]).toBe('d: 0@5-6');
    expect(trace.meta.stages[0]).toMatchObject({ dropped: 2 });
    expect(trace.meta.stages[2]).toMatchObject({ dropped: 2 });
    expect(trace.meta.items).toMatchObject({ emitted: 3, delivered: 1, dropped: 2 });
  });

  test('a branch that fails orphans the other half, and the item counts as failed', () => {
    const doc = document(
      [
        { ...waitStage('b', 0, { timeout: 10 }), work: waits([1, 100]) },
        waitStage('c', 2),
        waitStage('d', 1, { after: ['b', 'c'] }),
      ],
      { machine: { workers: 8 }, source: count(2) },
    );
    const { trace } = simulateDocument(doc);
    expect(drawLanes(trace)).toBe('b: 0@0-1 1@0-10%\nc: 0@0-2 1@0-2\nd: 0@2-3');
    expect(trace.meta.items).toMatchObject({ delivered: 1, failed: 1, dropped: 0 });
    expect(trace.meta.stages[2]).toMatchObject({ dropped: 1 });
  });

  test('orphans free the outer semaphore', () => {
    const doc = document(
      [expanding('b', endsAll), cpuStage('c', 2), cpuStage('d', 1, { after: ['b', 'c'] })],
      { machine: { workers: 8, inFlight: 1 }, source: count(3) },
    );
    const { trace } = simulateDocument(doc);
    expect(trace.meta).toMatchObject({ ended: 'done', makespan: 6 });
  });

  test('three parents: one that filters lets both others go', () => {
    const doc = document(
      [
        expanding('b', endsAll),
        cpuStage('c', 2),
        cpuStage('d', 3),
        cpuStage('e', 1, { after: ['b', 'c', 'd'] }),
      ],
      { machine: { workers: 8 }, source: count(1) },
    );
    const { meta } = simulateDocument(doc).trace;
    expect(meta.stages[3]).toMatchObject({ dropped: 1, tasks: 0 });
    expect(meta.items).toMatchObject({ emitted: 1, dropped: 1 });
  });

  test('a half of a descendant two stages up is let go too', () => {
    const doc = document(
      [
        cpuStage('a', 1),
        expanding('b', endsAll, { after: ['a'] }),
        cpuStage('c', 1, { after: ['b'] }),
        cpuStage('d', 1, { after: ['a', 'c'] }),
      ],
      { machine: { workers: 2, inFlight: 1 }, source: count(2) },
    );
    const { meta } = simulateDocument(doc).trace;
    expect(meta).toMatchObject({ ended: 'done', makespan: 4 });
    expect(meta.items).toMatchObject({ emitted: 2, dropped: 2 });
  });
});

describe('results fed into a zip', () => {
  for (const join of ['all', 'fold'] as const) {
    test(`the result of ${join} never meets a plain item: refused, or it would wait in vain`, () => {
      const stages = (after: string[]): StageDocument[] => [
        cpuStage('a', 1),
        cpuStage('sum', 1, { after: ['a'], join }),
        cpuStage('e', 1, { after }),
      ];
      expect(() => simulateDocument(document(stages(['a', 'sum'])))).toThrow(/zip.*"a" and "sum"/);
      expect(simulateDocument(document(stages(['sum']))).trace.meta.ended).toBe('done');
    });
  }

  test('one result that forks is paired with itself', () => {
    const doc = document(
      [
        cpuStage('a', 1),
        cpuStage('sum', 1, { after: ['a'], join: 'all' }),
        cpuStage('b', 1, { after: ['sum'] }),
        cpuStage('c', 3, { after: ['sum'] }),
        cpuStage('d', 1, { after: ['b', 'c'] }),
      ],
      { machine: { workers: 4 }, source: count(2) },
    );
    const { trace } = simulateDocument(doc);
    expect(drawLanes(trace).split('\n')[4]).toBe('d: sum@5-6');
    expect(trace.meta.results).toMatchObject({ emitted: 1, delivered: 1 });
  });

  test('two results are two items', () => {
    const stages = [
      cpuStage('x', 1, { join: 'all' }),
      cpuStage('y', 1, { join: 'fold' }),
      cpuStage('z', 1, { after: ['x', 'y'] }),
    ];
    expect(() => simulateDocument(document(stages))).toThrow(/zip/);
  });
});

function waits(ms: number[]): StageDocument['work'] {
  return { kind: 'synthetic', phases: [{ wait: { perItem: ms } }] };
}
