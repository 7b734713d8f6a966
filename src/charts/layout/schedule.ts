import type { LaneGroup, ScheduleModel } from './schedule-lanes.ts';
import type { SpanLane } from './span-lane.ts';
import { Outcome } from '../../trace/types.ts';
import { BoxKind, BoxList } from './box-list.ts';
import type { LitSpans } from './lit-spans.ts';
import { placeLanes, type GroupRow, type LanePlacement, type LaneRow } from './schedule-rows.ts';
import { msPerPx, pxToTime, timeToPx, type TimeAxis } from './time-axis.ts';

export interface ScheduleInput {
  axis: TimeAxis;
  /** Drawn solid: the measured schedule, or the predicted one while there is nothing measured. */
  main: ScheduleModel;
  /** Drawn as a thin outlined row over each lane: the predicted schedule under a measured one. */
  ghost?: ScheduleModel | null;
  /** What is visible of the chart; lanes shrink to fit down to a least height, then it scrolls. */
  heightPx: number;
  scrollPx?: number;
  /** Tasks to be lit up; the rest fades. */
  lit?: LitInput | null;
}

export interface LitInput {
  main: LitSpans;
  ghost: LitSpans | null;
  /** Pairs of rows of the main trace: a line leads from the end of the one to the start of the other. */
  links: ArrayLike<number>;
}

export interface LitScene {
  boxes: BoxList;
  /** x and y of both ends of each line, px. */
  links: number[];
}

/** Everything a painter needs, in CSS pixels from the top left of the visible part. */
export interface ScheduleScene extends LanePlacement {
  input: ScheduleInput;
  boxes: BoxList;
  /** What is lit up, to be painted over the rest; null: nothing is. */
  lit: LitScene | null;
}

/** So many lines are still laid out one by one. */
const mostLinks = 1000;

/** Below this a span is not told apart from its neighbours and is merged with them. */
const mergeBelowPx = 1;

/**
 * Places the visible part of a schedule. Costs a binary search for each lane and for each pixel that
 * merges spans, never a loop over all spans, so a million spans zoom and pan alike. Of the lines between
 * what is lit up each is looked at.
 */
export function layoutSchedule(
  input: ScheduleInput,
  boxes = new BoxList(),
  litBoxes = new BoxList(),
): ScheduleScene {
  boxes.clear();
  litBoxes.clear();
  const placement = placeLanes(input);
  addLanes(boxes, input, placement, same, same);
  const lit = input.lit ?? null;
  if (lit) {
    const ghostOf = (group: LaneGroup) => lit.ghost?.group(group) ?? null;
    addLanes(litBoxes, input, placement, (group) => lit.main.group(group), ghostOf);
  }
  return {
    ...placement,
    input,
    boxes,
    lit: lit && { boxes: litBoxes, links: placeLinks(lit, input, placement) },
  };
}

const same = (group: LaneGroup): LaneGroup => group;

/** All that can be seen; by `mainOf` and `ghostOf` of each worker, stage or item: it itself, or a part of it. */
function addLanes(
  boxes: BoxList,
  input: ScheduleInput,
  { groups, lanes, firstGroup }: LanePlacement,
  mainOf: (group: LaneGroup) => LaneGroup,
  ghostOf: (group: LaneGroup) => LaneGroup | null,
): void {
  const { axis, heightPx } = input;
  for (const lane of lanes) {
    if (lane.topPx + lane.heightPx < 0 || lane.topPx > heightPx) continue;
    const { main, ghost } = groups[lane.group - firstGroup]!;
    const ghostLane = lane.ghost && ghost && ghostOf(ghost)?.lanes[lane.sub];
    if (ghostLane)
      addSpans(boxes, axis, input.ghost!, ghostLane, lane.topPx, lane.ghostHeightPx, true);
    const mainLane = lane.main && main && mainOf(main).lanes[lane.sub];
    if (mainLane) {
      const top = lane.topPx + lane.ghostHeightPx;
      addSpans(boxes, axis, input.main, mainLane, top, lane.heightPx - lane.ghostHeightPx);
    }
  }
  for (const row of groups) {
    if (!row.main || row.topPx + row.heightPx < 0 || row.topPx > heightPx) continue;
    addGroupMarks(boxes, input, row, mainOf(row.main));
  }
}

