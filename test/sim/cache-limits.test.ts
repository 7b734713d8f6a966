import { describe, expect, test } from 'vitest';
import { entryOverheadBytes } from '../../src/base/cache-facts.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import type { PipelineDocument, StageDocument } from '../../src/pipeline/types.ts';
import { hitItems } from './hit-items.ts';
import { document, simulateDocument } from './run.ts';

const keyed = (keys: number[], more: Partial<StageDocument> = {}, output = 10): StageDocument => ({
  id: 'a',
  work: { kind: 'synthetic', phases: [{ wait: 1 }], key: { perItem: keys }, output },
  cache: {},
  ...more,
});
/** One item every 10 ms: each task has ended before the next item comes. */
const apart = (stages: StageDocument[], items: number, cache: PipelineDocument['cache'] = {}) =>
  document(stages, {
    source: { kind: 'count', count: items, arrivals: { kind: 'uniform', rate: 100 } },
    machine: { workers: 4 },
    cache,
  });
/** Which items were answered by the cache, at each stage. */
const hits = (doc: PipelineDocument): number[][] => hitItems(simulateDocument(doc).trace);

/** What a result of 10 bytes takes. */
const entry = 10 + entryOverheadBytes;

describe('the simulated cache', () => {
  const keys = [1, 2, 1, 3, 1, 2];

  test('keeps no more than maxSize, and lets go what the policy says', () => {
    // Room for two: 3 pushes out 2 under lru, which was not read since; under fifo 1, which was stored first.
    expect(hits(apart([keyed(keys)], 6, { maxSize: 2.5 * entry }))).toEqual([[2, 4]]);
    expect(hits(apart([keyed(keys)], 6, { maxSize: 2.5 * entry, policy: 'fifo' }))).toEqual([[2]]);
    expect(hits(apart([keyed(keys)], 6, { maxSize: 3 * entry }))).toEqual([[2, 4, 5]]);
    expect(hits(apart([keyed(keys)], 6, { maxSize: 0 }))).toEqual([[]]);
  });

  test('has one limit for all stages, and tells their keys apart', () => {
    const two = [keyed([1]), keyed([1], { id: 'b' })];
    expect(hits(apart(two, 2, { maxSize: 2 * entry }))).toEqual([[1], [1]]);
    // Only one of the two results is there at a time: whoever misses pushes the other one's out.
    expect(hits(apart(two, 4, { maxSize: 2 * entry - 1 }))).toEqual([[2], [1, 3]]);
  });

  test('lets nobody go for a result that is larger than all of it', () => {
    const sizes = { output: { perItem: [10, 99, 10, 99] } };
    const stage = keyed([1, 2, 1, 2]);
    const doc = apart([{ ...stage, work: { ...stage.work, ...sizes } as never }], 4, {
      maxSize: entry + 25,
    });
    expect(hits(doc)).toEqual([[2]]);
  });

  test('counts a result of k outputs k times', () => {
    const work = {
      kind: 'synthetic' as const,
      phases: [{ wait: 1 }],
      key: { perItem: [1] },
      expand: 3,
      output: 10,
    };
    expect(hits(apart([keyed([1], { work })], 2, { maxSize: 29 + entryOverheadBytes }))).toEqual([
      [],
    ]);
    const kept = simulateDocument(
      apart([keyed([1], { work })], 2, { maxSize: 30 + entryOverheadBytes }),
    ).trace;
    expect(kept.meta.stages[0]).toMatchObject({ received: 2, delivered: 2, cacheHits: 1 });
    expect(kept.items.count).toBe(2 + 2 * 3);
  });

  test('knows no time limit where it is 0 or null, whatever the document says', () => {
    const asked = (ttl: number | null, ofAll: number | null) =>
      hits(apart([keyed([1], { cache: { ttl } })], 3, { ttl: ofAll }));
    expect(asked(0, 5)).toEqual([[1, 2]]);
    expect(asked(null, 5)).toEqual([[1, 2]]);
    expect(asked(5, null)).toEqual([[]]);
    // Stored at 1, over at 16.
    expect(asked(15, 0)).toEqual([[1]]);
    expect(hits(apart([keyed([1])], 3, { ttl: 0 }))).toEqual([[1, 2]]);
    // An item every four hours: longer than what the document says by default, an hour.
    const rarely = (ttl: number | null | undefined) => {
      const stage = keyed([1], { cache: ttl === undefined ? {} : { ttl } });
      const arrivals = { kind: 'uniform' as const, rate: 1 / 14_400 };
      return hits({ ...apart([stage], 3), source: { kind: 'count', count: 3, arrivals } });
    };
    expect([rarely(null), rarely(0), rarely(undefined)]).toEqual([[[1, 2]], [[1, 2]], [[]]]);
  });

  test('tells the largest keys apart', () => {
    const large = Number.MAX_SAFE_INTEGER;
    const stages = ['a', 'b', 'c', 'd', 'e'].map((id) => keyed([large, large - 1, large], { id }));
    expect(hits(apart(stages, 3))).toEqual(stages.map(() => [2]));
  });

  test('does the same again: it begins empty', () => {
    const doc = apart([keyed(keys)], 6, { maxSize: 2.5 * entry, policy: 'w-tinylfu' });
    expect(hits(doc)).toEqual(hits(doc));
  });

  test('that can keep nothing is worth a warning', () => {
    const warnings = (maxSize: number) =>
      parseDocument(apart([keyed([1])], 2, { maxSize })).problems.map(({ message }) => message);
    expect(warnings(10)).toEqual([]);
    expect(warnings(9)).toEqual([
      'stages.a.cache keeps nothing: work.output is more than cache.maxSize',
    ]);
  });

  test('that is never asked is worth a warning', () => {
    const warnings = (capacity: number, whenFull: 'throttle' | 'drop-newest' = 'throttle') =>
      parseDocument(apart([keyed([1], { buffer: { capacity, whenFull } })], 2)).problems;
    expect(warnings(0).map(({ message }) => message)).toEqual([
      'stages.a.cache is never asked: with buffer.capacity 0 no item waits for it; use 1',
    ]);
    expect([...warnings(1), ...warnings(0, 'drop-newest')]).toEqual([]);
  });
});
