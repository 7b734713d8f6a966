import { scaleBand } from 'd3';
import type { AxisTick } from './plot.ts';

/** What a cell shows in place of a figure. */
export const notYet = NaN;
export const notPossible = Infinity;

export interface HeatMapInput {
  /** Values of the two fields, as text. */
  columns: readonly string[];
  rows: readonly string[];
  xLabel: string;
  yLabel: string;
  /** Row by row; `notYet`, `notPossible`, or what is to be shown. */
  values: ArrayLike<number>;
}

export interface CellBox {
  leftPx: number;
  topPx: number;
  widthPx: number;
  heightPx: number;
}

export interface HeatMapScene extends HeatMapInput {
  widthPx: number;
  heightPx: number;
  plot: CellBox;
  /** Only those there is room for. */
  xTicks: AxisTick[];
  yTicks: AxisTick[];
  box(column: number, row: number): CellBox;
  /** null: there is no cell. */
  cellAt(xPx: number, yPx: number): { column: number; row: number } | null;
}

/** Of a letter of 11 px, on average. */
const letterPx = 6.2;
const labelMaxPx = 130;
const axisPx = 38;
/** The name of the rows stands above them. */
const headPx = 20;
const cellMaxPx = { width: 112, height: 34 };
const cellMinHeightPx = 4;
const plotMaxHeightPx = 420;
const tickPitchPx = 15;
/** Smaller cells touch each other. */
const gapFromPx = 12;

/** Where the cells go, in CSS pixels: columns from the left, the first row at the bottom, as on any axis. */
export function layoutHeatMap(input: HeatMapInput, widthPx: number): HeatMapScene {
  const { columns, rows } = input;
  const leftPx = Math.min(labelMaxPx, widthPx / 3, longest(rows) * letterPx + 12) + tickPitchPx;
  const across = Math.max(
    columns.length,
    Math.min(widthPx - leftPx, columns.length * cellMaxPx.width),
  );
  const pitchPx = Math.min(cellMaxPx.height, plotMaxHeightPx / Math.max(1, rows.length));
  const down = rows.length * Math.max(cellMinHeightPx, pitchPx);
  const plot = { leftPx, topPx: headPx, widthPx: across, heightPx: down };
  const columnPitchPx = across / Math.max(1, columns.length);
  // Gaps in a large map would be all one sees.
  const gap = Math.min(columnPitchPx, down / Math.max(1, rows.length)) >= gapFromPx ? 0.06 : 0;
  const x = bands(columns.length, leftPx, leftPx + across, gap);
  const y = bands(rows.length, plot.topPx + down, plot.topPx, gap);
  return {
    ...input,
    widthPx,
    heightPx: plot.topPx + down + axisPx,
    plot,
    xTicks: ticks(columns, x, (longest(columns) * letterPx + 6) / columnPitchPx),
    yTicks: ticks(rows, y, (tickPitchPx * rows.length) / down),
    box: (column, row) => ({
      leftPx: x(column)!,
      topPx: y(row)!,
      widthPx: x.bandwidth(),
      heightPx: y.bandwidth(),
    }),
    cellAt(xPx, yPx) {
      const column = Math.floor(((xPx - leftPx) / across) * columns.length);
      const row = rows.length - 1 - Math.floor(((yPx - plot.topPx) / down) * rows.length);
      const isIn = column >= 0 && row >= 0 && column < columns.length && row < rows.length;
      return isIn ? { column, row } : null;
    },
  };
}

function bands(count: number, from: number, to: number, gap: number) {
  const range = Array.from({ length: count }, (_, at) => at);
  return scaleBand(range, [from, to])
    .paddingInner(gap)
    .paddingOuter(gap / 2);
}

/** Every so many, so that labels which take `each` cells stay apart. */
function ticks(
  labels: readonly string[],
  scale: ReturnType<typeof bands>,
  each: number,
): AxisTick[] {
  const step = Math.max(1, Math.ceil(each));
  return labels.flatMap((label, at) =>
    at % step === 0 ? [{ px: scale(at)! + scale.bandwidth() / 2, label }] : [],
  );
}

const longest = (labels: readonly string[]): number =>
  labels.reduce((most, { length }) => Math.max(most, length), 1);
