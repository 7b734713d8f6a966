import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contrast, textOn } from '../../src/charts/colours.ts';
import { heatScale } from '../../src/charts/heat-scale.ts';
import { binaryTicks } from '../../src/charts/layout/binary-ticks.ts';
import { labelledTicks } from '../../src/charts/layout/labelled-ticks.ts';
import { layoutBars } from '../../src/charts/layout/bars.ts';
import { layoutHeatMap } from '../../src/charts/layout/heat-map.ts';
import { layoutTradeOff } from '../../src/charts/layout/trade-off.ts';

const names = (count: number): string[] => Array.from({ length: count }, (_, at) => `${at}`);
const mapOf = (columns: number, rows: number, widthPx: number) =>
  layoutHeatMap(
    {
      ...{ columns: names(columns), rows: names(rows), xLabel: 'x', yLabel: 'y' },
      values: new Float64Array(columns * rows),
    },
    widthPx,
  );
const sizes = fc.record({
  columns: fc.integer({ min: 1, max: 40 }),
  rows: fc.integer({ min: 1, max: 40 }),
  widthPx: fc.integer({ min: 240, max: 1400 }),
});

describe('a heat map', () => {
  it('has every cell inside its plot, and finds it again from its middle', () => {
    fc.assert(
      fc.property(sizes, ({ columns, rows, widthPx }) => {
        const scene = mapOf(columns, rows, widthPx);
        for (const [column, row] of [
          [0, 0],
          [columns - 1, rows - 1],
          [columns >> 1, rows >> 1],
        ] as const) {
          const box = scene.box(column, row);
          expect(box.leftPx).toBeGreaterThanOrEqual(scene.plot.leftPx - 1e-6);
          expect(box.leftPx + box.widthPx).toBeLessThanOrEqual(
            scene.plot.leftPx + scene.plot.widthPx + 1e-6,
          );
          expect(scene.cellAt(box.leftPx + box.widthPx / 2, box.topPx + box.heightPx / 2)).toEqual({
            column,
            row,
          });
        }
        expect(scene.cellAt(scene.plot.leftPx - 1, scene.plot.topPx + 1)).toBeNull();
      }),
    );
  });

  it('has its first row at the bottom, and labels that do not lie over each other', () => {
    const scene = mapOf(200, 90, 500);
    expect(scene.box(0, 0).topPx).toBeGreaterThan(scene.box(0, 1).topPx);
    const gaps = (ticks: { px: number }[]): number[] =>
      ticks.slice(1).map(({ px }, at) => Math.abs(px - ticks[at]!.px));
    expect(Math.min(...gaps(scene.xTicks))).toBeGreaterThan(3 * 6);
    expect(Math.min(...gaps(scene.yTicks))).toBeGreaterThan(12);
  });
});

describe('the scale of its colours', () => {
  const figures = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), {
    minLength: 1,
    maxLength: 40,
  });
  it('has a colour for every figure, on which its text can be read', () => {
    fc.assert(
      fc.property(figures, (values) => {
        const scale = heatScale([...values, NaN, Infinity])!;
        expect(scale.least).toBe(Math.min(...values));
        expect(scale.most).toBe(Math.max(...values));
        for (const value of values) {
          const colour = scale.colourOf(value);
          expect(contrast(colour, textOn(colour))).toBeGreaterThanOrEqual(4.5);
        }
        for (const { share } of scale.ticks(4)) {
          expect(share).toBeGreaterThanOrEqual(-1e-9);
          expect(share).toBeLessThanOrEqual(1 + 1e-9);
        }
      }),
    );
  });
  it('takes differences next to nothing for none', () => {
    const scale = heatScale([5e-324, 1e-323])!;
    expect(scale.colourOf(1e-323)).toBe(scale.colourOf(5e-324));
    expect(scale.ticks(4)).toEqual([{ value: 5e-324, share: 0 }]);
    expect(heatScale([5e-324, 1])!.isLog).toBe(false);
  });
  it('is brightest where the figure is least, and logarithmic over a wide range', () => {
    const scale = heatScale([10, 20, 40, 80])!;
    expect(scale.isLog).toBe(true);
    const light = [10, 20, 40, 80].map((value) => contrast(scale.colourOf(value), '#000000'));
    expect(light).toEqual([...light].sort((a, b) => b - a));
    expect(heatScale([10, 20])!.isLog).toBe(false);
    expect(heatScale([0, 20])!.isLog).toBe(false);
    expect(heatScale([NaN, Infinity])).toBeNull();
  });
  it('paints next to no difference as next to none', () => {
    const scale = heatScale([1000, 1000.4])!;
    expect(scale.end).toBe(1010);
    const light = [1000, 1000.4, 1010].map((value) => contrast(scale.colourOf(value), '#000000'));
    expect(light[0]! - light[1]!).toBeLessThan((light[0]! - light[2]!) * 0.1);
    expect(heatScale([0, 0])!.end).toBe(0);
  });
});

