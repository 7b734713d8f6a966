import { scaleLinear, scaleLog, ticks as roundNumbers } from 'd3';
import { quantileSorted } from '../../measure/distribution.ts';
import type { Speedup } from '../../measure/speedup.ts';
import type { AxisTick, Plot } from './plot.ts';

export interface FunnelScene {
  widthPx: number;
  heightPx: number;
  plot: Plot;
  xTicks: AxisTick[];
  yTicks: AxisTick[];
  /** Each pair's ratio; what lies outside the picture is at its edge. */
  dots: { x: number; y: number }[];
  /** The interval at each look. */
  looks: { x: number; low: number; ratio: number; high: number }[];
  /** ± 2 % about the newest ratio: as narrow as the interval is to get; null before the first look. */
  aim: { low: number; high: number } | null;
  /** Where the ratio is 1. */
  one: number;
}

const pxPerXTick = 40;
const pxPerYTick = 30;

/** Pairs across, their ratio upwards on a logarithmic scale, and the interval as it was at each look. */
export function layoutFunnel(
  ratios: readonly number[],
  looks: readonly Speedup[],
  { widthPx, heightPx }: { widthPx: number; heightPx: number },
  aimShare = 0.02,
): FunnelScene {
  const plot = {
    leftPx: 46,
    rightPx: Math.max(47, widthPx - 12),
    topPx: 6,
    bottomPx: heightPx - 34,
  };
  const sorted = Float64Array.from(ratios).sort();
  const last = looks.at(-1) ?? null;
  const reach = [
    1,
    // A far outlier would press all others together.
    ...(sorted.length > 0 ? [quantileSorted(sorted, 0.1), quantileSorted(sorted, 0.9)] : []),
    ...looks.flatMap(({ low, high }) => [low, high]),
    ...(last ? [last.ratio * (1 - aimShare), last.ratio * (1 + aimShare)] : []),
  ].filter((value) => value > 0 && Number.isFinite(value));
  const low = Math.min(...reach) / 1.02;
  const high = Math.max(...reach) * 1.02;
  const x = scaleLinear([0, Math.max(12, ratios.length)], [plot.leftPx, plot.rightPx]);
  const y = scaleLog([low, high], [plot.bottomPx, plot.topPx]).clamp(true);
  return {
    ...{ widthPx, heightPx, plot, one: y(1) },
    xTicks: x
      .ticks(Math.max(2, Math.floor((plot.rightPx - plot.leftPx) / pxPerXTick)))
      .filter(Number.isInteger)
      .map((at) => ({ px: x(at), label: String(at) })),
    yTicks: ratioTicks(low, high, Math.floor((plot.bottomPx - plot.topPx) / pxPerYTick)).map(
      (at) => ({ px: y(at), label: `${at}×` }),
    ),
    dots: ratios.map((ratio, index) => ({ x: x(index + 1), y: y(ratio) })),
    looks: looks.map((look) => ({
      x: x(look.pairs),
      low: y(Math.max(look.low, low)),
      ratio: y(look.ratio),
      high: y(Math.min(look.high, high)),
    })),
    aim: last && { low: y(last.ratio * (1 - aimShare)), high: y(last.ratio * (1 + aimShare)) },
  };
}

/** Round ratios from `low` to `high`, about `count` of them; 1 among them. */
function ratioTicks(low: number, high: number, count: number): number[] {
  const ticks = roundNumbers(low, high, Math.max(2, count));
  const step = ticks.length > 1 ? ticks[1]! - ticks[0]! : Infinity;
  if (ticks.includes(1) || low > 1 || high < 1) return ticks.filter((tick) => tick > 0);
  return [...ticks.filter((tick) => tick > 0 && Math.abs(tick - 1) > step / 2), 1];
}
