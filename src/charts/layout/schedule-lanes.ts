import { bucketRows, sortedBy } from '../../base/sorted-rows.ts';
import { lostItems } from '../../trace/lost-items.ts';
import { Outcome, type Trace } from '../../trace/types.ts';
import type { ItemLanes } from './item-lanes.ts';
import { packLanes } from './pack-lanes.ts';
import { SpanLane, unionLane } from './span-lane.ts';

export type LaneBy = 'worker' | 'stage' | 'item';

/** A worker, a stage or an item, with as many sub-lanes as it had tasks open at once. */
export interface LaneGroup {
  /** Worker number, stage index or item row; -1: what no worker ran (cache hits in the view by worker). */
  id: number;
  label: string;
  /**
   * By worker a span is [start, end]: a blocked task has given its worker back. By stage and by item it
   * is [start, leave]: a blocked task still holds its permit, and its item.
   */
  lanes: SpanLane[];
  /** By worker: when some task of this worker was blocked; drawn as a strip under the lanes. */
  blocked: SpanLane;
  /** Cache hits: instants. */
  hits: SpanLane;
  /** Rows that failed, were retried, timed out, cancelled or lost, by the time of their end. */
  troubled: SpanLane;
  /** By stage and item: marks of dropped and orphaned items; `row` is a row of `trace.marks`. */
  drops: SpanLane;
}

/** A trace, sorted into lanes once; every zoom and pan only searches in it. No pixel is known here. */
export interface ScheduleModel {
  trace: Trace;
  by: LaneBy;
  /** Workers or stages. By item there are too many of them: they are made when they are seen. */
  groups: LaneGroup[];
  items: ItemLanes | null;
}

/** @param hidden stages that are left out, by index. */
export function buildSchedule(
  trace: Trace,
  by: 'worker' | 'stage',
  hidden: ReadonlySet<number> = none,
): ScheduleModel {
  const { tasks, meta } = trace;
  const stages = meta.stages.length;
  const workers = countWorkers(trace);
  const groupCount = by === 'worker' ? workers + 1 : stages;
  const { stage, worker } = tasks;
  const groupOf = (row: number) => {
    if (by === 'stage') return stage[row]!;
    return worker[row]! < 0 ? workers : worker[row]!;
  };
  const rowsOf = bucketRows(tasks.count, groupCount, groupOf);
  const dropsOf = bucketDrops(trace, groupCount, by);
  const groups: LaneGroup[] = [];
  for (let group = 0; group < groupCount; group++) {
    const outside = by === 'worker' && group === workers;
    if (by === 'stage' && hidden.has(group)) continue;
    const all = rowsOf[group]!;
    const rows = hidden.size > 0 ? all.filter((row) => !hidden.has(stage[row]!)) : all;
    if (outside && rows.length === 0) continue;
    groups.push({
      id: outside ? -1 : group,
      label: outside ? outsideLabel(trace, rows) : laneLabel(trace, by, group),
      ...sortIntoLanes(trace, by, rows),
      drops: dropsOf[group]!,
    });
  }
  return { trace, by, groups, items: null };
}

const none: ReadonlySet<number> = new Set();

/** What no worker ran: hits of the cache, and tasks cancelled before they began. */
function outsideLabel(trace: Trace, rows: Int32Array): string {
  return rows.every((row) => trace.tasks.outcome[row] === Outcome.hit) ? 'cache hits' : 'no worker';
}

function laneLabel(trace: Trace, by: 'worker' | 'stage', group: number): string {
  return by === 'worker' ? `worker ${group}` : (trace.meta.stages[group]?.name ?? `${group}`);
}

function countWorkers(trace: Trace): number {
  let workers = trace.meta.workers;
  for (let row = 0; row < trace.tasks.count; row++) {
    if (trace.tasks.worker[row]! >= workers) workers = trace.tasks.worker[row]! + 1;
  }
  return workers;
}

function sortIntoLanes(trace: Trace, by: LaneBy, rows: Int32Array) {
  const { tasks } = trace;
  const { outcome, worker } = tasks;
  const ran = new Int32Array(rows.length);
  const hits: number[] = [];
  const troubled: number[] = [];
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    if (outcome[row] === Outcome.hit) {
      hits.push(row);
      continue;
    }
    if (outcome[row] !== Outcome.ok) troubled.push(row);
    if (worker[row]! >= 0) ran[count++] = row;
  }
  const order = sortedBy(ran.subarray(0, count), tasks.start);
  const from = pick(order, tasks.start);
  const to = pick(order, by === 'worker' ? tasks.end : tasks.leave);
  return {
    lanes: splitLanes(order, from, to),
    blocked: by === 'worker' ? blockedLane(trace, order) : emptyLane(),
    hits: instants(sortedBy(Int32Array.from(hits), tasks.leave), tasks.leave),
    troubled: instants(sortedBy(Int32Array.from(troubled), tasks.end), tasks.end),
  };
}

function splitLanes(rows: Int32Array, from: Float64Array, to: Float64Array): SpanLane[] {
  if (areDisjoint(from, to)) return [new SpanLane(rows, from, to)];
  const { lane, lanes } = packLanes(from, to);
  return bucketRows(rows.length, lanes, (i) => lane[i]!).map(
    (place) =>
      new SpanLane(
        place.map((i) => rows[i]!),
        pick(place, from),
        pick(place, to),
      ),
  );
}

function areDisjoint(from: Float64Array, to: Float64Array): boolean {
  for (let i = 1; i < from.length; i++) if (from[i]! < to[i - 1]!) return false;
  return true;
}

function blockedLane({ tasks }: Trace, ran: Int32Array): SpanLane {
  const { end, leave } = tasks;
  // Mostly one array under two names: nothing was ever blocked.
  if (end === leave) return emptyLane();
  const blocked = sortedBy(
    ran.filter((row) => leave[row]! > end[row]!),
    end,
  );
  return unionLane(blocked, pick(blocked, end), pick(blocked, leave));
}

function bucketDrops({ marks }: Trace, groups: number, by: LaneBy): SpanLane[] {
  const found: number[][] = Array.from({ length: groups }, () => []);
  if (by === 'stage') {
    for (const mark of lostItems(marks)) found[marks.stage[mark]!]?.push(mark);
  }
  return found.map((rows) => instants(sortedBy(Int32Array.from(rows), marks.time), marks.time));
}

export const emptyLane = () =>
  new SpanLane(new Int32Array(0), new Float64Array(0), new Float64Array(0));

export function instants(rows: Int32Array, times: Float64Array): SpanLane {
  const at = pick(rows, times);
  return new SpanLane(rows, at, at);
}

export function pick(rows: Int32Array, column: Float64Array): Float64Array {
  const values = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) values[i] = column[rows[i]!]!;
  return values;
}
