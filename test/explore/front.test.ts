import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spreadAlong, tradeOffFront, type FrontPoint } from '../../src/explore/front.ts';

/** Few different figures, so that many are equal; now and then one that is not to be had. */
const figure = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 0, max: 12 }) },
  { weight: 1, arbitrary: fc.constant(NaN) },
);
const points = fc.array(fc.record({ x: figure, y: figure }), { maxLength: 60 });
const beats = (a: FrontPoint, b: FrontPoint): boolean =>
  a.x <= b.x && a.y <= b.y && (a.x < b.x || a.y < b.y);
const isThere = ({ x, y }: FrontPoint): boolean => !Number.isNaN(x) && !Number.isNaN(y);

test('the front is what nobody beats, found by trying all pairs', () => {
  fc.assert(
    fc.property(points, (some) => {
      const byForce = some.flatMap((point, index) =>
        isThere(point) && !some.some((other) => isThere(other) && beats(other, point))
          ? [index]
          : [],
      );
      const front = tradeOffFront(some);
      const members = front.flatMap(({ index, alike }) => [index, ...alike]);
      expect(members.toSorted((a, b) => a - b)).toEqual(byForce);
      for (const { index, alike } of front) {
        for (const other of alike) {
          expect(some[other]).toEqual(some[index]);
          expect(other).toBeGreaterThan(index);
        }
      }
    }),
  );
});

test('along the front one figure grows and the other falls', () => {
  fc.assert(
    fc.property(points, (some) => {
      const front = tradeOffFront(some).map(({ index }) => some[index]!);
      for (let at = 1; at < front.length; at++) {
        expect(front[at]!.x).toBeGreaterThan(front[at - 1]!.x);
        expect(front[at]!.y).toBeLessThan(front[at - 1]!.y);
      }
    }),
  );
});

test('what nobody could tell apart is one setting, and of it the cheapest is named', () => {
  const some = [
    { x: 100, y: 50 },
    { x: 100.3, y: 50.1 },
    { x: 100.4, y: 40 },
    { x: 120, y: 39.9 },
    { x: 120, y: 30 },
    { x: 120.2, y: 30.1 },
  ];
  expect(tradeOffFront(some)).toEqual([
    { index: 2, alike: [] },
    { index: 4, alike: [5] },
  ]);
  expect(tradeOffFront(some, (a, b) => b - a).at(-1)).toEqual({ index: 5, alike: [4] });
});

test('some of a front are spread over it, both ends among them', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 2, max: 9 }), (size, most) => {
      const front = Array.from({ length: size }, (_, at) => at);
      const some = spreadAlong(front, most);
      expect(some).toHaveLength(Math.min(size, most));
      expect(new Set(some).size).toBe(some.length);
      if (size > 0) expect([some[0], some.at(-1)]).toEqual([0, size - 1]);
      const gaps = some.slice(1).map((at, before) => at - some[before]!);
      if (gaps.length > 0) expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
    }),
  );
});
