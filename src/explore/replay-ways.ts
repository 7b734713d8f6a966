import { upperBound } from '../base/bisect.ts';
import { quantileSorted } from '../measure/distribution.ts';
import { Outcome, type Trace } from '../trace/types.ts';

/**
 * What each task row cost beside its work, ms: its way to the worker (dispatch → start, on a worker that was free),
 * and the word of its end on its way back. A worker that had its next task already went on at once, so the way back
 * of the one before held nobody up. A simulated trace has no messages: what was assumed for them is in its tasks.
 *
 *   dispatch ─there─► start ───────► end ─back─► (the scheduler knows) dispatch of the next one
 */
export function wayMs(trace: Trace): Float64Array {
  const { tasks, meta } = trace;
  const ways = new Float64Array(tasks.count);
  if (meta.machine === 'simulated') return ways;
  const backs = backMsByStage(trace);
  if (meta.tasksPerWorker > 1) {
    const theres = thereMsByStage(trace);
    for (let row = 0; row < ways.length; row++) {
      if (tasks.worker[row]! < 0) continue;
      const stage = tasks.stage[row]!;
      ways[row] = theres[stage]! + backs[stage]!;
    }
    return ways;
  }
  for (const rows of rowsByWorker(trace)) {
    let busyUntilMs = 0;
    rows.forEach((row, at) => {
      const startMs = tasks.start[row]!;
      const endMs = tasks.end[row]!;
      const thereMs = Math.max(0, startMs - Math.max(tasks.dispatch[row]!, busyUntilMs));
      const backMs = backs[tasks.stage[row]!]!;
      const next = rows[at + 1];
      const goesOn = next !== undefined && tasks.start[next]! - endMs < backMs / 2;
      ways[row] = thereMs + (goesOn ? 0 : backMs);
      busyUntilMs = Math.max(busyUntilMs, endMs);
    });
  }
  return ways;
}

/**
 * Dispatch → start, by stage, where several tasks share a thread: the lower quartile, since for most of the others
 * the thread was busy with another task on top of that.
 */
function thereMsByStage({ tasks, meta }: Trace): number[] {
  const theres: number[][] = meta.stages.map(() => []);
  for (let row = 0; row < tasks.count; row++) {
    if (tasks.worker[row]! < 0) continue;
    theres[tasks.stage[row]!]!.push(Math.max(0, tasks.start[row]! - tasks.dispatch[row]!));
  }
  return theres.map((ms) => (ms.length > 0 ? quantile(ms, 0.25) : 0));
}

/** 1: another task was open on the same worker meanwhile, so that its time on the thread was not all its own. */
export function overlapped(trace: Trace): Uint8Array {
  const { tasks, meta } = trace;
  const flags = new Uint8Array(tasks.count);
  if (meta.tasksPerWorker === 1) return flags;
  for (const rows of rowsByWorker(trace)) {
    let last = -1;
    for (const row of rows) {
      if (last >= 0 && tasks.start[row]! < tasks.end[last]!) flags[row] = flags[last] = 1;
      if (last < 0 || tasks.end[row]! > tasks.end[last]!) last = row;
    }
  }
  return flags;
}

/** Task rows of each worker in the order in which they began. */
function rowsByWorker({ tasks }: Trace): number[][] {
  const lanes: number[][] = [];
  for (let row = 0; row < tasks.count; row++) {
    const worker = tasks.worker[row]!;
    if (worker >= 0) (lanes[worker] ??= []).push(row);
  }
  const used = lanes.filter((rows) => rows !== undefined);
  for (const rows of used) rows.sort((a, b) => tasks.start[a]! - tasks.start[b]!);
  return used;
}

/**
 * From a task's end until its output reached the next stage, by stage: the median over those that were not blocked.
 * Where none can be told so (a last stage, halves of a pair), from the tasks that waited for such an end.
 */
function backMsByStage(trace: Trace): number[] {
  const { tasks, items, members, meta } = trace;
  /** Item → the row of the task that ended with it last. */
  const before = new Map<number, number>();
  const backs: number[][] = meta.stages.map(() => []);
  // Rows come in the order of their ends: what is noted of an item is of the stage before.
  for (let row = 0; row < tasks.count; row++) {
    const passedOn = tasks.leave[row] === tasks.end[row] && tasks.outcome[row] === Outcome.ok;
    const first = tasks.memberStart[row]!;
    const count = first < 0 ? 1 : tasks.memberCount[row]!;
    for (let at = 0; at < count; at++) {
      const item = first < 0 ? tasks.item[row]! : members.item[first + at]!;
      const arriveMs = first < 0 ? tasks.arrive[row]! : members.arrive[first + at]!;
      const from = before.get(item);
      if (from !== undefined && items.parent[item] === -1 && tasks.attempt[row] === 1) {
        const backMs = arriveMs - tasks.end[from]!;
        if (backMs >= 0) backs[tasks.stage[from]!]!.push(backMs);
      }
      if (passedOn) before.set(item, row);
      else before.delete(item);
    }
  }
  const medians = backs.map((ms) => (ms.length > 0 ? quantile(ms, 0.5) : Infinity));
  if (medians.every((ms) => ms < Infinity)) return medians;
  const freed = freedMsByStage(trace);
  medians.forEach((ms, stage) => {
    if (ms === Infinity && freed[stage]!.length > 0) medians[stage] = quantile(freed[stage]!, 0.5);
  });
  const least = Math.min(...medians);
  return medians.map((ms) => (ms < Infinity ? ms : least < Infinity ? least : 0));
}

/** Tasks that waited began when somebody's end was heard of: by the stage of that end, how long after it. */
function freedMsByStage({ tasks, meta }: Trace): number[][] {
  const freed: number[][] = meta.stages.map(() => []);
  const ran = Array.from({ length: tasks.count }, (_, row) => row).filter(
    (row) => tasks.worker[row]! >= 0,
  );
  ran.sort((a, b) => tasks.end[a]! - tasks.end[b]!);
  const ends = Float64Array.from(ran, (row) => tasks.end[row]!);
  for (const row of ran) {
    const dispatchMs = tasks.dispatch[row]!;
    const before = upperBound(ends, dispatchMs) - 1;
    if (before < 0 || tasks.ready[row]! >= ends[before]!) continue;
    freed[tasks.stage[ran[before]!]!]!.push(dispatchMs - ends[before]!);
  }
  return freed;
}

const quantile = (values: readonly number[], share: number): number =>
  quantileSorted(Float64Array.from(values).sort(), share);
