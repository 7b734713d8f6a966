import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SeededRandom } from '../../src/base/seeded-random.ts';
import { Zipf } from '../../src/base/zipf.ts';
import {
  CacheIndex,
  type CacheLimits,
  type PolicyName,
} from '../../src/cache/policy/cache-index.ts';
import { modelPolicies } from './model-policies.ts';
import { ModelCache } from './policy-model.ts';

const policies = Object.keys(modelPolicies) as PolicyName[];
type Key = string | number;

type Step =
  | { do: 'get' | 'delete'; key: Key; waitMs: number }
  | { do: 'set'; key: Key; bytes: number; ttlMs: number | null; waitMs: number }
  | { do: 'sweep' | 'clear'; waitMs: number }
  | { do: 'resize'; maxBytes: number; waitMs: number };

/** Times in quarters, so that sums are exact; far jumps, none at all, and a clock that was set back. */
const waitMs = fc.constantFrom(0, 0, 0, 0.25, 1, 3, 1000, 2 ** 33, -1);
const ttlMs = fc.constantFrom(null, null, 0, 0.5, 1, 2, 5, 4000, 2 ** 40);
const key = fc.oneof(fc.nat(8), fc.constantFrom<Key>('a', 'b', 'c', 2 ** 40, -1));

function stepsOf(sizes: readonly number[]): fc.Arbitrary<Step[]> {
  const bytes = fc.constantFrom(...sizes);
  const maxBytes = fc.constantFrom(...sizes, 4 * sizes.at(-1)!);
  const step = fc.oneof(
    { weight: 40, arbitrary: fc.record({ do: fc.constant('get' as const), key, waitMs }) },
    {
      weight: 40,
      arbitrary: fc.record({ do: fc.constant('set' as const), key, bytes, ttlMs, waitMs }),
    },
    { weight: 5, arbitrary: fc.record({ do: fc.constant('delete' as const), key, waitMs }) },
    { weight: 5, arbitrary: fc.record({ do: fc.constant('sweep' as const), waitMs }) },
    { weight: 5, arbitrary: fc.record({ do: fc.constant('resize' as const), maxBytes, waitMs }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('clear' as const), waitMs }) },
  ) as fc.Arbitrary<Step>;
  return fc.array(step, { maxLength: 120 });
}

/** Plays the steps to both; what they answer, count and hold must be the same after each. */
function playBoth(limits: Required<CacheLimits>, steps: readonly Step[]): void {
  const { maxEntries, ...others } = limits;
  const cache = new CacheIndex<Key>(maxEntries === Infinity ? others : limits);
  const model = new ModelCache(limits, modelPolicies[limits.policy]());
  let nowMs = 1000;
  for (const step of steps) {
    nowMs += step.waitMs;
    const before = new Map([...cache.entries()].map(([of, { bytes }]) => [of, bytes]));
    switch (step.do) {
      case 'get':
        expect(cache.get(step.key, nowMs)).toBe(model.get(step.key, nowMs));
        break;
      case 'set': {
        const { kept, gone } = cache.set(step.key, step.bytes, nowMs, step.ttlMs);
        const slow = model.set(step.key, step.bytes, nowMs, step.ttlMs);
        expect(kept).toBe(slow.kept);
        // Those over time went first, in no order; then those who made room, in theirs.
        expect(new Set(gone.slice(0, slow.over.length))).toEqual(new Set(slow.over));
        expect(gone.slice(slow.over.length)).toEqual(slow.gone);
        expectRoom(before, gone, cache, step.key);
        break;
      }
      case 'delete':
        expect(cache.delete(step.key)).toBe(model.delete(step.key));
        break;
      case 'sweep':
        expect(new Set(cache.sweep(nowMs))).toEqual(new Set(model.sweep(nowMs)));
        break;
      case 'resize':
        expect(cache.resize(step.maxBytes)).toEqual(model.resize(step.maxBytes));
        break;
      case 'clear':
        cache.clear();
        model.clear();
    }
    expectSame(cache, model);
  }
}

/** Whoever is named as gone was there and is not any more, each once; nobody else went. */
function expectRoom(
  before: Map<Key, number>,
  gone: readonly Key[],
  cache: CacheIndex<Key>,
  arrived: Key,
): void {
  for (const one of gone) {
    expect(before.delete(one)).toBe(true);
    expect(cache.has(one)).toBe(false);
  }
  for (const one of before.keys()) expect(cache.has(one) || one === arrived).toBe(true);
}

function expectSame(cache: CacheIndex<Key>, model: ModelCache): void {
  expect(cache.metrics).toEqual(model.metrics);
  expect(cache.bytes).toBe(model.bytes);
  expect(cache.size).toBe(model.entries.length);
  expect(cache.bytes).toBeLessThanOrEqual(model.limits.maxBytes);
  const facts = model.inOrder().map(({ key: of, storedTurn: _, usedTurn: __, ...rest }) => {
    expect(cache.peek(of)).toEqual(rest);
    return [of, rest];
  });
  expect([...cache.entries()]).toEqual(facts);
}

describe.each(policies)('%s', (policy) => {
  const maxEntries = fc.constantFrom(Infinity, Infinity, 0, 1, 3, 7, 120);
  const staleMs = fc.constantFrom(0, 0, 2, 1000);

  test.each([
    ['small entries', [0, 1, 3, 10, 11, 25, 40], [0, 1, 30, 100]],
    ['entries of all buckets', [1, 10_239, 10_240, 102_400, 102_401, 200_000], [300_000, 500_001]],
    ['a window with room', [1, 2, 4, 9, 10, 11, 300, 600], [1000, 1999]],
  ])('does what the slow model does: %s', (_, sizes, limits) => {
    fc.assert(
      fc.property(
        fc.constantFrom(...limits),
        maxEntries,
        staleMs,
        stepsOf(sizes),
        (maxBytes, entries, stale, steps) => {
          playBoth({ policy, maxBytes, maxEntries: entries, staleMs: stale }, steps);
        },
      ),
      { numRuns: 150 },
    );
  });

  test.each([
    ['columns grow', 600, 3000],
    ['counts age', 60, 260],
  ])('does so on a long trace, in which %s', (_, keys, maxBytes) => {
    const random = new SeededRandom(5);
    const popular = new Zipf(keys, 0.8);
    const limits = { policy, maxBytes, maxEntries: Infinity, staleMs: 0 };
    const cache = new CacheIndex<number>(limits);
    const model = new ModelCache(limits, modelPolicies[policy]());
    for (let nowMs = 0; nowMs < 6000; nowMs++) {
      const asked = (popular.keyAt(random.next()) + (nowMs > 3000 ? keys / 12 : 0)) % keys;
      const found = cache.get(asked, nowMs);
      expect(found).toBe(model.get(asked, nowMs));
      if (found !== 'miss') continue;
      const bytes = asked % 9 === 0 ? 70 : (asked % 13) + 1;
      const { kept, gone } = cache.set(asked, bytes, nowMs, asked % 5 === 0 ? 30 : 0);
      const slow = model.set(asked, bytes, nowMs, asked % 5 === 0 ? 30 : 0);
      expect(kept).toBe(slow.kept);
      expect(gone.slice(slow.over.length)).toEqual(slow.gone);
    }
    expectSame(cache, model);
    expect(cache.metrics.hits).toBeGreaterThan(1000);
    expect(cache.metrics.evictions).toBeGreaterThan(100);
    expect(cache.metrics.expirations).toBeGreaterThan(20);
  });
});
