import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PolicyName } from '../../src/cache/policy/cache-index.ts';
import { keysAhead } from '../../src/cache/policy/prefetch.ts';
import { CeilingFinder } from '../../src/explore/cache-ceiling.ts';
import { labSizes, replay, runCacheLab, type LabRequest } from '../../src/explore/cache-lab.ts';
import {
  makeTrace,
  recordedTrace,
  traceKinds,
  type CacheTrace,
} from '../../src/explore/cache-traces.ts';

const policies: PolicyName[] = ['lru', 'fifo', 'lfu', 'lru-buckets', 'w-tinylfu'];
const traceOf = (requests: number[], bytes: (key: number) => number): CacheTrace =>
  recordedTrace(
    'by hand',
    requests.map((key) => ({ key: String(key), bytes: bytes(key) })),
  );
function finish<R>(steps: Generator<unknown, R>): R {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** The most hits (or bytes of hits) there can be, by trying every choice at every request. */
function mostByTrying({ requests, bytes }: CacheTrace, maxBytes: number, inBytes: boolean): number {
  // What may be held before the next request: set of keys → most so far.
  let states = new Map<number, number>([[0, 0]]);
  for (const key of requests) {
    const next = new Map<number, number>();
    for (const [held, sum] of states) {
      const isHit = (held & (1 << key)) !== 0;
      const worth = sum + (isHit ? (inBytes ? bytes[key]! : 1) : 0);
      const all = held | (1 << key);
      // Any part of it that fits may stay.
      for (let part = all; ; part = (part - 1) & all) {
        const size = bytes.reduce((of, one, k) => of + ((part >> k) & 1 ? one : 0), 0);
        if (size <= maxBytes && worth >= (next.get(part) ?? -1)) next.set(part, worth);
        if (part === 0) break;
      }
    }
    states = next;
  }
  return Math.max(...states.values());
}

describe('the ceiling', () => {
  const requests = fc.array(fc.nat(4), { minLength: 1, maxLength: 14 });

  test('with equal sizes is what trying everything finds', () => {
    fc.assert(
      fc.property(requests, fc.integer({ min: 1, max: 5 }), fc.nat(25), (asked, size, maxBytes) => {
        const trace = traceOf(asked, () => size);
        const finder = new CeilingFinder(trace);
        expect(finder.kind).toBe('optimum');
        const { hitRate, byteHitRate } = finder.at(maxBytes);
        expect(hitRate * asked.length).toBeCloseTo(mostByTrying(trace, maxBytes, false), 9);
        expect(byteHitRate).toBe(hitRate);
      }),
    );
  });

  test('with other sizes is never below what trying everything finds', () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(requests, sizes, fc.nat(30), (asked, bytes, maxBytes) => {
        const trace = traceOf(asked, (key) => bytes[key]!);
        const { hitRate, byteHitRate } = new CeilingFinder(trace).at(maxBytes);
        const total = asked.reduce((sum, key) => sum + bytes[key]!, 0);
        const slack = 1e-9;
        expect(hitRate * asked.length + slack).toBeGreaterThanOrEqual(
          mostByTrying(trace, maxBytes, false),
        );
        if (total === 0) return;
        expect(byteHitRate * total + slack).toBeGreaterThanOrEqual(
          mostByTrying(trace, maxBytes, true),
        );
      }),
    );
  });

  test('with other sizes fills the room with the cheapest hits, the last one in part', () => {
    // Each hit keeps its key over three requests: 9, 6 and 6 byte-requests, and there is room for 3 × 6.
    const trace = traceOf([0, 1, 2, 0, 1, 2], (key) => [3, 2, 2][key]!);
    const finder = new CeilingFinder(trace);
    expect(finder.kind).toBe('bound');
    const { hitRate, byteHitRate } = finder.at(3);
    expect(hitRate).toBe(2 / 6);
    // A byte costs the same of each: 18 ÷ 3 of the 14 asked for.
    expect(byteHitRate).toBeCloseTo(6 / 14, 12);
  });

  test('of unequal sizes is close where much is asked for', () => {
    const trace = makeTrace({
      ...{ kind: 'zipf', requests: 4000, keys: 400, seed: 1 },
      bytes: { uniform: [900, 1100] },
    });
    const equal = makeTrace({ kind: 'zipf', requests: 4000, keys: 400, seed: 1, bytes: 1000 });
    const bound = new CeilingFinder(trace).at(100_000).hitRate;
    const optimum = new CeilingFinder(equal).at(100_000).hitRate;
    expect(bound).toBeGreaterThanOrEqual(optimum - 0.01);
    expect(bound).toBeLessThan(optimum + 0.15);
  });

  test.each(policies)('is beaten by no policy: %s', (policy) => {
    const kind = fc.constantFrom(...traceKinds);
    const bytes = fc.constantFrom(1000, { lognormal: { mean: 20_000, cv: 2 } });
    const run = fc.record({
      ...{ kind, bytes, seed: fc.nat(1000) },
      requests: fc.integer({ min: 1, max: 1500 }),
      keys: fc.integer({ min: 1, max: 120 }),
    });
    fc.assert(
      fc.property(run, fc.double({ min: 0, max: 1, noNaN: true }), (settings, share) => {
        const trace = makeTrace(settings);
        const maxBytes = Math.round(share * trace.bytes.reduce((sum, one) => sum + one, 0));
        const found = replay(trace, policy, maxBytes, null);
        const ceiling = new CeilingFinder(trace).at(maxBytes);
        expect(found.hitRate).toBeLessThanOrEqual(ceiling.hitRate);
        expect(found.byteHitRate).toBeLessThanOrEqual(ceiling.byteHitRate + 1e-9);
      }),
      { numRuns: 60 },
    );
  });
});

