import { scaleLinear } from 'd3';
import { formatMs } from '../../base/units.ts';
import type { AxisTick, Plot } from './plot.ts';

/** The runs of one contender, in the order they were made. */
export interface SampleSeries {
  name: string;
  startsMs: readonly number[];
  makespansMs: readonly number[];
  /** null: there is none yet. */
  medianMs: number | null;
}

export interface SampleMark {
  series: number;
  /** Place among the runs of its series. */
  run: number;
  x: number;
  y: number;
}
export interface SampleScene {
  widthPx: number;
  heightPx: number;
  plot: Plot;
  xTicks: AxisTick[];
  yTicks: AxisTick[];
  /** In the order of time. */
  marks: SampleMark[];
  medians: { series: number; y: number }[];
}

const pxPerXTick = 80;
const pxPerYTick = 34;
/** Room for a mark at the edge. */
const airPx = 6;

/**
 * Every run as a mark: when it began across, how long it took upwards, all contenders on the same axes, so that
 * a machine that slows down lifts them all. The upward axis begins near the fastest run, not at zero: it
 * shows scatter and drift, and heights are not to be compared.
 */
export function layoutSamples(
  series: readonly SampleSeries[],
  { widthPx, heightPx }: { widthPx: number; heightPx: number },
): SampleScene {
  const plot = {
    leftPx: 58,
    rightPx: Math.max(59, widthPx - 12),
    topPx: 8,
    bottomPx: heightPx - 38,
  };
  const starts = series.flatMap(({ startsMs }) => startsMs);
  const times = series.flatMap(({ makespansMs }) => makespansMs);
  const [fastest, slowest] = [least(times), most(times)];
  const spreadMs = slowest > fastest ? 0 : slowest * 0.05 || 1;
  const x = scaleLinear(
    [least(starts), Math.max(least(starts) + 1, most(starts))],
    [plot.leftPx + airPx, plot.rightPx - airPx],
  );
  const y = scaleLinear(
    [fastest - spreadMs, slowest + spreadMs],
    [plot.bottomPx - airPx, plot.topPx + airPx],
  );
  const ticks = (scale: typeof x, lengthPx: number, pxEach: number): AxisTick[] =>
    scale
      .ticks(Math.max(2, Math.floor(lengthPx / pxEach)))
      .map((at) => ({ px: scale(at), label: formatMs(at) }));
  const marks = series
    .flatMap(({ makespansMs, startsMs }, index) =>
      makespansMs.map((ms, run) => ({ series: index, run, x: x(startsMs[run] ?? 0), y: y(ms) })),
    )
    .sort((a, b) => a.x - b.x);
  return {
    ...{ widthPx, heightPx, plot, marks },
    xTicks: times.length === 0 ? [] : ticks(x, plot.rightPx - plot.leftPx, pxPerXTick),
    yTicks: times.length === 0 ? [] : ticks(y, plot.bottomPx - plot.topPx, pxPerYTick),
    medians: series.flatMap(({ medianMs }, index) =>
      medianMs === null ? [] : { series: index, y: y(medianMs) },
    ),
  };
}

const least = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((a, b) => Math.min(a, b));
const most = (values: readonly number[]): number =>
  values.length === 0 ? 1 : values.reduce((a, b) => Math.max(a, b));
