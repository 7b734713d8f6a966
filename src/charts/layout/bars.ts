import { scaleBand, scaleLinear } from 'd3';
import { binaryTicks } from './binary-ticks.ts';
import type { CellBox } from './heat-map.ts';
import { labelledTicks } from './labelled-ticks.ts';
import type { AxisTick } from './plot.ts';

export interface BarsInput {
  /** What stands below each bar. */
  columns: readonly string[];
  xLabel: string;
  yLabel: string;
  /** From 0 up; `notYet` and `notPossible` as in a heat map. */
  values: readonly number[];
  formatY: (value: number) => string;
  areBytes?: boolean;
}

export interface BarsScene extends BarsInput {
  widthPx: number;
  heightPx: number;
  plot: CellBox;
  xTicks: AxisTick[];
  yTicks: AxisTick[];
  /** The whole height above a column, where it is pointed at. */
  column(at: number): CellBox;
  /** The bar itself; its height is 0 where there is no figure. */
  bar(at: number): CellBox;
  /** -1: there is none. */
  columnAt(xPx: number): number;
}

const marginPx = { left: 62, right: 10, top: 22, bottom: 38 };
const pitchMaxPx = 90;
const letterPx = 6.2;
const pxPerYTick = 34;

/** One bar a value, in CSS pixels. */
export function layoutBars(input: BarsInput, widthPx: number, heightPx: number): BarsScene {
  const { columns, values, formatY, areBytes = false } = input;
  const count = Math.max(1, columns.length);
  const room = Math.max(count, widthPx - marginPx.left - marginPx.right);
  const plot = {
    leftPx: marginPx.left,
    topPx: marginPx.top,
    widthPx: Math.min(room, count * pitchMaxPx),
    heightPx: Math.max(1, heightPx - marginPx.top - marginPx.bottom),
  };
  const bottomPx = plot.topPx + plot.heightPx;
  const pitchPx = plot.widthPx / count;
  const x = scaleBand(
    columns.map((_, at) => at),
    [plot.leftPx, plot.leftPx + plot.widthPx],
  ).padding(pitchPx >= 8 ? 0.16 : 0);
  const most = values.filter(Number.isFinite).reduce((a, b) => Math.max(a, b), 0);
  const y = scaleLinear([0, most || 1], [bottomPx, plot.topPx]).nice();
  const yCount = Math.max(2, Math.floor(plot.heightPx / pxPerYTick));
  const longest = columns.reduce((letters, { length }) => Math.max(letters, length), 1);
  const step = Math.max(1, Math.ceil((longest * letterPx + 6) / pitchPx));
  return {
    ...{ ...input, widthPx, heightPx, plot },
    xTicks: columns.flatMap((label, at) =>
      at % step === 0 ? [{ px: x(at)! + x.bandwidth() / 2, label }] : [],
    ),
    yTicks: labelledTicks(
      areBytes ? binaryTicks(0, y.domain()[1]!, yCount, false) : y.ticks(yCount),
      ...([y, formatY] as const),
    ),
    column: (at) => ({
      leftPx: x(at)!,
      topPx: plot.topPx,
      widthPx: x.bandwidth(),
      heightPx: plot.heightPx,
    }),
    bar(at) {
      const value = values[at]!;
      const topPx = Number.isFinite(value) ? y(value) : bottomPx;
      return { leftPx: x(at)!, topPx, widthPx: x.bandwidth(), heightPx: bottomPx - topPx };
    },
    columnAt(xPx) {
      const at = Math.floor((xPx - plot.leftPx) / pitchPx);
      return at >= 0 && at < columns.length ? at : -1;
    },
  };
}
