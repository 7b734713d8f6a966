import { expect, test } from 'vitest';
import { parseDocument } from '../../src/pipeline/parse.ts';
import { cacheNotices } from '../../src/measure/cache-notices.ts';
import { drawnTrace } from '../fixtures/ascii-trace.ts';

const { pipeline } = parseDocument({
  format: 'millrace/1',
  stages: [{ id: 'embed', cache: {}, work: { kind: 'code', source: 'export default (x) => x;' } }],
});
/** So many misses, one after the other, looked up for 3 ms each. */
const run = (count: number, serviceMs: number) =>
  drawnTrace(
    ['embed'],
    Array.from({ length: count }, (_, i) => {
      const ready = 3 * (i + 1);
      const end = ready + serviceMs;
      return { stage: 0, worker: 0, arrive: 3 * i, ready, start: ready, end, leave: end };
    }),
  );

test('a run says that caching does not pay, and why', () => {
  expect(cacheNotices(run(20, 2), pipeline!, 'on')).toEqual([
    'Caching “embed” does not pay: a look-up took 3 ms, computing the result takes 2 ms. Turn the cache off for this stage.',
  ]);
});

test('and nothing when it pays, when few look-ups tell, or when the cache was off', () => {
  expect(cacheNotices(run(20, 30), pipeline!, 'on')).toEqual([]);
  expect(cacheNotices(run(19, 2), pipeline!, 'on')).toEqual([]);
  expect(cacheNotices(run(20, 2), pipeline!, 'off')).toEqual([]);
});
