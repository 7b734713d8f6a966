import { scaleLinear, ticks } from 'd3';
import { formatCount } from '../../base/units.ts';
import type { AxisTick, Plot } from './plot.ts';

export interface ScalingSeries {
  /** Speedups on so many workers, with their intervals; the first is one worker's, 1 exactly. */
  measured: readonly { workers: number; ratio: number; low: number; high: number }[];
  /** On a machine with a core for each worker. */
  predicted: readonly { workers: number; speedup: number }[];
  /** Laws that were fitted, as functions of n. */
  laws: readonly ((workers: number) => number)[];
  /** Workers that are marked as the knee; null: none. */
  knee: number | null;
}

type Point = [xPx: number, yPx: number];

export interface ScalingScene {
  widthPx: number;
  heightPx: number;
  plot: Plot;
  xTicks: AxisTick[];
  yTicks: AxisTick[];
  /** Every worker a whole one more. */
  ideal: Point[];
  /** Each law where it was fitted, and where it only continues. */
  laws: { fitted: Point[]; beyond: Point[] }[];
  measured: { x: number; y: number; low: number; high: number }[];
  predicted: Point[];
  kneeX: number | null;
}

const pxPerTick = 44;
/** Of room above the highest: the ideal line leaves through the top. */
const headroom = 1.12;

/** Workers across, speedup upwards, both from where they begin, so that shapes can be compared. */
export function layoutScaling(
  { measured, predicted, laws, knee }: ScalingSeries,
  { widthPx, heightPx }: { widthPx: number; heightPx: number },
): ScalingScene {
  const plot = {
    leftPx: 46,
    rightPx: Math.max(47, widthPx - 14),
    topPx: 8,
    bottomPx: heightPx - 38,
  };
  const mostMeasured = measured.at(-1)?.workers ?? 2;
  const most = Math.max(mostMeasured, predicted.at(-1)?.workers ?? 2);
  const top =
    headroom *
    Math.max(
      1,
      ...measured.map(({ ratio, high }) => (Number.isFinite(high) ? high : ratio)),
      ...predicted.map(({ speedup }) => speedup),
    );
  const x = scaleLinear([1, most], [plot.leftPx + 8, plot.rightPx - 8]);
  const y = scaleLinear([0, top], [plot.bottomPx, plot.topPx]).clamp(true);
  const at = (workers: number, value: number): Point => [x(workers), y(value)];
  const count = (lengthPx: number): number => Math.max(2, Math.floor(lengthPx / pxPerTick));
  const curve = (law: (workers: number) => number, from: number, to: number): Point[] =>
    Array.from({ length: 41 }, (_, step) => from + ((to - from) * step) / 40).map((n) =>
      at(n, law(n)),
    );
  const whole = ticks(1, most, count(plot.rightPx - plot.leftPx)).filter(Number.isInteger);
  return {
    ...{ widthPx, heightPx, plot },
    xTicks: (whole.includes(1) ? whole : [1, ...whole]).map((n) => ({
      px: x(n),
      label: formatCount(n),
    })),
    yTicks: ticks(0, top, count(plot.bottomPx - plot.topPx)).map((value) => ({
      px: y(value),
      label: `${value}×`,
    })),
    ideal: [at(1, 1), at(Math.min(most, top), Math.min(most, top))],
    laws: laws.map((law) => ({
      fitted: curve(law, 1, mostMeasured),
      beyond: most > mostMeasured ? curve(law, mostMeasured, most) : [],
    })),
    measured: measured.map(({ workers, ratio, low, high }) => ({
      x: x(workers),
      y: y(ratio),
      low: y(low),
      high: y(high),
    })),
    predicted: predicted.map(({ workers, speedup }) => at(workers, speedup)),
    kneeX: knee === null || !(knee <= most) ? null : x(knee),
  };
}
