import { upperBound } from '../../base/bisect.ts';
import { emptyLane, type LaneGroup, type ScheduleModel } from './schedule-lanes.ts';
import type { LanePlacement, LaneRow } from './schedule-rows.ts';
import { SpanLane } from './span-lane.ts';

/**
 * A few tasks of a schedule, in the lanes where they stand, to be lit up over the rest. Costs what the few
 * cost, not what the schedule does.
 */
export class LitSpans {
  private readonly model: ScheduleModel;
  private readonly rows: ReadonlySet<number>;
  private readonly byGroup = new Map<number, number[]>();
  private readonly made = new Map<LaneGroup, LaneGroup>();

  /** @param rows rows of the model's tasks. */
  constructor(model: ScheduleModel, rows: ReadonlySet<number>) {
    this.model = model;
    this.rows = rows;
    if (model.items) return;
    for (const row of rows) {
      const id = this.groupOf(row);
      const own = this.byGroup.get(id);
      if (own) own.push(row);
      else this.byGroup.set(id, [row]);
    }
  }

  /** The same worker, stage or item with only what is lit of it. */
  group(group: LaneGroup): LaneGroup {
    let lit = this.made.get(group);
    if (lit === undefined) {
      const hits = this.only(group.hits, group);
      const troubled = this.only(group.troubled, group);
      const lanes = group.lanes.map((lane) => this.only(lane, group));
      lit = { ...group, lanes, hits, troubled, blocked: emptyLane(), drops: emptyLane() };
      this.made.set(group, lit);
    }
    return lit;
  }

  /** Where a task stands in a placement of this very model; null: in no lane. */
  laneOf(row: number, placement: LanePlacement): LaneRow | null {
    const { items, trace } = this.model;
    if (items) {
      const place = items.placeOf(trace.tasks.item[row]!);
      const subs = placement.laneCount / Math.max(1, items.placeCount);
      for (let lane = place * subs; place >= 0 && lane < (place + 1) * subs; lane++) {
        const found = placement.laneAt(lane);
        if (found?.main && indexIn(found.main, row, trace.tasks.start[row]!) >= 0) return found;
      }
      return null;
    }
    const id = this.groupOf(row);
    const group = placement.groups.find((one) => one.main?.id === id);
    const sub = group?.main?.lanes.findIndex(
      (lane) => indexIn(lane, row, trace.tasks.start[row]!) >= 0,
    );
    if (sub === undefined || sub < 0) return null;
    return placement.lanes.find((lane) => lane.main === group!.main!.lanes[sub]) ?? null;
  }

  private groupOf(row: number): number {
    const { tasks } = this.model.trace;
    if (this.model.by === 'stage') return tasks.stage[row]!;
    return tasks.worker[row]! < 0 ? -1 : tasks.worker[row]!;
  }

  private only(lane: SpanLane, group: LaneGroup): SpanLane {
    const spans: number[] = [];
    if (this.model.items) {
      for (let span = 0; span < lane.count; span++)
        if (this.rows.has(lane.row[span]!)) spans.push(span);
    } else {
      const { start, end, leave } = this.model.trace.tasks;
      for (const row of this.byGroup.get(group.id) ?? []) {
        // A lane of instants is sorted by the moment it is about.
        const time = lane === group.hits ? leave : lane === group.troubled ? end : start;
        const span = indexIn(lane, row, time[row]!);
        if (span >= 0) spans.push(span);
      }
      spans.sort((a, b) => a - b);
    }
    return new SpanLane(
      Int32Array.from(spans, (span) => lane.row[span]!),
      Float64Array.from(spans, (span) => lane.from[span]!),
      Float64Array.from(spans, (span) => lane.to[span]!),
    );
  }
}

/** Which span of a lane is that task's, given when it begins there; -1: it is in another lane. */
function indexIn(lane: SpanLane, row: number, fromMs: number): number {
  for (let span = upperBound(lane.from, fromMs) - 1; span >= 0; span--) {
    if (lane.row[span] === row) return span;
    if (lane.from[span]! < fromMs) break;
  }
  return -1;
}
