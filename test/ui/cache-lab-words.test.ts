import { expect, test } from 'vitest';
import { runCacheLab, type LabRequest, type LabResult } from '../../src/explore/cache-lab.ts';
import {
  curvesOf,
  labLooks,
  labVerdict,
  sameCurves,
  traceWords,
  verdictAt,
  widestGap,
  type Curve,
} from '../../src/ui/tabs/cache-lab-words.ts';
import { traceKinds } from '../../src/explore/cache-traces.ts';

function lab(request: Partial<LabRequest>): LabResult {
  const steps = runCacheLab({
    trace: { kind: 'loop', requests: 2000, keys: 100, bytes: 10, seed: 1 },
    policies: ['lru', 'w-tinylfu'],
    sizes: 5,
    prefetch: null,
    ...request,
  });
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
const curve = (what: Curve['what'], rates: number[]): Curve => ({
  what,
  points: rates.map((rate, i) => ({
    maxBytes: 1024 * 2 ** i,
    hitRate: rate,
    byteHitRate: 1 - rate,
  })),
});

test('puts the ceiling first, and has none where there is none', () => {
  expect(curvesOf(lab({})).map(({ what }) => what)).toEqual(['optimum', 'lru', 'w-tinylfu']);
  const prefetch = { perDirectory: 5, inAll: 10 };
  expect(curvesOf(lab({ prefetch })).map(({ what }) => what)).toEqual(['lru', 'w-tinylfu']);
});

test('says who finds most, how near to the ceiling, and where it is furthest ahead', () => {
  const curves = [
    curve('optimum', [0.4, 0.8, 1]),
    curve('fifo', [0.1, 0.2, 0.9]),
    curve('lru', [0.2, 0.6, 0.9]),
  ];
  // (0.2 + 0.6 + 0.9) ÷ (0.4 + 0.8 + 1) = 77 %; the widest gap is 60 against 20, at 2 KiB.
  expect(labVerdict(curves, 'hitRate').replaceAll('\u00a0', ' ')).toBe(
    'Over all sizes LRU finds most: 77 % of what can be found. It is furthest ahead at 2 KiB: 60 % against 20 % with FIFO.',
  );
  expect(widestGap(curves, 'hitRate')).toBe(1);
  expect(labVerdict(curves, 'byteHitRate')).toMatch(/^Over all sizes FIFO finds most/);
});

test('reads the picture at the size that the verdict speaks of', () => {
  // The ceiling is furthest from a policy at 1 KiB, the policies from each other at 2 KiB.
  const curves = [
    curve('optimum', [0.9, 0.9, 1]),
    curve('fifo', [0.1, 0.2, 0.9]),
    curve('lru', [0.2, 0.6, 0.9]),
  ];
  expect(verdictAt(curves, 'hitRate')).toBe(1);
  expect(verdictAt(curves.slice(0, 2), 'hitRate')).toBe(0);
});

test('says which curves lie on each other', () => {
  expect(sameCurves([curve('optimum', [1, 1]), curve('lru', [1, 1])], 'hitRate')).toBe('');
  expect(
    sameCurves(curvesOf(lab({ policies: ['lru', 'fifo', 'lru-buckets', 'w-tinylfu'] })), 'hitRate'),
  ).toBe(' LRU, FIFO and LRU buckets do the same here: their curves lie on each other.');
});

test('finds LRU helpless in a loop that does not fit', () => {
  expect(labVerdict(curvesOf(lab({})), 'hitRate')).toMatch(
    /W-TinyLFU finds most.* 0\u00a0% with LRU/,
  );
  // Of those that do equally badly it names the first.
  const policies = ['lru', 'fifo', 'lfu', 'lru-buckets', 'w-tinylfu'] as const;
  expect(labVerdict(curvesOf(lab({ policies })), 'hitRate')).toMatch(/0\u00a0% with LRU\.$/);
});

test('says so when policies are equal, alone, or there is nothing to find', () => {
  const [a, b] = [curve('lru', [0.5, 0.7]), curve('lfu', [0.501, 0.7])];
  expect(labVerdict([a, b], 'hitRate')).toMatch(/differ by less than a percentage point/);
  expect(labVerdict([curve('optimum', [1, 1]), a], 'hitRate')).toBe(
    'Over all sizes LRU finds 60\u00a0% of what can be found.',
  );
  const once = { kind: 'recorded', name: 'Once', requests: [{ key: 'a', bytes: 1 }] } as const;
  expect(labVerdict(curvesOf(lab({ trace: once })), 'hitRate')).toMatch(
    /^Nothing is asked for twice/,
  );
  expect(labVerdict(curvesOf(lab({ policies: [] })), 'hitRate')).toMatch(/^Choose a policy/);
});

test('has words for each trace, and a look of its own for each curve', () => {
  expect(Object.keys(traceWords).toSorted()).toEqual([...traceKinds, 'recorded'].toSorted());
  const looks = Object.values(labLooks).map((look) => JSON.stringify(look));
  expect(new Set(looks).size).toBe(looks.length);
});
