import { lowerBound, upperBound } from '../../base/bisect.ts';
import { pxToTime, timeToPx, type TimeAxis } from './time-axis.ts';

/**
 * drop: an item found the buffer full and was lost. orphan: half of a pair whose other half ended
 * elsewhere. overrun: the source let one item in above the memory mark, because nothing else could go on.
 */
export type PressureMarkKind = 'drop' | 'orphan' | 'overrun';

/** Something that happened in a band, or several such things that would cover each other. */
export interface PressureMark {
  kind: PressureMarkKind;
  /** Of the first. */
  px: number;
  count: number;
}

/** A mark is this wide. */
const markPx = 9;
/** Room for a mark and how many it stands for. */
const countedMarkPx = 36;

export function pressureMarks(
  timesMs: Partial<Record<PressureMarkKind, Float64Array>>,
  axis: TimeAxis,
): PressureMark[] {
  return (['drop', 'orphan', 'overrun'] as const).flatMap((kind) => {
    const times = timesMs[kind];
    if (!times) return [];
    const single = merged(kind, times, axis, markPx);
    // Where any of them are merged all are, far enough apart for their numbers.
    return single.some(({ count }) => count > 1)
      ? merged(kind, times, axis, countedMarkPx)
      : single;
  });
}

function merged(
  kind: PressureMarkKind,
  times: Float64Array,
  axis: TimeAxis,
  apartPx: number,
): PressureMark[] {
  const marks: PressureMark[] = [];
  const end = upperBound(times, axis.endMs);
  let index = lowerBound(times, axis.startMs);
  while (index < end) {
    const px = timeToPx(axis, times[index]!);
    const next = Math.max(index + 1, lowerBound(times, pxToTime(axis, px + apartPx), index, end));
    marks.push({ kind, px, count: next - index });
    index = next;
  }
  return marks;
}
