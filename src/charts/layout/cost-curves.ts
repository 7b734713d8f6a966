import { scaleLog } from 'd3';
import { formatCount } from '../../base/units.ts';
import type { AxisTick, Plot } from './plot.ts';

/** What one way of doing it costs at growing sizes, and the exponent of n that was fitted to it. */
export interface CostSeries {
  /** n and cost, both above 0: others are left out. */
  points: readonly { n: number; cost: number }[];
  /** null: none was fitted. */
  exponent: number | null;
}

type Point = [xPx: number, yPx: number];

export interface CostScene {
  widthPx: number;
  heightPx: number;
  plot: Plot;
  xTicks: AxisTick[];
  yTicks: AxisTick[];
  series: {
    /** One a point of the series that could be drawn, with its place among them. */
    marks: { at: number; x: number; y: number }[];
    /** The fitted power of n from the least size to the largest; empty: none. */
    fit: Point[];
  }[];
  /** From here on the claim was made; null: everywhere, or beyond what was measured. */
  fromX: number | null;
}

const pxPerXTick = 34;
const pxPerYTick = 26;

/** Costs against n, both logarithmic: a power of n is a straight line, and its exponent the slope. */
export function layoutCostCurves(
  series: readonly CostSeries[],
  options: {
    widthPx: number;
    heightPx: number;
    /** The least n of which something is claimed. */
    fromN?: number;
    formatCost: (cost: number) => string;
  },
): CostScene {
  const { widthPx, heightPx, fromN, formatCost } = options;
  const plot = {
    leftPx: 60,
    rightPx: Math.max(61, widthPx - 16),
    topPx: 10,
    bottomPx: Math.max(11, heightPx - 38),
  };
  const drawn = series.flatMap(({ points }) => points.filter(isDrawn));
  const [nLow, nHigh] = span(drawn.map(({ n }) => n));
  const fits = series.map(({ points, exponent }) => fitOf(points.filter(isDrawn), exponent));
  const [costLow, costHigh] = span([...drawn, ...fits.flat()].map(({ cost }) => cost));
  const x = scaleLog([nLow, nHigh], [plot.leftPx + 10, plot.rightPx - 10]);
  const y = scaleLog([costLow / 1.3, costHigh * 1.3], [plot.bottomPx, plot.topPx]);
  const yCount = Math.max(2, Math.floor((plot.bottomPx - plot.topPx) / pxPerYTick));
  return {
    ...{ widthPx, heightPx, plot },
    xTicks: apart(
      [...new Set(drawn.map(({ n }) => n))].sort((a, b) => a - b),
      (n) => x(n),
      pxPerXTick,
    ).map((n) => ({ px: x(n), label: formatCount(n) })),
    yTicks: roundCosts(costLow / 1.3, costHigh * 1.3, yCount).map((cost) => ({
      px: y(cost),
      label: formatCost(cost),
    })),
    series: series.map(({ points }, way) => ({
      marks: points.flatMap((point, at) =>
        isDrawn(point) ? { at, x: x(point.n), y: y(point.cost) } : [],
      ),
      fit: fits[way]!.map(({ n, cost }) => [x(n), y(cost)]),
    })),
    fromX: fromN !== undefined && fromN >= nLow && fromN <= nHigh ? x(fromN) : null,
  };
}

const isDrawn = ({ n, cost }: CostSeries['points'][number]): boolean =>
  n > 0 && cost > 0 && Number.isFinite(cost);

/** Least and largest; a single value, or none, still needs an axis. */
function span(values: readonly number[]): [number, number] {
  if (values.length === 0) return [1, 10];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low < high ? [low, high] : [low / 2, high * 2];
}

/** The line of that slope through the middle of the points, as least squares on the logarithms draw it. */
function fitOf(points: readonly { n: number; cost: number }[], exponent: number | null) {
  if (exponent === null || points.length < 2) return [];
  const mean = (values: number[]): number =>
    values.reduce((sum, value) => sum + Math.log(value), 0) / values.length;
  const ns = points.map(({ n }) => n);
  const level = mean(points.map(({ cost }) => cost)) - exponent * mean(ns);
  return [Math.min(...ns), Math.max(...ns)].map((n) => ({
    n,
    cost: Math.exp(level + exponent * Math.log(n)),
  }));
}

/** Those that leave each other room, the last one always. */
function apart(values: readonly number[], pxOf: (n: number) => number, roomPx: number): number[] {
  const kept: number[] = [];
  for (const value of [...values].reverse())
    if (kept.length === 0 || pxOf(kept.at(-1)!) - pxOf(value) >= roomPx) kept.push(value);
  return kept.reverse();
}

/** Powers of ten, with 2 and 5 between them where there is room; every second, third… power where there is little. */
function roundCosts(low: number, high: number, count: number): number[] {
  const from = Math.ceil(Math.log10(low) - 1e-9);
  const to = Math.floor(Math.log10(high) + 1e-9);
  const within = (cost: number): boolean => cost >= low && cost <= high;
  const powers = Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);
  const fine = [from - 1, ...powers].flatMap((power) =>
    [1, 2, 5].map((digit) => Number(`${digit}e${power}`)),
  );
  const few = fine.filter(within);
  if (few.length <= count) return few;
  const step = Math.max(1, Math.ceil(powers.length / count));
  return powers.filter((_, at) => at % step === 0).map((power) => Number(`1e${power}`));
}
