import { describe, expect, test } from 'vitest';
import { CacheIndex, type PolicyName } from '../../src/cache/policy/cache-index.ts';
import type { CacheDocument } from '../../src/pipeline/types.ts';
import { defaultCache } from '../../src/pipeline/defaults.ts';

// The document's words are the policies' words: this compiles only if they are the same.
const fromDocument: PolicyName = defaultCache.policy satisfies Required<CacheDocument>['policy'];
const toDocument: Required<CacheDocument>['policy'] = fromDocument;

const policies: PolicyName[] = ['lru', 'fifo', 'lfu', 'lru-buckets', 'w-tinylfu'];
const megabyte = 1024 * 1024;

describe.each(policies)('%s', (policy) => {
  test('one entry larger than the limit is not taken in, and nobody goes for it', () => {
    const cache = new CacheIndex<string>({ maxBytes: megabyte, policy });
    for (let i = 0; i < 100; i++) cache.set(`key ${i}`, 1000, i, null);
    expect(cache.set('large', 5 * megabyte, 100, null)).toEqual({ kept: false, gone: [] });
    expect([cache.size, cache.bytes, cache.metrics.evictions]).toEqual([100, 100_000, 0]);
  });

  test('an entry stored again counts once, with its new size', () => {
    const cache = new CacheIndex<string>({ maxBytes: megabyte, policy });
    cache.set('a', 1000, 0, null);
    cache.set('a', 400, 1, null);
    expect([cache.size, cache.bytes]).toEqual([1, 400]);
    expect(cache.metrics).toMatchObject({ sets: 2, deletes: 0, evictions: 0 });
    expect(cache.peek('a')).toEqual({
      ...{ bytes: 400, storedAt: 1, usedAt: 1, expiresAt: Infinity, hits: 0 },
    });
  });

  test('stored again too large to be kept, its older self goes too', () => {
    const cache = new CacheIndex<string>({ maxBytes: 1000, policy });
    cache.set('a', 100, 0, null);
    expect(cache.set('a', 1001, 1, null)).toEqual({ kept: false, gone: ['a'] });
    expect([cache.size, cache.bytes]).toEqual([0, 0]);
  });

  test('a time to live of 0 is none, one of null is none, others end on time', () => {
    const cache = new CacheIndex<string>({ maxBytes: 1000, policy });
    cache.set('zero', 1, 1000, 0);
    cache.set('null', 1, 1000, null);
    cache.set('five', 1, 1000, 5);
    expect(cache.get('five', 1004.9)).toBe('hit');
    expect(cache.get('five', 1005)).toBe('miss');
    expect(cache.get('zero', 1e15)).toBe('hit');
    expect(cache.get('null', 1e15)).toBe('hit');
    expect(cache.metrics).toMatchObject({ hits: 3, misses: 1, expirations: 1, bytesSaved: 3 });
  });

  test('a sweep removes exactly those whose time is over', () => {
    const cache = new CacheIndex<number>({ maxBytes: 1e6, policy });
    for (let ttl = 1; ttl <= 5000; ttl++) cache.set(ttl, 1, 1.75e12, ttl);
    expect(cache.sweep(1.75e12)).toEqual([]);
    expect(cache.sweep(1.75e12 + 1234).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 1234 }, (_, i) => i + 1),
    );
    expect(cache.sweep(1.75e12 + 1234)).toEqual([]);
    expect(cache.size).toBe(5000 - 1234);
    expect(cache.metrics.expirations).toBe(1234);
  });

  test('what is over time makes room before anything else has to', () => {
    const cache = new CacheIndex<string>({ maxBytes: 100, policy });
    cache.set('old', 90, 0, 10);
    expect(cache.set('new', 90, 10, null)).toEqual({ kept: true, gone: ['old'] });
    expect(cache.metrics).toMatchObject({ evictions: 0, expirations: 1 });
  });

  test('is handed out stale while it is computed anew, but not for ever', () => {
    const cache = new CacheIndex<string>({ maxBytes: 100, policy, staleMs: 20 });
    cache.set('a', 1, 0, 10);
    expect([cache.get('a', 9), cache.get('a', 10), cache.get('a', 29)]).toEqual([
      ...['hit', 'stale', 'stale'],
    ]);
    expect(cache.sweep(29)).toEqual([]);
    expect(cache.get('a', 30)).toBe('miss');
    cache.set('a', 1, 30, 10);
    cache.get('a', 45);
    cache.set('a', 1, 45, 10);
    expect(cache.get('a', 50)).toBe('hit');
  });

  test('a smaller limit holds at once, a larger one lets more in', () => {
    const cache = new CacheIndex<number>({ maxBytes: 1000, policy });
    for (let key = 0; key < 10; key++) cache.set(key, 90, key, null);
    const gone = cache.resize(450);
    expect(cache.bytes).toBe(900 - 90 * gone.length);
    expect(cache.bytes).toBeLessThanOrEqual(450);
    cache.resize(900);
    for (let key = 10; key < 14; key++) cache.set(key, 90, key, null);
    expect(cache.size).toBe(10 - gone.length + 4);
  });

  test('holds as many as it may, whatever they weigh', () => {
    const cache = new CacheIndex<number>({ maxBytes: 1000, maxEntries: 500, policy });
    for (let key = 0; key < 2000; key++) cache.set(key, 0, key, null);
    expect(cache.size).toBeLessThanOrEqual(500);
    expect(cache.size).toBeGreaterThanOrEqual(490);
  });

  test('forgets everything when cleared, also its counts', () => {
    const cache = new CacheIndex<string>({ maxBytes: 1000, policy });
    cache.set('a', 10, 0, 5);
    cache.get('a', 1);
    cache.clear();
    expect([cache.size, cache.bytes, [...cache.entries()]]).toEqual([0, 0, []]);
    expect(Object.values(cache.metrics)).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(cache.sweep(100)).toEqual([]);
    cache.set('b', 10, 0, null);
    expect([...cache.entries()].map(([key]) => key)).toEqual(['b']);
  });

  test('refuses what would spoil its sums: no limit, no number, a part of a byte', () => {
    for (const maxBytes of [undefined as unknown as number, NaN, -1, Infinity, 0.5]) {
      expect(() => new CacheIndex({ maxBytes, policy })).toThrow('whole number');
    }
    const cache = new CacheIndex<string>({ maxBytes: 10, policy });
    for (const bytes of [NaN, -1, 0.5, undefined as unknown as number]) {
      expect(() => cache.set('a', bytes, 0, null)).toThrow('whole number');
    }
    expect(() => cache.set('a', 1, 0, NaN)).toThrow('time to live');
    expect(cache.size).toBe(0);
  });
});

test('the least recently used of one millisecond is not the one just read', () => {
  const cache = new CacheIndex<string>({ maxBytes: 20, policy: toDocument });
  cache.set('a', 10, 0, null);
  cache.set('b', 10, 0, null);
  cache.get('a', 0);
  expect(cache.set('c', 10, 0, null)).toEqual({ kept: true, gone: ['b'] });
});

test('an answer that most calls share can be changed by nobody', () => {
  const cache = new CacheIndex<string>({ maxBytes: 20, policy: 'lru' });
  const { gone } = cache.set('a', 1, 0, null);
  expect(() => (gone as string[]).push('b')).toThrow();
});
