import { Mark, Outcome, type Trace } from '../../trace/types.ts';
import { packLanes } from './pack-lanes.ts';
import { SpanLane, unionLane } from './span-lane.ts';

export type LaneBy = 'worker' | 'stage';

/** A worker or a stage, with as many sub-lanes as it had tasks open at once. */
export interface LaneGroup {
  /** Worker number, or stage index; -1: what no worker ran (cache hits in the view by worker). */
  id: number;
  label: string;
  /**
   * By worker a span is [start, end]: a blocked task has given its worker back. By stage it is
   * [start, leave]: a blocked task still holds its permit.
   */
  lanes: SpanLane[];
  /** By worker: when some task of this worker was blocked; drawn as a strip under the lanes. */
  blocked: SpanLane;
  /** Cache hits: instants. */
  hits: SpanLane;
  /** Rows that failed, were retried, timed out, cancelled or lost, by the time of their end. */
  troubled: SpanLane;
  /** By stage: marks of dropped and orphaned items; `row` is a row of `trace.marks`. */
  drops: SpanLane;
}

/** A trace, sorted into lanes once; every zoom and pan only searches in it. No pixel is known here. */
export interface ScheduleModel {
  trace: Trace;
  by: LaneBy;
  groups: LaneGroup[];
}

export function buildSchedule(trace: Trace, by: LaneBy): ScheduleModel {
  const { tasks, meta } = trace;
  const stages = meta.stages.length;
  const workers = countWorkers(trace);
  const groupCount = by === 'worker' ? workers + 1 : stages;
  const groupOf = (row: number) => {
    if (by === 'stage') return tasks.stage[row]!;
    const worker = tasks.worker[row]!;
    return worker < 0 ? workers : worker;
  };
  const rowsOf = bucketRows(tasks.count, groupCount, groupOf);
  const dropsOf = bucketDrops(trace, groupCount, by);
  const groups: LaneGroup[] = [];
  for (let group = 0; group < groupCount; group++) {
    const rows = rowsOf[group]!;
    const outside = by === 'worker' && group === workers;
    if (outside && rows.length === 0) continue;
    groups.push({
      id: outside ? -1 : group,
      label: outside ? outsideLabel(trace, rows) : laneLabel(trace, by, group),
      ...sortIntoLanes(trace, by, rows),
      drops: dropsOf[group]!,
    });
  }
  return { trace, by, groups };
}

/** What no worker ran: hits of the cache, and tasks cancelled before they began. */
function outsideLabel(trace: Trace, rows: Int32Array): string {
  return rows.every((row) => trace.tasks.outcome[row] === Outcome.hit) ? 'cache hits' : 'no worker';
}

function laneLabel(trace: Trace, by: LaneBy, group: number): string {
  return by === 'worker' ? `worker ${group}` : (trace.meta.stages[group]?.name ?? `${group}`);
}

function countWorkers(trace: Trace): number {
  let workers = trace.meta.workers;
  for (let row = 0; row < trace.tasks.count; row++) {
    if (trace.tasks.worker[row]! >= workers) workers = trace.tasks.worker[row]! + 1;
  }
  return workers;
}

/** Row numbers by group, in one pass to count and one to place. */
function bucketRows(rows: number, groups: number, groupOf: (row: number) => number): Int32Array[] {
  const sizes = new Int32Array(groups);
  for (let row = 0; row < rows; row++) sizes[groupOf(row)]!++;
  const buckets = Array.from(sizes, (size) => new Int32Array(size));
  sizes.fill(0);
  for (let row = 0; row < rows; row++) {
    const group = groupOf(row);
    buckets[group]![sizes[group]!++] = row;
  }
  return buckets;
}

function sortIntoLanes(trace: Trace, by: LaneBy, rows: Int32Array) {
  const { tasks } = trace;
  const isHit = (row: number) => tasks.outcome[row] === Outcome.hit;
  const ran = rows.filter((row) => !isHit(row) && tasks.worker[row]! >= 0);
  const order = sortedBy(ran, tasks.start);
  const close = by === 'worker' ? tasks.end : tasks.leave;
  const from = pick(order, tasks.start);
  const to = pick(order, close);
  const { lane, lanes } = packLanes(from, to);
  return {
    lanes: splitLanes(order, from, to, lane, Math.max(1, lanes)),
    blocked: by === 'worker' ? blockedLane(trace, ran) : emptyLane(),
    hits: instants(sortedBy(rows.filter(isHit), tasks.leave), tasks.leave),
    troubled: instants(
      sortedBy(
        rows.filter((row) => tasks.outcome[row] !== Outcome.ok && !isHit(row)),
        tasks.end,
      ),
      tasks.end,
    ),
  };
}

function splitLanes(
  rows: Int32Array,
  from: Float64Array,
  to: Float64Array,
  lane: Int32Array,
  lanes: number,
): SpanLane[] {
  if (lanes === 1) return [new SpanLane(rows, from, to)];
  const places = bucketRows(rows.length, lanes, (i) => lane[i]!);
  return places.map(
    (place) =>
      new SpanLane(
        place.map((i) => rows[i]!),
        pick(place, from),
        pick(place, to),
      ),
  );
}

function blockedLane(trace: Trace, rows: Int32Array): SpanLane {
  const { end, leave } = trace.tasks;
  const blocked = sortedBy(
    rows.filter((row) => leave[row]! > end[row]!),
    end,
  );
  return unionLane(blocked, pick(blocked, end), pick(blocked, leave));
}

function bucketDrops(trace: Trace, groups: number, by: LaneBy): SpanLane[] {
  const { marks } = trace;
  const found: number[][] = Array.from({ length: groups }, () => []);
  for (let mark = 0; by === 'stage' && mark < marks.count; mark++) {
    const kind = marks.kind[mark]!;
    if (kind === Mark.dropNewest || kind === Mark.dropOldest || kind === Mark.orphaned) {
      found[marks.stage[mark]!]?.push(mark);
    }
  }
  return found.map((rows) => instants(sortedBy(Int32Array.from(rows), marks.time), marks.time));
}

const emptyLane = () => new SpanLane(new Int32Array(0), new Float64Array(0), new Float64Array(0));

function instants(rows: Int32Array, times: Float64Array): SpanLane {
  const at = pick(rows, times);
  return new SpanLane(rows, at, at);
}

function pick(rows: Int32Array, column: Float64Array): Float64Array {
  const values = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) values[i] = column[rows[i]!]!;
  return values;
}

/**
 * Rows by ascending time. Rows come nearly sorted (by `leave`), so an insertion sort mostly has little
 * to move; past a budget of moves the general sort takes over.
 */
export function sortedBy(rows: Int32Array, times: Float64Array): Int32Array {
  let budget = rows.length * 16;
  for (let i = 1; i < rows.length && budget > 0; i++) {
    const row = rows[i]!;
    const time = times[row]!;
    let place = i;
    for (; place > 0 && times[rows[place - 1]!]! > time; place--) {
      rows[place] = rows[place - 1]!;
      budget--;
    }
    rows[place] = row;
  }
  return budget > 0 ? rows : rows.sort((a, b) => times[a]! - times[b]! || a - b);
}
