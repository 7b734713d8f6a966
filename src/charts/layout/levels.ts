import { LevelIndex, type LevelBuckets } from '../../measure/level-index.ts';
import { maxOf } from '../../measure/step-series.ts';
import type { StepSeries } from '../../measure/step-series.ts';
import { pxToTime, timeToPx, type TimeAxis } from './time-axis.ts';
import { lowerBound, upperBound } from '../../base/bisect.ts';

/** One level over time: a stage's queue, or memory. Built once a trace. */
export interface LevelTrack {
  /** Stage index; -1: memory of the whole pipeline. */
  stage: number;
  label: string;
  index: LevelIndex;
  max: number;
  /** Room in the buffer, or the memory mark; null: endless. */
  capacity: number | null;
  /** When items were dropped, ms, ascending. */
  dropsMs: Float64Array;
  /** When the level was held back by throttling upstream: disjoint [from, to] pairs, ms, ascending. */
  throttledMs: { from: Float64Array; to: Float64Array };
  /** Where the trace ends: of a run that goes on, now. What the level is after it, nobody knows. */
  endMs: number;
  unit: 'items' | 'bytes';
}

export function levelTrack(
  series: StepSeries,
  about: Partial<Omit<LevelTrack, 'index' | 'max'>> & { label: string },
): LevelTrack {
  return {
    stage: -1,
    capacity: null,
    dropsMs: new Float64Array(0),
    throttledMs: { from: new Float64Array(0), to: new Float64Array(0) },
    endMs: Infinity,
    unit: 'items',
    ...about,
    index: new LevelIndex(series),
    max: maxOf(series),
  };
}

/** A track on the screen: a band whose floor is empty and whose top is `topValue`. CSS pixels. */
export interface LevelBand {
  track: LevelTrack;
  topPx: number;
  heightPx: number;
  /** What the full height stands for. */
  topValue: number;
  /** One column a pixel of the axis, from its left. */
  buckets: LevelBuckets;
  capacityPx: number | null;
  /** Centres of drop marks, merged where they would overlap. */
  dropsPx: number[];
  throttledPx: [from: number, to: number][];
}

export interface LevelScene {
  axis: TimeAxis;
  bands: LevelBand[];
  heightPx: number;
}

const bandGapPx = 4;
const dropMarkPx = 5;

/** Stacks the tracks as equally high bands over the visible window. */
export function layoutLevels(
  tracks: readonly LevelTrack[],
  axis: TimeAxis,
  heightPx: number,
): LevelScene {
  const bandPx = Math.max(8, heightPx / Math.max(1, tracks.length) - bandGapPx);
  const columns = Math.max(1, Math.round(axis.widthPx));
  const bands = tracks.map((track, place): LevelBand => {
    // A finite buffer is drawn to its brim, unless retries or a full pipeline went over it.
    const topValue = Math.max(track.capacity ?? 0, track.max, 1);
    const topPx = place * (bandPx + bandGapPx);
    const capacityPx =
      track.capacity === null ? null : topPx + bandPx * (1 - track.capacity / topValue);
    return {
      track,
      topPx,
      heightPx: bandPx,
      topValue,
      buckets: bucketsOf(track, axis, columns),
      capacityPx,
      dropsPx: dropMarks(track.dropsMs, axis),
      throttledPx: throttledBars(track, axis),
    };
  });
  return { axis, bands, heightPx: bands.length * (bandPx + bandGapPx) };
}

/** The level of each column; none after the end of the trace, be it still running or stopped. */
function bucketsOf({ index, endMs }: LevelTrack, axis: TimeAxis, columns: number): LevelBuckets {
  const buckets = index.buckets(axis.startMs, axis.endMs, columns);
  const share = (endMs - axis.startMs) / (axis.endMs - axis.startMs);
  const known = Math.min(columns, Math.max(0, Math.ceil(columns * share - 1e-9)));
  for (const levels of [buckets.min, buckets.max, buckets.last]) levels.fill(0, known);
  return buckets;
}

function dropMarks(dropsMs: Float64Array, axis: TimeAxis): number[] {
  const marks: number[] = [];
  let index = lowerBound(dropsMs, axis.startMs);
  while (index < dropsMs.length && dropsMs[index]! <= axis.endMs) {
    const px = timeToPx(axis, dropsMs[index]!);
    marks.push(px);
    index = Math.max(index + 1, lowerBound(dropsMs, pxToTime(axis, px + dropMarkPx), index));
  }
  return marks;
}

function throttledBars(
  { throttledMs: { from, to } }: LevelTrack,
  axis: TimeAxis,
): [number, number][] {
  const bars: [number, number][] = [];
  let index = upperBound(to, axis.startMs);
  while (index < from.length && from[index]! < axis.endMs) {
    const start = Math.max(axis.leftPx, timeToPx(axis, from[index]!));
    const end = Math.min(axis.leftPx + axis.widthPx, timeToPx(axis, to[index]!));
    const last = bars[bars.length - 1];
    if (last && start - last[1] < 1) last[1] = end;
    else bars.push([start, end]);
    // Bars within one pixel are one bar: jump over them.
    index = Math.max(index + 1, upperBound(to, pxToTime(axis, end), index));
  }
  return bars;
}

/** The level under the cursor of each band. */
export function levelsAt(scene: LevelScene, ms: number): number[] {
  return scene.bands.map(({ track }) => {
    const at = upperBound(track.index.series.time, ms) - 1;
    return at < 0 ? 0 : track.index.series.value[at]!;
  });
}