/** Lines between the rows they lead to; what is far out of the window is left out. */
function placeLinks(lit: LitInput, input: ScheduleInput, placement: LanePlacement): number[] {
  const { axis, main } = input;
  const { start, leave } = main.trace.tasks;
  const links: number[] = [];
  // A chain of a hundred thousand tasks is drawn no finer than can be seen: one line a pixel.
  const leastMs = lit.links.length > 2 * mostLinks ? msPerPx(axis) : -Infinity;
  let drawnMs = -Infinity;
  for (let i = 0; i + 1 < lit.links.length; i += 2) {
    const [from, to] = [lit.links[i]!, lit.links[i + 1]!];
    if (Math.max(leave[from]!, start[to]!) < axis.startMs) continue;
    if (Math.min(leave[from]!, start[to]!) > axis.endMs) continue;
    if (start[to]! - drawnMs < leastMs) continue;
    drawnMs = start[to]!;
    const [fromLane, toLane] = [lit.main.laneOf(from, placement), lit.main.laneOf(to, placement)];
    if (!fromLane || !toLane) continue;
    const middle = (lane: LaneRow) =>
      lane.topPx + lane.ghostHeightPx + (lane.heightPx - lane.ghostHeightPx) / 2;
    links.push(clippedPx(axis, leave[from]!), middle(fromLane));
    links.push(clippedPx(axis, start[to]!), middle(toLane));
  }
  return links;
}

function addSpans(
  boxes: BoxList,
  axis: TimeAxis,
  model: ScheduleModel,
  lane: SpanLane,
  topPx: number,
  heightPx: number,
  ghost = false,
): void {
  const { tasks } = model.trace;
  const leastMs = mergeBelowPx * msPerPx(axis);
  let index = lane.firstVisible(axis.startMs);
  let perPx = 1;
  while (index < lane.count && lane.from[index]! <= axis.endMs) {
    const row = lane.row[index]!;
    if (lane.lengthMs(index) >= leastMs) {
      if (ghost) {
        const x = clippedPx(axis, lane.from[index]!);
        const width = clippedPx(axis, lane.to[index]!) - x;
        boxes.add(BoxKind.predicted, tasks.stage[row]!, row, x, topPx, width, heightPx, 1, 1);
      } else addSpan(boxes, axis, model, row, lane.to[index]!, topPx, heightPx);
      index++;
      continue;
    }
    const next = addMerged(boxes, axis, model, lane, index, perPx, topPx, heightPx, ghost);
    perPx = next - index;
    index = next;
  }
}

/** One span, split in set-up, service and (in the view by stage) its blocked tail. */
function addSpan(
  boxes: BoxList,
  axis: TimeAxis,
  model: ScheduleModel,
  row: number,
  toMs: number,
  topPx: number,
  heightPx: number,
): void {
  const { tasks } = model.trace;
  const stage = tasks.stage[row]!;
  const start = tasks.start[row]!;
  const end = tasks.end[row]!;
  const setup = Math.min(tasks.setup[row]!, end - start);
  const serviceMs = end - start - setup;
  const cpuShare = serviceMs > 0 ? 1 - Math.min(1, tasks.waited[row]! / serviceMs) : 1;
  const piece = (kind: BoxKind, from: number, to: number, value: number, spans: number) => {
    const x = clippedPx(axis, from);
    const width = clippedPx(axis, to) - x;
    if (width > 0 || spans > 0)
      boxes.add(kind, stage, row, x, topPx, width, heightPx, value, spans);
  };
  // Exactly one piece counts the span.
  if (serviceMs > 0 || toMs === end) piece(BoxKind.busy, start + setup, end, cpuShare, 1);
  if (setup > 0) piece(BoxKind.setup, start, start + setup, 1, 0);
  const blockedCounts = serviceMs > 0 || toMs === end ? 0 : 1;
  if (toMs > end) piece(BoxKind.blocked, end, toMs, 1, blockedCounts);
}

/**
 * All spans that begin within this pixel, as one box shaded by how much of it they cover, in the
 * colour of the longest. `perPx`: about how many. Returns the first span that is not in it.
 */