describe('traces', () => {
  const settings = { requests: 2000, keys: 100, seed: 3, bytes: { exponential: 500 } } as const;

  test.each(traceKinds)('%s is the same for the same seed, and another for another', (kind) => {
    const trace = makeTrace({ ...settings, kind });
    expect(makeTrace({ ...settings, kind })).toEqual(trace);
    const other = makeTrace({ ...settings, kind, seed: 4 });
    expect(other.bytes).not.toEqual(trace.bytes);
    if (kind !== 'loop') expect(other.requests).not.toEqual(trace.requests);
    expect(trace.requests).toHaveLength(2000);
    expect(trace.bytes.every((one) => Number.isInteger(one) && one >= 0)).toBe(true);
    expect(trace.directories).toHaveLength(trace.bytes.length);
  });

  test('ask as they say', () => {
    const countOf = (kind: (typeof traceKinds)[number]) => {
      const counts = new Map<number, number>();
      for (const key of makeTrace({ ...settings, kind }).requests) {
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
      return [...counts.values()].sort((a, b) => b - a);
    };
    expect(countOf('loop')).toEqual(new Array<number>(100).fill(20));
    // By its law the first of 100 keys gets 1 ÷ Σ k^−0.9 = 15.9 % of the requests.
    expect(countOf('zipf')[0]! / 2000).toBeCloseTo(0.159, 1);
    expect(countOf('scan').filter((count) => count === 1).length).toBeGreaterThanOrEqual(1000);
    expect(countOf('shifting')[0]!).toBeLessThan(countOf('zipf')[0]! / 2);
    expect(countOf('mix').filter((count) => count === 1).length).toBeGreaterThan(150);
  });

  test('the skew is the exponent of the law: none at all, and most of it', () => {
    const shareOfFirst = (skew: number): number => {
      const counts = new Float64Array(100);
      for (const key of makeTrace({ ...settings, kind: 'zipf', skew }).requests) counts[key]!++;
      return Math.max(...counts) / 2000;
    };
    // Of 100 keys: even, each has 1 %; with exponent 2 the first has 1 ÷ Σ k^−2 = 61 %.
    expect(shareOfFirst(0)).toBeLessThan(0.03);
    expect(shareOfFirst(2)).toBeCloseTo(0.61, 1);
  });

  test('recorded ones number the keys as they come, with their largest size', () => {
    const trace = recordedTrace('run', [
      { key: 'b', bytes: 1, directory: 'x' },
      { key: 'a', bytes: 2.5, directory: 'y' },
      { key: 'b', bytes: 9, directory: 'x' },
    ]);
    expect([...trace.requests]).toEqual([0, 1, 0]);
    expect([...trace.bytes]).toEqual([9, 3]);
    expect([...trace.directories]).toEqual([0, 1]);
  });
});

describe('the lab', () => {
  const request: LabRequest = {
    trace: { kind: 'mix', requests: 3000, keys: 200, seed: 1, bytes: 1000 },
    ...{ policies, sizes: 6, prefetch: null },
  };

  test('draws a rising curve a policy, to where everything fits', () => {
    const { trace, curves, ceiling } = finish(runCacheLab(request));
    expect(trace).toMatchObject({ name: 'mix', requests: 3000, bytes: trace.keys * 1000 });
    expect(curves.map(({ policy }) => policy)).toEqual(policies);
    expect(ceiling).toMatchObject({ kind: 'optimum' });
    const most = 1 - trace.keys / 3000;
    expect(ceiling!.points.at(-1)!.hitRate).toBeCloseTo(most, 9);
    for (const { points } of curves) {
      expect(points).toHaveLength(6);
      expect(points[0]!.hitRate).toBeLessThan(points[5]!.hitRate);
      // Everything fits, but W-TinyLFU keeps a hundredth for newcomers.
      expect(points[5]!.hitRate).toBeGreaterThan(most - 0.02);
      points.forEach((point, i) => {
        expect(point.hitRate).toBeLessThanOrEqual(ceiling!.points[i]!.hitRate);
      });
    }
    expect(curves[0]!.points[5]).toMatchObject({ maxBytes: trace.bytes, evictions: 0 });
  });

  test('tells how far it is, cell by cell', () => {
    const steps = [...runCacheLab(request)];
    expect(steps.map(({ done }) => done)).toEqual(Array.from({ length: 36 }, (_, i) => i + 1));
    expect(new Set(steps.map(({ cells }) => cells))).toEqual(new Set([36]));
  });

  test('shows what each policy is for', () => {
    const rate = (kind: (typeof traceKinds)[number], policy: PolicyName, share: number) => {
      const trace = makeTrace({ kind, requests: 20_000, keys: 1000, seed: 2, bytes: 1000 });
      return replay(trace, policy, share * 1_000_000, null).hitRate;
    };
    // LRU finds nothing in a loop that does not fit.
    expect(rate('loop', 'lru', 0.8)).toBe(0);
    expect(rate('loop', 'w-tinylfu', 0.8)).toBeGreaterThan(0.5);
    // Scans push out the popular keys, unless somebody counts.
    expect(rate('scan', 'w-tinylfu', 0.1)).toBeGreaterThan(rate('scan', 'lru', 0.1) + 0.02);
    expect(rate('scan', 'lru', 0.1)).toBeGreaterThan(rate('scan', 'fifo', 0.1));
    // Counts of long ago keep the keys of long ago.
    expect(rate('shifting', 'lru', 0.1)).toBeGreaterThan(rate('shifting', 'lfu', 0.1));
  });

  test('fetches a directory ahead, which pays for a loop and costs room elsewhere', () => {
    const ahead = { perDirectory: 5, inAll: 10 };
    const of = (kind: 'loop' | 'zipf', prefetch: LabRequest['prefetch']) =>
      finish(
        runCacheLab({
          trace: { kind, requests: 8000, keys: 800, seed: 1, bytes: 1000 },
          ...{ policies: ['lru'], sizes: 3, prefetch },
        }),
      );
    const [plain, fetching] = [of('loop', null), of('loop', ahead)];
    expect(fetching.ceiling).toBeNull();
    expect(plain.curves[0]!.points[1]).toMatchObject({ hitRate: 0, fetchedAhead: 0 });
    expect(fetching.curves[0]!.points[1]!.hitRate).toBeGreaterThan(0.8);
    const [still, eager] = [of('zipf', null), of('zipf', ahead)];
    expect(eager.curves[0]!.points[1]!.hitRate).toBeLessThan(still.curves[0]!.points[1]!.hitRate);
    expect(eager.curves[0]!.points[1]!.fetchedAhead).toBeGreaterThan(0);
  });

  test('chooses sizes from the largest entry, or a hundredth, to all', () => {
    const even = makeTrace({ kind: 'loop', requests: 1000, keys: 1000, seed: 1, bytes: 10 });
    expect(labSizes(even, 3)).toEqual([100, 1000, 10_000]);
    expect(
      labSizes(
        traceOf([1, 2], (key) => key * 500),
        2,
      ),
    ).toEqual([1000, 1500]);
    expect(
      labSizes(
        traceOf([1], () => 7),
        4,
      ),
    ).toEqual([7]);
  });

  test('chooses no size above all, and 0 where nothing has one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.integer({ min: 1, max: 20 }),
        (all, count) => {
          const sizes = labSizes(
            traceOf([1, 2], (key) => (key === 1 ? 1 : all)),
            count,
          );
          expect(sizes.at(-1)).toBe(all + 1);
        },
      ),
    );
    const nothing = {
      ...{ policies, sizes: 5, prefetch: null },
      trace: { kind: 'recorded', name: 'a run that asked for nothing', requests: [] },
    } as const;
    const { curves, ceiling } = finish(runCacheLab(nothing));
    expect(curves.map(({ points }) => points.length)).toEqual([1, 1, 1, 1, 1]);
    expect(curves[0]!.points[0]).toMatchObject({ maxBytes: 0, hitRate: NaN, byteHitRate: NaN });
    expect(ceiling!.points).toMatchObject([{ maxBytes: 0, hitRate: NaN, byteHitRate: NaN }]);
  });
});

describe('fetching ahead', () => {
  const rule = {
    candidates: (asked: string) => ['a/1', 'a/2', asked, 'a/3', 'a/1', 'b/1', 'b/2', 'c/1'],
    groupOf: (key: string) => key.slice(0, 1),
    ...{ perGroupMax: 2, inAllMax: 4 },
  };
  test('keeps to so many a directory and so many in all, and fetches nothing that is there', () => {
    const there = new Set(['a/2']);
    const ahead = (more: object) =>
      keysAhead({ ...rule, ...more }, (key) => there.has(key), 'a/9', 'miss');
    expect(ahead({})).toEqual(['a/1', 'a/3', 'b/1', 'b/2']);
    expect(ahead({ perGroupMax: 1 })).toEqual(['a/1', 'b/1', 'c/1']);
    expect(ahead({ inAllMax: 0 })).toEqual([]);
    expect(ahead({ perGroupMax: 0 })).toEqual([]);
  });
});
