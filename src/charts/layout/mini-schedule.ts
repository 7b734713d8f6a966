import type { Trace } from '../../trace/types.ts';
import { buildSchedule } from './schedule-lanes.ts';

/** A schedule too small for words: which stage each worker was at, and when. */
export interface MiniSchedule {
  widthPx: number;
  heightPx: number;
  /** Runs of pixels of one task, lane by lane. */
  boxes: { stage: number; xPx: number; yPx: number; widthPx: number; heightPx: number }[];
}

/** Tasks that are at least so wide are told apart by a gap. */
const taskMinPx = 3;
const taskGapPx = 1;
/** Lower lanes would be hairlines: of more workers the first ones are shown. */
const laneMinPx = 2;

/**
 * Lanes of workers (of one with several tasks open, several), a pixel after the other: it takes the task that has most of
 * it, so that a million tasks make as many boxes as there are pixels at the most.
 */
export function layoutMiniSchedule(
  trace: Trace,
  { widthPx, heightPx }: { widthPx: number; heightPx: number },
): MiniSchedule {
  const { tasks, meta } = trace;
  const lanes = buildSchedule(trace, 'worker')
    .groups.filter(({ id }) => id >= 0)
    .flatMap((group) => group.lanes);
  const shown = lanes.slice(0, Math.max(1, Math.floor(heightPx / laneMinPx)));
  const pitchPx = heightPx / Math.max(1, shown.length);
  const gapPx = pitchPx >= 4 ? 1 : 0;
  const columns = Math.max(1, Math.floor(widthPx));
  const pxPerMs = columns / (meta.makespan || 1);
  const boxes: MiniSchedule['boxes'] = [];
  shown.forEach((lane, at) => {
    const busiest = new Int32Array(columns).fill(-1);
    const most = new Float64Array(columns);
    for (const row of lane.row) {
      const from = tasks.start[row]! * pxPerMs;
      const to = tasks.end[row]! * pxPerMs;
      for (let column = Math.floor(from); column < Math.min(columns, to); column++) {
        const covered = Math.min(to, column + 1) - Math.max(from, column);
        if (covered <= most[column]!) continue;
        most[column] = covered;
        busiest[column] = row;
      }
    }
    for (let column = 0; column < columns; column++) {
      const row = busiest[column]!;
      if (row < 0) continue;
      const xPx = column;
      while (busiest[column + 1] === row) column++;
      const wholePx = column + 1 - xPx;
      boxes.push({
        ...{ stage: tasks.stage[row]!, xPx, yPx: at * pitchPx },
        widthPx: wholePx < taskMinPx ? wholePx : wholePx - taskGapPx,
        heightPx: pitchPx - gapPx,
      });
    }
  });
  return { widthPx, heightPx, boxes };
}
