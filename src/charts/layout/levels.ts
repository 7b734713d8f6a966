import { LevelIndex, type LevelBuckets } from '../../measure/level-index.ts';
import { maxOf, type StepSeries } from '../../measure/step-series.ts';
import { noSpans, type Spans } from '../../measure/throttling.ts';
import { pressureMarks, type PressureMark, type PressureMarkKind } from './pressure-marks.ts';
import { pxToTime, timeToPx, type TimeAxis } from './time-axis.ts';
import { upperBound } from '../../base/bisect.ts';
import { stackBands, type BandScene } from './band-stack.ts';

/** One level over time: a stage's queue, or memory. Built once a trace. */
export interface LevelTrack {
  /** Stage index; -1: memory of the whole pipeline. */
  stage: number;
  label: string;
  index: LevelIndex;
  max: number;
  /** Room in the buffer, or the mark above which the source pauses; null: endless. */
  capacity: number | null;
  /** Memory only, bytes: what the mark is a share of. */
  budget: number | null;
  /** When something went wrong here, ms, ascending. */
  marksMs: Partial<Record<PressureMarkKind, Float64Array>>;
  /** When what is upstream was held back by this being full. */
  throttledMs: Spans;
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
    budget: null,
    marksMs: {},
    throttledMs: noSpans,
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
  budgetPx: number | null;
  marks: PressureMark[];
  throttledPx: [from: number, to: number][];
}

export interface LevelScene extends BandScene {
  /** Those that can be seen. */
  bands: LevelBand[];
}

/** Stacks the tracks as equally high bands over the visible window; too many for the height scroll. */
export function layoutLevels(
  tracks: readonly LevelTrack[],
  axis: TimeAxis,
  heightPx: number,
  scrollPx = 0,
): LevelScene {
  const stack = stackBands(tracks.length, heightPx, scrollPx);
  const { bandPx } = stack;
  const columns = Math.max(1, Math.round(axis.widthPx));
  const bands = tracks.slice(stack.first, stack.end).map((track, place): LevelBand => {
    // A finite buffer is drawn to its brim, unless retries or a full pipeline went over it.
    const topValue = Math.max(track.capacity ?? 0, track.budget ?? 0, track.max, 1);
    const topPx = stack.topPx(stack.first + place);
    const heightAt = (value: number | null) =>
      value === null ? null : topPx + bandPx * (1 - value / topValue);
    return {
      track,
      topPx,
      heightPx: bandPx,
      topValue,
      buckets: bucketsOf(track, axis, columns),
      capacityPx: heightAt(track.capacity),
      budgetPx: heightAt(track.budget),
      marks: pressureMarks(track.marksMs, axis),
      throttledPx: throttledBars(track, axis),
    };
  });
  return { ...stack, axis, bands, heightPx };
}

/** The level of each column; none after the end of the trace, be it still running or stopped. */
function bucketsOf({ index, endMs }: LevelTrack, axis: TimeAxis, columns: number): LevelBuckets {
  const buckets = index.buckets(axis.startMs, axis.endMs, columns);
  const share = (endMs - axis.startMs) / (axis.endMs - axis.startMs);
  const known = Math.min(columns, Math.max(0, Math.ceil(columns * share - 1e-9)));
  for (const levels of [buckets.min, buckets.max, buckets.last]) levels.fill(0, known);
  return buckets;
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
