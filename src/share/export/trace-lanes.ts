import { EventHeap } from '../../base/event-heap.ts';
import type { Trace } from '../../trace/types.ts';

/** A worker's row of spans that never overlap. */
export interface TraceLane {
  worker: number;
  /** 0 …; more than one where several tasks were open on the worker at once. */
  place: number;
}

export interface TraceLanes {
  lanes: TraceLane[];
  /** Of a task row, its place in `lanes`; -1: no worker ran it. */
  laneOf: Int32Array;
  /** The task rows that a worker ran, by when they started. */
  rows: number[];
}

/**
 * Tasks of a worker that overlap in a row each: trace viewers take spans of one thread to be calls inside calls. Every
 * task takes the row of its worker that has been free the longest, if one is (interval partitioning: Kleinberg and Tardos, Algorithm
 * Design, 4.1), so there are no more rows than tasks were open at once.
 */
export function traceLanes({ tasks, meta }: Trace): TraceLanes {
  const laneOf = new Int32Array(tasks.count).fill(-1);
  const rows: number[] = [];
  for (let row = 0; row < tasks.count; row++) {
    if (tasks.worker[row]! >= 0 && tasks.end[row]! >= tasks.start[row]!) rows.push(row);
  }
  rows.sort((a, b) => tasks.start[a]! - tasks.start[b]! || tasks.end[a]! - tasks.end[b]!);
  /** By worker: its rows by when they are free, the first of equals first. */
  const free = Array.from({ length: meta.workers }, () => new EventHeap());
  const lanes: TraceLane[] = [];
  for (const row of rows) {
    const worker = tasks.worker[row]!;
    const own = free[worker]!;
    let lane: number;
    if (own.size > 0 && own.topTime <= tasks.start[row]!) lane = own.pop();
    else {
      lane = lanes.length;
      lanes.push({ worker, place: own.size });
    }
    own.push(tasks.end[row]!, 0, lane, lane);
    laneOf[row] = lane;
  }
  return { lanes, laneOf, rows };
}

/** Items of a task: those of its batch, else its one. */
export function itemsOfTask({ tasks, members }: Trace, row: number): Int32Array {
  const first = tasks.memberStart[row]!;
  return first < 0
    ? tasks.item.subarray(row, row + 1)
    : members.item.subarray(first, first + tasks.memberCount[row]!);
}
