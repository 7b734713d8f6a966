import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cacheAnswers, hitRateSeries } from '../../src/measure/cache-series.ts';
import { Outcome } from '../../src/trace/types.ts';
import { drawnTrace, type DrawnTask } from '../fixtures/ascii-trace.ts';

const computed = (ready: number, more: Partial<DrawnTask> = {}): DrawnTask => {
  const start = ready + 1;
  return {
    stage: 0,
    worker: 0,
    arrive: ready - 1,
    ready,
    start,
    end: start + 4,
    leave: start + 4,
    ...more,
  };
};
const found = (end: number, more: Partial<DrawnTask> = {}): DrawnTask => ({
  stage: 0,
  worker: -1,
  ready: end - 1,
  start: end - 1,
  end,
  leave: end,
  outcome: Outcome.hit,
  bytes: 10,
  ...more,
});
const only = new Set([0]);

test('takes a look-up when it was answered, in order, of the stages asked for', () => {
  const trace = drawnTrace(
    ['a', 'b'],
    [found(9), computed(2), computed(5, { stage: 1 }), found(3, { stage: 1 })],
  );
  const { hitsMs, missesMs } = cacheAnswers(trace, only);
  expect([...missesMs]).toEqual([2]);
  expect([...hitsMs]).toEqual([9]);
});

test('counts no further attempt, no lost worker’s try and nothing that never ran; a batch item by item', () => {
  const trace = drawnTrace(
    ['a'],
    [
      computed(2, { outcome: Outcome.retried }),
      computed(12, { attempt: 2 }),
      computed(14, { outcome: Outcome.lost, item: 7 }),
      computed(22, { item: 7 }),
      computed(30, { worker: -1, outcome: Outcome.cancelled }),
      computed(40, {
        members: [
          [1, 39],
          [2, 39],
          [3, 40],
        ],
      }),
    ],
  );
  const { hitsMs, missesMs } = cacheAnswers(trace, only);
  expect([...missesMs]).toEqual([2, 22, 40, 40, 40]);
  expect([...hitsMs]).toEqual([]);
});

test('a cache that warms up: what it finds lately rises above what it has found so far', () => {
  const misses = Array.from({ length: 50 }, (_, i) => i);
  const hits = Array.from({ length: 50 }, (_, i) => 50 + i);
  const answers = { hitsMs: Float64Array.from(hits), missesMs: Float64Array.from(misses) };
  const points = hitRateSeries(answers, 100, 10);
  expect(points.map(({ lately }) => lately)).toEqual([0, 0, 0, 0, 0.1, 1, 1, 1, 1, 1]);
  expect(points.at(-1)).toMatchObject({ asked: 100, hits: 50, soFar: 0.5 });
});

test('has no rate where nothing was asked, and nothing to show of nothing', () => {
  const none = { hitsMs: new Float64Array(0), missesMs: new Float64Array(0) };
  expect(hitRateSeries(none, 10)).toEqual([]);
  const one = { hitsMs: Float64Array.of(1), missesMs: new Float64Array(0) };
  expect(hitRateSeries(one, 0)).toEqual([]);
  const points = hitRateSeries(one, 100, 100);
  expect(points[50]!.lately).toBeNaN();
  expect(points[50]!.soFar).toBe(1);
});

test('equals counting by hand at every instant', () => {
  const answer = fc.record({ at: fc.integer({ min: 0, max: 1000 }), isHit: fc.boolean() });
  fc.assert(
    fc.property(fc.array(answer, { minLength: 1, maxLength: 60 }), (drawn) => {
      const sorted = drawn.toSorted((a, b) => a.at - b.at);
      const timesOf = (found: boolean): Float64Array =>
        Float64Array.from(sorted.filter(({ isHit }) => isHit === found).map(({ at }) => at));
      const answers = { hitsMs: timesOf(true), missesMs: timesOf(false) };
      for (const point of hitRateSeries(answers, 1000, 20)) {
        const until = sorted.filter(({ at }) => at <= point.timeMs);
        const within = until.filter(({ at }) => at > point.timeMs - 100);
        const share = (of: typeof sorted): number =>
          of.filter(({ isHit }) => isHit).length / of.length;
        expect(point.asked).toBe(until.length);
        expect(point.soFar).toBe(share(until));
        expect(point.lately).toBe(share(within));
      }
    }),
  );
});
