import { scaleLinear, scaleLog } from 'd3';
import { binaryTicks } from './binary-ticks.ts';
import { labelledTicks } from './labelled-ticks.ts';
import type { AxisTick, Plot } from './plot.ts';

/** Of both figures less is better; NaN: it is not to be had. */
export interface TradeOffInput {
  points: readonly { x: number; y: number }[];
  /** Places of those that nobody beats, from the least x to the least y. */
  front: readonly number[];
  xLabel: string;
  yLabel: string;
  formatX: (x: number) => string;
  formatY: (y: number) => string;
  /** Their labels are multiples of powers of two. */
  areBytes?: { x: boolean; y: boolean };
}

export interface TradeOffScene extends TradeOffInput {
  widthPx: number;
  heightPx: number;
  plot: Plot;
  xTicks: AxisTick[];
  yTicks: AxisTick[];
  xPx(x: number): number;
  yPx(y: number): number;
  /** The place of the point nearest to there; -1: none is near. */
  nearest(xPx: number, yPx: number): number;
}

/** Between the largest and the least: from here on equal steps would put nearly all into one corner. */
const logFromRatio = 20;
const marginPx = { left: 62, right: 18, top: 22, bottom: 38 };
const pxPerTick = { x: 74, y: 34 };
const nearPx = 24;

/** Where the points of a trade-off go, in CSS pixels. */
export function layoutTradeOff(
  input: TradeOffInput,
  widthPx: number,
  heightPx: number,
): TradeOffScene {
  const plot = {
    leftPx: marginPx.left,
    rightPx: Math.max(marginPx.left + 1, widthPx - marginPx.right),
    topPx: marginPx.top,
    bottomPx: Math.max(marginPx.top + 1, heightPx - marginPx.bottom),
  };
  const x = scaleOver(
    input.points.map((point) => point.x),
    [plot.leftPx, plot.rightPx],
  );
  const y = scaleOver(
    input.points.map((point) => point.y),
    [plot.bottomPx, plot.topPx],
  );
  const countX = Math.max(2, Math.floor((plot.rightPx - plot.leftPx) / pxPerTick.x));
  const countY = Math.max(2, Math.floor((plot.bottomPx - plot.topPx) / pxPerTick.y));
  return {
    ...{ ...input, widthPx, heightPx, plot, xPx: x, yPx: y },
    xTicks: labelledTicks(ticksOf(x, countX, input.areBytes?.x), x, input.formatX),
    yTicks: labelledTicks(ticksOf(y, countY, input.areBytes?.y), y, input.formatY),
    nearest(atX, atY) {
      let nearest = -1;
      let least = nearPx ** 2;
      const isFront = new Set(input.front);
      input.points.forEach((point, index) => {
        const away = (x(point.x) - atX) ** 2 + (y(point.y) - atY) ** 2;
        // Of those as near as each other one that matters.
        if (away < least || (away === least && isFront.has(index))) {
          [nearest, least] = [index, away];
        }
      });
      return nearest;
    },
  };
}

type Scale = ReturnType<typeof scaleOver>;

function scaleOver(values: readonly number[], range: [number, number]) {
  const finite = values.filter(Number.isFinite);
  const least = finite.reduce((a, b) => Math.min(a, b), Infinity);
  const most = finite.reduce((a, b) => Math.max(a, b), -Infinity);
  if (!(least <= most)) return scaleLinear([0, 1], range);
  if (least > 0 && most / least >= logFromRatio) return scaleLog([least / 1.1, most * 1.1], range);
  // A little air, and zero where it is near.
  const air = most > least ? (most - least) * 0.06 : Math.max(1, Math.abs(most) * 0.1);
  const low = least - air <= (most - least) * 0.3 ? Math.min(0, least) : least - air;
  return scaleLinear([low, most + air], range);
}

/** A logarithmic scale gives ten a decade when it is asked for fewer; that many labels do not fit. */
function ticksOf(scale: Scale, count: number, areBytes = false): number[] {
  const [low, high] = scale.domain() as [number, number];
  if (areBytes) return binaryTicks(low, high, count, 'base' in scale);
  const all = scale.ticks(count);
  const step = Math.max(1, Math.ceil(all.length / (count + 1)));
  return all.filter((_, at) => at % step === 0);
}
