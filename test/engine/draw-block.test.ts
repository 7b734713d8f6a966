import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DrawSeries, hashString, purpose, quantile } from '../../src/base/draws.ts';
import { DrawBlock } from '../../src/engine/draw-block.ts';

const draw = { exponential: 3 };
const series = new DrawSeries(7, purpose.service, hashString('a'));
const expected = (item: number, attempt: number, phase: number): number =>
  quantile(draw, series.unit(item, attempt, phase));

// Near each other, and any at all: results and children have numbers below 0 and large ones.
const anItem = fc.oneof(
  fc.integer({ min: -40, max: 200 }),
  fc.integer(),
  fc.integer({ min: 2 ** 32 - 40, max: 2 ** 32 + 40 }),
);

test('a value is the one its address has, whoever asked before', () => {
  fc.assert(
    fc.property(
      fc.array(anItem, { maxLength: 300 }),
      fc.integer({ min: 0, max: 3 }),
      (items, at) => {
        const block = new DrawBlock(draw, series, 1, at);
        for (const item of items) expect(block.at(item)).toBe(expected(item, 1, at));
      },
    ),
  );
});

test('the same in order, in order with gaps, and backwards', () => {
  for (const step of [1, 2, 7, 33, 40, -1]) {
    const block = new DrawBlock(draw, series, 1, 0);
    for (let i = 0, item = step < 0 ? 300 : 0; i < 300; i++, item += step) {
      expect(block.at(item)).toBe(expected(item, 1, 0));
    }
  }
});

test('units of items in a row are those of each item, also past 32 bits', () => {
  for (const first of [0, 1, 31, -5, 2 ** 31 - 3, 2 ** 32 - 3, 2 ** 40]) {
    const units = new Float64Array(9);
    series.units(first, 2, 1, units);
    expect([...units]).toEqual(Array.from(units, (_, i) => series.unit(first + i, 2, 1)));
  }
});
