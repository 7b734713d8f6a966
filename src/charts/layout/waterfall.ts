import { scaleLinear } from 'd3';
import { labelledTicks } from './labelled-ticks.ts';
import type { AxisTick, Plot } from './plot.ts';

export interface WaterfallStep {
  label: string;
  /** A total stands on zero; else it adds to (below zero: takes from) what is before it. */
  isTotal: boolean;
  value: number;
}

/** Rows from top to bottom, in CSS pixels; each begins where the one before it ended. */
export interface WaterfallScene {
  widthPx: number;
  heightPx: number;
  plot: Plot;
  rows: {
    step: WaterfallStep;
    topPx: number;
    heightPx: number;
    fromPx: number;
    toPx: number;
    /** Where its figure stands, right of both ends. */
    figurePx: number;
  }[];
  ticks: AxisTick[];
}

const rowPx = 26;
const barPx = 14;
const axisPx = 34;
const topPx = 4;
const letterPx = 6.2;
const figureRoomPx = 74;
const pxPerTick = 80;

/** A waterfall with a row a step. The axis begins at zero, so that lengths can be compared. */
export function layoutWaterfall(
  steps: readonly WaterfallStep[],
  options: { widthPx: number; format: (value: number) => string },
): WaterfallScene {
  const { widthPx, format } = options;
  const longest = steps.reduce((most, { label }) => Math.max(most, label.length), 0);
  const leftPx = Math.min(widthPx * 0.45, longest * letterPx + 10);
  const rightPx = Math.max(leftPx + 1, widthPx - figureRoomPx);
  const spans = spansOf(steps);
  const most = Math.max(1e-9, ...spans.flat());
  const x = scaleLinear([Math.min(0, ...spans.flat()), most], [leftPx, rightPx]);
  const bottomPx = topPx + steps.length * rowPx;
  return {
    widthPx,
    heightPx: bottomPx + axisPx,
    plot: { leftPx, rightPx, topPx, bottomPx },
    rows: steps.map((step, at) => {
      const [fromPx, toPx] = spans[at]!.map((value) => x(value)) as [number, number];
      return {
        ...{ step, fromPx, toPx, heightPx: barPx },
        topPx: topPx + at * rowPx + (rowPx - barPx) / 2,
        figurePx: Math.max(fromPx, toPx) + 6,
      };
    }),
    ticks: labelledTicks(
      x.ticks(Math.max(2, Math.floor((rightPx - leftPx) / pxPerTick))),
      ...([x, format] as const),
    ),
  };
}

function spansOf(steps: readonly WaterfallStep[]): [from: number, to: number][] {
  let level = 0;
  return steps.map(({ isTotal, value }) => {
    const from = isTotal ? 0 : level;
    level = from + value;
    return [from, level];
  });
}

/** The row at a height; -1: there is none. */
export function rowAt({ rows, plot }: WaterfallScene, yPx: number): number {
  const at = Math.floor((yPx - plot.topPx) / rowPx);
  return at >= 0 && at < rows.length ? at : -1;
}
