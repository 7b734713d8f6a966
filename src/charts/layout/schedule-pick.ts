import type { ScheduleScene } from './schedule.ts';
import type { LaneRow } from './schedule-rows.ts';
import type { SpanLane } from './span-lane.ts';
import { msPerPx, pxToTime } from './time-axis.ts';

/** A task that is pointed at, by mouse or keyboard. `row` is a row of that trace's tasks. */
export interface SchedulePick {
  of: 'main' | 'ghost';
  row: number;
  /** Number of the lane among all (by item not all are listed in a scene), and of the span within it. */
  lane: number;
  span: number;
}

/** A finger or a mouse is not exact: a span within this many pixels still counts as hit. */
const slackPx = 3;

/** The task under (x, y) in CSS pixels of the chart, or the nearest one within 3 px; else null. */
export function pickAt(scene: ScheduleScene, xPx: number, yPx: number): SchedulePick | null {
  const { axis } = scene.input;
  if (xPx < axis.leftPx - slackPx || xPx > axis.leftPx + axis.widthPx + slackPx) return null;
  const at = scene.lanes.findIndex(
    (lane) => yPx >= lane.topPx && yPx < lane.topPx + lane.heightPx + 1,
  );
  const lane = scene.lanes[at];
  if (!lane) return null;
  const of = lane.ghost && (!lane.main || yPx < lane.topPx + lane.ghostHeightPx) ? 'ghost' : 'main';
  const spans = lane[of];
  if (!spans || spans.count === 0) return null;
  const ms = pxToTime(axis, xPx);
  const exact = spans.at(ms);
  const next = spans.firstFrom(ms);
  const distance = (span: number) =>
    span < 0 || span >= spans.count
      ? Infinity
      : Math.max(spans.from[span]! - ms, ms - spans.to[span]!, 0);
  const span = exact >= 0 ? exact : distance(next - 1) <= distance(next) ? next - 1 : next;
  if (distance(span) > slackPx * msPerPx(axis)) return null;
  return { of, row: spans.row[span]!, lane: scene.firstLane + at, span };
}

export type StepDirection =
  'next' | 'previous' | 'up' | 'down' | 'first' | 'last' | 'nextGroup' | 'previousGroup';

/**
 * The task that an arrow key leads to: next or previous in the lane, or the one nearest in time in the
 * neighbour lane or group (worker, stage or item; empty lanes are passed over). Stays where it is at an edge; null: nothing to pick.
 */
export function stepPick(
  scene: ScheduleScene,
  pick: SchedulePick | null,
  direction: StepDirection,
): SchedulePick | null {
  const of = pick?.of ?? 'main';
  const spansOf = (lane: LaneRow | undefined) => lane?.[of] ?? null;
  const at = (spans: SpanLane, lane: number, span: number): SchedulePick => ({
    of,
    lane,
    span,
    row: spans.row[span]!,
  });
  if (!pick) {
    const first = scene.lanes.findIndex((lane) => (spansOf(lane)?.count ?? 0) > 0);
    if (first < 0) return null;
    const spans = spansOf(scene.lanes[first])!;
    const visible = spans.firstVisible(scene.input.axis.startMs);
    return at(spans, scene.firstLane + first, Math.min(visible, spans.count - 1));
  }
  const own = scene.laneAt(pick.lane);
  const spans = spansOf(own);
  if (!own || !spans || pick.span >= spans.count) return stepPick(scene, null, direction);
  if (direction === 'next') return at(spans, pick.lane, Math.min(pick.span + 1, spans.count - 1));
  if (direction === 'previous') return at(spans, pick.lane, Math.max(pick.span - 1, 0));
  if (direction === 'first') return at(spans, pick.lane, 0);
  if (direction === 'last') return at(spans, pick.lane, spans.count - 1);
  const step = direction === 'down' || direction === 'nextGroup' ? 1 : -1;
  const isOther = direction === 'nextGroup' || direction === 'previousGroup';
  const middleMs = (spans.from[pick.span]! + spans.to[pick.span]!) / 2;
  for (let lane = pick.lane + step; lane >= 0 && lane < scene.laneCount; lane += step) {
    const row = scene.laneAt(lane);
    const neighbour = spansOf(row);
    if (!row || !neighbour || neighbour.count === 0) continue;
    if (isOther && row.group === own.group) continue;
    const over = neighbour.at(middleMs);
    if (over >= 0) return at(neighbour, lane, over);
    const next = neighbour.firstFrom(middleMs);
    const before = next - 1;
    const nearer =
      next >= neighbour.count ||
      (before >= 0 && middleMs - neighbour.to[before]! <= neighbour.from[next]! - middleMs);
    return at(neighbour, lane, nearer ? before : next);
  }
  return pick;
}