function addMerged(
  boxes: BoxList,
  axis: TimeAxis,
  model: ScheduleModel,
  lane: SpanLane,
  first: number,
  perPx: number,
  topPx: number,
  heightPx: number,
  ghost: boolean,
): number {
  const pixel = Math.floor(timeToPx(axis, lane.from[first]!));
  const pixelEndMs = pxToTime(axis, pixel + 1);
  let next = Math.max(first + 1, lane.firstFromNear(pixelEndMs, first, perPx));
  // Spans are disjoint, so only the last can reach out of the pixel; a visible one stands alone.
  const leastMs = mergeBelowPx * msPerPx(axis);
  if (next - 1 > first && lane.lengthMs(next - 1) >= leastMs) next--;
  const row = lane.row[lane.longest(first, next)]!;
  const stage = model.trace.tasks.stage[row]!;
  const share = Math.min(1, lane.coveredMs(first, next) / leastMs);
  // Quarters, so that neighbours of one stage join into one rectangle; some colour always shows.
  const value = Math.max(0.25, Math.ceil(share * 4) / 4);
  const kind = ghost ? BoxKind.predictedMerged : BoxKind.merged;
  const last = boxes.count - 1;
  const joins =
    last >= 0 &&
    boxes.kind[last] === kind &&
    boxes.stage[last] === stage &&
    boxes.value[last] === value &&
    boxes.y[last] === Math.fround(topPx) &&
    boxes.x[last]! + boxes.width[last]! === pixel;
  if (joins) {
    boxes.width[last]! += 1;
    boxes.spans[last]! += next - first;
  } else boxes.add(kind, stage, row, pixel, topPx, 1, heightPx, value, next - first);
  return next;
}

/** Blocked strips, cache ticks, failures and drops of one worker or stage. */
function addGroupMarks(
  boxes: BoxList,
  input: ScheduleInput,
  row: GroupRow,
  group: LaneGroup,
): void {
  const { axis, main } = input;
  const { tasks, marks } = main.trace;
  const { topPx, heightPx } = row;
  const stripPx = Math.min(5, Math.max(2, heightPx / 4));
  const leastMs = msPerPx(axis);
  const { blocked } = group;
  let index = blocked.firstVisible(axis.startMs);
  while (index < blocked.count && blocked.from[index]! <= axis.endMs) {
    const task = blocked.row[index]!;
    const x = clippedPx(axis, blocked.from[index]!);
    const width = Math.max(1, clippedPx(axis, blocked.to[index]!) - x);
    const y = topPx + heightPx - stripPx;
    boxes.add(BoxKind.blocked, tasks.stage[task]!, task, x, y, width, stripPx, 1, 0);
    // Never more strips than pixels.
    index = Math.max(index + 1, blocked.firstVisible(blocked.to[index]! + leastMs));
  }
  const each = (
    lane: SpanLane,
    markPx: number,
    kindOf: (row: number) => BoxKind,
    stageOf: (row: number) => number,
  ) => {
    let at = lane.firstVisible(axis.startMs);
    while (at < lane.count && lane.from[at]! <= axis.endMs) {
      const rowAt = lane.row[at]!;
      const x = timeToPx(axis, lane.from[at]!);
      const next = Math.max(at + 1, lane.firstFrom(lane.from[at]! + markPx * leastMs, at));
      boxes.add(kindOf(rowAt), stageOf(rowAt), rowAt, x, topPx, 1, heightPx, 1, next - at);
      at = next;
    }
  };
  each(
    group.hits,
    1,
    () => BoxKind.hit,
    (task) => tasks.stage[task]!,
  );
  each(
    group.troubled,
    3,
    (task) => troubleKind[tasks.outcome[task]!] ?? BoxKind.failed,
    (task) => tasks.stage[task]!,
  );
  each(
    group.drops,
    3,
    () => BoxKind.dropped,
    (mark) => Math.max(0, marks.stage[mark]!),
  );
}

/**
 * Place of a time, cut off a little outside the window: zoomed in far, a long span reaches millions of
 * pixels out, where single precision is coarser than a pixel.
 */
function clippedPx(axis: TimeAxis, ms: number): number {
  const px = timeToPx(axis, ms);
  return Math.min(axis.leftPx + axis.widthPx + 8, Math.max(axis.leftPx - 8, px));
}

const troubleKind: Record<number, BoxKind> = {
  [Outcome.failed]: BoxKind.failed,
  [Outcome.retried]: BoxKind.retried,
  [Outcome.timedOut]: BoxKind.timedOut,
  [Outcome.cancelled]: BoxKind.cancelled,
  [Outcome.lost]: BoxKind.lost,
};
