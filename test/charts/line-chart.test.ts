import { describe, expect, it } from 'vitest';
import { formatBytes, formatPercent } from '../../src/base/units.ts';
import { layoutLines, nearestX, type Line } from '../../src/charts/layout/line-chart.ts';
import { linesSvg } from '../../src/charts/svg/lines-svg.ts';

const sizes = [1024, 2048, 4096, 8192];
const lines: Line[] = [
  { name: 'LRU', points: sizes.map((x, i) => ({ x, y: i / 4 })) },
  { name: 'A < B', points: sizes.map((x, i) => ({ x, y: i === 1 ? NaN : 0.5 })) },
];
const options = {
  widthPx: 460,
  heightPx: 246,
  log: true,
  formatX: formatBytes,
  formatY: formatPercent,
  xLabel: 'Size of the cache',
  yMax: 1,
};

describe('the layout of lines', () => {
  const scene = layoutLines(lines, options);

  it('sets doublings equally far apart on a logarithmic axis, and ticks them', () => {
    const at = sizes.map((x) => scene.xPx(x));
    expect(at[0]).toBe(scene.plot.leftPx);
    expect(at[3]).toBe(scene.plot.rightPx);
    expect(at[1]! - at[0]!).toBeCloseTo(at[3]! - at[2]!);
    expect(scene.xTicks.map(({ label }) => label)).toEqual(['1 KiB', '2 KiB', '4 KiB', '8 KiB']);
  });

  it('has 0 at the bottom and the most at the top', () => {
    const [bottom, top] = [scene.yTicks.at(0)!, scene.yTicks.at(-1)!];
    expect([bottom.label, bottom.px]).toEqual(['0 %', scene.plot.bottomPx]);
    expect([top.label, top.px]).toEqual(['100 %', scene.plot.topPx]);
    expect(scene.lines[0]!.parts[0]![0]![1]).toBe(scene.plot.bottomPx);
  });

  it('breaks a line where nothing is known', () => {
    expect(scene.lines[0]!.parts.map((part) => part.length)).toEqual([4]);
    expect(scene.lines[1]!.parts.map((part) => part.length)).toEqual([1, 2]);
  });

  it('never has more ticks than there is room for', () => {
    const wide = {
      name: 'wide',
      points: [
        { x: 1, y: 0 },
        { x: 2 ** 40, y: 1 },
      ],
    };
    for (const widthPx of [120, 320, 390, 900, 1440]) {
      const { xTicks } = layoutLines([wide], { ...options, widthPx });
      const gaps = xTicks.slice(1).map((tick, i) => tick.px - xTicks[i]!.px);
      if (widthPx > 300) expect(Math.min(...gaps)).toBeGreaterThan(45);
      expect(xTicks.length).toBeGreaterThan(0);
    }
  });

  it('stands a single point, and none, with finite places', () => {
    for (const log of [true, false]) {
      const one = layoutLines([{ name: 'one', points: [{ x: 4, y: 0.5 }] }], { ...options, log });
      expect(Number.isFinite(one.xPx(4))).toBe(true);
      const none = layoutLines([], { ...options, log });
      expect(none.xTicks.every(({ px }) => Number.isFinite(px))).toBe(true);
    }
  });

  it('finds the nearest place by what is drawn, not by the number', () => {
    // Halfway on the screen between 2 and 4 KiB lies 2.8 KiB.
    expect(nearestX(scene, sizes, scene.xPx(2700))).toBe(1);
    expect(nearestX(scene, sizes, scene.xPx(3000))).toBe(2);
    expect(nearestX(scene, sizes, -50)).toBe(0);
    expect(nearestX(scene, [], 0)).toBe(-1);
  });
});

describe('the picture of lines', () => {
  const scene = layoutLines(lines, options);
  const looks = [{ colour: 0 }, { colour: 'ink' as const, dash: '4 3' }];
  const svg = linesSvg(scene, { theme: 'light', label: 'A < B', looks, cursorX: 2048 });

  it('draws each unbroken part once, single points as dots, and the cursor', () => {
    expect(svg.match(/<path /g)).toHaveLength(2);
    expect(svg.match(/<circle /g)).toHaveLength(1);
    expect(svg.match(/stroke-dasharray="4 3"/g)).toHaveLength(1);
    const at = Math.round(scene.xPx(2048) * 100) / 100;
    expect(svg).toContain(`<line x1="${at}" x2="${at}"`);
  });

  it('is well formed, whatever things are called', () => {
    expect(svg).toContain('aria-label="A &lt; B"');
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });
});
