import { minIndex, scaleLinear, scaleLog } from 'd3';
import type { AxisTick, Plot } from './plot.ts';

/** A point of a line; a `y` that is NaN leaves a gap. */
export interface LinePoint {
  x: number;
  y: number;
}
export interface Line {
  name: string;
  points: readonly LinePoint[];
}

export interface LineChartOptions {
  widthPx: number;
  heightPx: number;
  /** Logarithmic in x (every x > 0), with ticks at powers of two. */
  log?: boolean;
  formatX: (x: number) => string;
  formatY: (y: number) => string;
  /** What the axes mean. */
  xLabel: string;
  yMax: number;
}

export interface LineScene {
  widthPx: number;
  heightPx: number;
  plot: Plot;
  xTicks: AxisTick[];
  yTicks: AxisTick[];
  xLabel: string;
  /** A line as its unbroken parts. */
  lines: { name: string; parts: [xPx: number, yPx: number][][] }[];
  /** Where an x is drawn. */
  xPx(x: number): number;
}

/** At the right there is room for half of what stands below the last tick, "100 %" or "64 KiB". */
const marginPx = { left: 46, right: 20, top: 8, bottom: 38 };
/** "256 KiB" and some air. */
const pxPerXTick = 64;
const pxPerYTick = 32;

/** Lines over a shared x, in CSS pixels; y from 0 to `yMax`. */
export function layoutLines(lines: readonly Line[], options: LineChartOptions): LineScene {
  const { widthPx, heightPx, log = false, formatX, formatY, xLabel, yMax } = options;
  const plot = {
    leftPx: marginPx.left,
    rightPx: Math.max(marginPx.left + 1, widthPx - marginPx.right),
    topPx: marginPx.top,
    bottomPx: Math.max(marginPx.top + 1, heightPx - marginPx.bottom),
  };
  const xs = lines.flatMap(({ points }) => points.map(({ x }) => x));
  const least = xs.reduce((a, b) => Math.min(a, b), Infinity);
  const most = xs.reduce((a, b) => Math.max(a, b), -Infinity);
  const [low, high] = least < most ? [least, most] : spread(least, log);
  const range: [number, number] = [plot.leftPx, plot.rightPx];
  const x = log ? scaleLog([low, high], range).base(2) : scaleLinear([low, high], range);
  const y = scaleLinear([0, yMax], [plot.bottomPx, plot.topPx]);
  const xCount = Math.max(2, Math.floor((plot.rightPx - plot.leftPx) / pxPerXTick));
  const yCount = Math.max(2, Math.floor((plot.bottomPx - plot.topPx) / pxPerYTick));
  return {
    widthPx,
    heightPx,
    plot,
    xTicks: (log ? powersOfTwo(low, high, xCount) : x.ticks(xCount)).map((at) => ({
      px: x(at),
      label: formatX(at),
    })),
    yTicks: y.ticks(yCount).map((at) => ({ px: y(at), label: formatY(at) })),
    xLabel,
    lines: lines.map(({ name, points }) => ({
      name,
      parts: unbroken(points).map((part) => part.map((point) => [x(point.x), y(point.y)])),
    })),
    xPx: (at) => x(at),
  };
}

/** A single x, or none, still needs an axis. */
function spread(x: number, log: boolean): [number, number] {
  if (!Number.isFinite(x)) return [1, 2];
  return log ? [x / 2, x * 2] : [x - 1, x + 1];
}

/** At most `count` powers of two of [low, high], evenly apart. */
function powersOfTwo(low: number, high: number, count: number): number[] {
  const first = Math.ceil(Math.log2(low) - 1e-9);
  const last = Math.floor(Math.log2(high) + 1e-9);
  const step = Math.max(1, Math.ceil((last - first + 1) / count));
  const powers: number[] = [];
  for (let power = first; power <= last; power += step) powers.push(2 ** power);
  return powers;
}

function unbroken(points: readonly LinePoint[]): LinePoint[][] {
  const parts: LinePoint[][] = [];
  let part: LinePoint[] = [];
  for (const point of points) {
    if (Number.isFinite(point.y)) part.push(point);
    else if (part.length > 0) {
      parts.push(part);
      part = [];
    }
  }
  if (part.length > 0) parts.push(part);
  return parts;
}

/** The place in `xs` (ascending) that is drawn nearest to `atPx`; -1: there is none. */
export function nearestX(scene: LineScene, xs: readonly number[], atPx: number): number {
  return minIndex(xs, (x) => Math.abs(scene.xPx(x) - atPx));
}
