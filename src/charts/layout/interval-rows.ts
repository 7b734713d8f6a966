import { scaleLinear } from 'd3';
import type { AxisTick, Plot } from './plot.ts';

/** One estimate with its interval, such as a speedup measured on one machine. */
export interface IntervalRow {
  name: string;
  ratio: number;
  low: number;
  high: number;
}

/** Where each row's whisker goes; its name stands above it. */
export interface IntervalMark {
  row: number;
  /** Of the ratio, and the whisker's height. */
  x: number;
  y: number;
  lowPx: number;
  highPx: number;
}
export interface IntervalScene {
  widthPx: number;
  heightPx: number;
  plot: Plot;
  xTicks: AxisTick[];
  yTicks: AxisTick[];
  marks: IntervalMark[];
  /** Where nothing is gained or lost. */
  onePx: number;
}

const rowPx = 34;
const nameRoomPx = 20;
const pxPerTick = 70;

/** Estimates one below the other on a common scale, so that overlaps are seen. It always reaches 1×; it need not begin at 0. */
export function layoutIntervalRows(rows: readonly IntervalRow[], widthPx: number): IntervalScene {
  const heightPx = rows.length * rowPx + 42;
  const plot = { leftPx: 8, rightPx: Math.max(9, widthPx - 8), topPx: 2, bottomPx: heightPx - 38 };
  const least = Math.min(1, ...rows.map(({ low }) => low));
  const most = Math.max(1, ...rows.map(({ high }) => high));
  const air = (most - least || 1) * 0.06;
  const x = scaleLinear([least - air, most + air], [plot.leftPx, plot.rightPx]);
  const ticks = x.ticks(Math.max(2, Math.floor((plot.rightPx - plot.leftPx) / pxPerTick)));
  return {
    ...{ widthPx, heightPx, plot, yTicks: [] },
    xTicks: ticks.map((value) => ({ px: x(value), label: `${value}×` })),
    marks: rows.map(({ ratio, low, high }, row) => ({
      ...{ row, x: x(ratio), y: plot.topPx + row * rowPx + nameRoomPx + 5 },
      ...{ lowPx: x(low), highPx: x(high) },
    })),
    onePx: x(1),
  };
}