it('of ticks that would say the same the first alone is there', () => {
  const format = (value: number): string => value.toFixed(0);
  expect(labelledTicks([1, 1.2, 1.4, 2], (value) => 10 * value, format)).toEqual([
    { px: 10, label: '1' },
    { px: 20, label: '2' },
  ]);
});

it('bars stand on zero, as high as their figures, and are found from their middle', () => {
  const scene = layoutBars(
    {
      ...{ columns: names(4), xLabel: 'x', yLabel: 'y', formatY: String },
      values: [10, 5, Infinity, NaN],
    },
    ...([400, 200] as const),
  );
  const heights = [0, 1, 2, 3].map((at) => scene.bar(at).heightPx);
  expect(heights[0]).toBeCloseTo(2 * heights[1]!, 6);
  expect(heights.slice(2)).toEqual([0, 0]);
  for (const at of [0, 1, 2, 3]) {
    const { leftPx, widthPx } = scene.column(at);
    expect(scene.columnAt(leftPx + widthPx / 2)).toBe(at);
  }
  expect(scene.columnAt(0)).toBe(-1);
});

it('a trade-off has less at the left and at the bottom, and finds the dot that is near', () => {
  const points = [
    { x: 1, y: 900 },
    { x: 50, y: 3 },
    { x: NaN, y: NaN },
    { x: 60, y: 900 },
  ];
  const scene = layoutTradeOff(
    { points, front: [0, 1], xLabel: 'x', yLabel: 'y', formatX: String, formatY: String },
    ...([400, 260] as const),
  );
  expect(scene.xPx(1)).toBeLessThan(scene.xPx(50));
  expect(scene.yPx(3)).toBeGreaterThan(scene.yPx(900));
  for (const at of [0, 1, 3])
    expect(scene.nearest(scene.xPx(points[at]!.x) + 2, scene.yPx(points[at]!.y))).toBe(at);
  expect(scene.nearest(scene.xPx(30), scene.yPx(40))).toBe(-1);
  for (const { px } of scene.xTicks) {
    expect(px).toBeGreaterThanOrEqual(scene.plot.leftPx);
    expect(px).toBeLessThanOrEqual(scene.plot.rightPx);
  }
});

it('an axis of bytes is read at multiples of powers of two, inside it and not too many', () => {
  expect(binaryTicks(0, 4_000_000, 4, false)).toEqual([0, 1, 2, 3].map((mib) => mib * 2 ** 20));
  expect(binaryTicks(700, 70_000, 4, true)).toEqual([1024, 4096, 16_384, 65_536]);
  const range = fc.record({
    low: fc.double({ min: 1, max: 1e9, noNaN: true }),
    times: fc.double({ min: 1.001, max: 1e6, noNaN: true }),
    count: fc.integer({ min: 2, max: 12 }),
    isLog: fc.boolean(),
  });
  fc.assert(
    fc.property(range, ({ low, times, count, isLog }) => {
      const ticks = binaryTicks(low, low * times, count, isLog);
      expect(ticks.length).toBeLessThanOrEqual(count + 1);
      for (const tick of ticks) {
        expect(tick).toBeGreaterThanOrEqual(low);
        expect(tick).toBeLessThanOrEqual(low * times);
      }
    }),
  );
});
