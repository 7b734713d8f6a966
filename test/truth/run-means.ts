import { queueLevels } from '../../src/measure/queue-levels.ts';
import { meanOver } from '../../src/measure/step-series.ts';
import { Fate, type Trace } from '../../src/trace/types.ts';

/** One replication and what of it counts. Rows of its items are source numbers: nothing here expands. */
export interface Run {
  trace: Trace;
  /** Items from this number on count. */
  warmItems: number;
  /** Time averages are taken over this stretch. */
  fromMs: number;
  toMs: number;
}

type Read = (run: Run) => number;

/** Of the items that were delivered: from arrival to end, ms. */
export const stay: Read = ({ trace, warmItems }) => {
  const { arrive, end, fate, count } = trace.items;
  let sum = 0;
  let delivered = 0;
  for (let item = warmItems; item < count; item++) {
    if (fate[item] !== Fate.delivered) continue;
    sum += end[item]! - arrive[item]!;
    delivered++;
  }
  return sum / delivered;
};

/** Share of items that took longer than `ms`. */
export const shareBeyond =
  (ms: number): Read =>
  ({ trace, warmItems }) => {
    const { arrive, end, count } = trace.items;
    let beyond = 0;
    for (let item = warmItems; item < count; item++) if (end[item]! - arrive[item]! > ms) beyond++;
    return beyond / (count - warmItems);
  };

export const shareDropped: Read = ({ trace, warmItems }) => {
  const { fate, count } = trace.items;
  let dropped = 0;
  for (let item = warmItems; item < count; item++) if (fate[item] === Fate.dropped) dropped++;
  return dropped / (count - warmItems);
};

/** ms a task of the stage waited in its buffer. */
export const wait =
  (stage = 0): Read =>
  (run) =>
    overTasks(run, stage, (waitedMs) => waitedMs);

/** Share of the stage's tasks that did not start at once. */
export const shareWaiting =
  (stage = 0): Read =>
  (run) =>
    overTasks(run, stage, (waitedMs) => Number(waitedMs > 0));

function overTasks({ trace, warmItems }: Run, stage: number, of: (waitedMs: number) => number) {
  const { tasks } = trace;
  let sum = 0;
  let counted = 0;
  for (let row = 0; row < tasks.count; row++) {
    if (tasks.stage[row] !== stage || tasks.item[row]! < warmItems) continue;
    sum += of(tasks.start[row]! - tasks.ready[row]!);
    counted++;
  }
  return sum / counted;
}

/** Mean number in the whole pipeline. */
export const inside: Read = ({ trace, fromMs, toMs }) =>
  overlap(trace.items.arrive, trace.items.end, trace.items.count, fromMs, toMs, () => true);

/** Mean number in the stage's buffer, as the product itself measures it. */
export const queued =
  (stage = 0): Read =>
  ({ trace, fromMs, toMs }) =>
    meanOver(queueLevels(trace)[stage]!, fromMs, toMs);

/** Mean number of the stage's tasks that run. */
export const running =
  (stage = 0): Read =>
  ({ trace, fromMs, toMs }) =>
    spent(trace, stage, trace.tasks.start, trace.tasks.end, fromMs, toMs);

/** Mean number of the stage's tasks that are done and find no room downstream. */
export const blocked =
  (stage: number): Read =>
  ({ trace, fromMs, toMs }) =>
    spent(trace, stage, trace.tasks.end, trace.tasks.leave, fromMs, toMs);

/** Mean number at the stage: waiting, running, or blocked there. */
export const atStage =
  (stage: number): Read =>
  ({ trace, fromMs, toMs }) =>
    spent(trace, stage, trace.tasks.ready, trace.tasks.leave, fromMs, toMs);

/** Share of time in which none of the stage's tasks runs (one server). */
export const idle =
  (stage: number): Read =>
  (run) =>
    1 - running(stage)(run);

/** Items that come out in 1 ms. */
export const throughput: Read = ({ trace, fromMs, toMs }) => {
  const { end, fate, count } = trace.items;
  let out = 0;
  for (let item = 0; item < count; item++) {
    if (fate[item] === Fate.delivered && end[item]! > fromMs && end[item]! <= toMs) out++;
  }
  return out / (toMs - fromMs);
};

function spent(
  trace: Trace,
  stage: number,
  from: Float64Array,
  to: Float64Array,
  fromMs: number,
  toMs: number,
): number {
  const { tasks } = trace;
  return overlap(from, to, tasks.count, fromMs, toMs, (row) => tasks.stage[row] === stage);
}

/** Mean number of intervals [from, to) that are open, over a stretch of time. */
function overlap(
  from: Float64Array,
  to: Float64Array,
  count: number,
  fromMs: number,
  toMs: number,
  counts: (row: number) => boolean,
): number {
  let area = 0;
  for (let row = 0; row < count; row++) {
    if (!counts(row)) continue;
    const ms = Math.min(to[row]!, toMs) - Math.max(from[row]!, fromMs);
    if (ms > 0) area += ms;
  }
  return area / (toMs - fromMs);
}
