import { Mark, Outcome, type Trace } from '../trace/types.ts';

/** By item row, ms; NaN: did not happen. */
type Times = Float64Array;

/**
 * When the items that wait now entered the buffer of their stage, by stage index; ms, ascending. A task
 * is in the trace only once it has ended, so while a run goes on this is put together from what the
 * stages above have put out and what has not come back yet. `queued` says how many wait: the others
 * that have not come back run already, the oldest first (Infinity: none of them runs).
 *
 * @param parentsOf stage indices; none: the source feeds it.
 */
export function waitingSince(
  trace: Trace,
  parentsOf: (stage: number) => readonly number[],
  queued: readonly number[],
): Float64Array[] {
  const { meta, items } = trace;
  const outputs: (Times | null)[] = meta.stages.map(() => null);
  const back: (Times | null)[] = meta.stages.map(() => null);
  const never = (): Times => new Float64Array(items.count).fill(NaN);
  for (let stage = 0; stage < meta.stages.length; stage++) {
    if (!(queued[stage]! > 0)) continue;
    back[stage] = never();
    for (const parent of parentsOf(stage)) outputs[parent] ??= never();
  }
  readOutputs(trace, outputs);
  readBack(trace, back);
  return back.map((own, stage) => {
    if (!own) return new Float64Array(0);
    const parents = parentsOf(stage);
    const entered =
      parents.length === 0
        ? admitted(trace, stage)
        : (copiesOf(trace, parents) ?? met(parents.map((parent) => outputs[parent]!)));
    const times: number[] = [];
    for (let item = 0; item < items.count; item++) {
      if (Number.isNaN(entered[item])) continue;
      // Of one that failed and comes again this is when it is back, from its pause too.
      const since = Number.isNaN(own[item]) ? entered[item]! : own[item]!;
      if (since <= meta.makespan) times.push(since);
    }
    const wanted = queued[stage]!;
    const newest = Float64Array.from(times).sort().slice(-wanted);
    if (wanted === Infinity) return newest;
    // Of what nothing is known (yet) it is only sure that it waits now.
    const since = new Float64Array(wanted).fill(meta.makespan);
    since.set(newest);
    return since;
  });
}

/** Source items that the stage has received, with when they were let in. */
function admitted({ items, marks, meta }: Trace, stage: number): Times {
  const entered: Times = new Float64Array(items.count).fill(NaN);
  let left = meta.stages[stage]!.received;
  for (let item = 0; item < items.count && left > 0; item++) {
    if (items.parent[item] !== -1) continue;
    entered[item] = items.arrive[item]!;
    left--;
  }
  for (let mark = 0; mark < marks.count; mark++) {
    const item = marks.item[mark]!;
    const isLater = marks.kind[mark] === Mark.admitted && !Number.isNaN(entered[item]);
    if (isLater) entered[item] = marks.time[mark]!;
  }
  return entered;
}

/** What came from each of several parents as an item of its own; null: nothing did. */
function copiesOf({ items }: Trace, parents: readonly number[]): Times | null {
  if (parents.length < 2) return null;
  let entered: Times | null = null;
  for (let item = 0; item < items.count; item++) {
    if (items.parent[item]! < 0 || !parents.includes(-1 - items.ordinal[item]!)) continue;
    entered ??= new Float64Array(items.count).fill(NaN);
    entered[item] = items.arrive[item]!;
  }
  return entered;
}

/** What came from all the parents; of what only some have put out the halves wait for each other. */
function met([first, ...others]: readonly Times[]): Times {
  const entered: Times = first!.slice();
  for (const other of others) {
    // The larger one; NaN where either is.
    for (let item = 0; item < entered.length; item++) {
      entered[item] = Math.max(entered[item]!, other[item]!);
    }
  }
  return entered;
}

/** The items that stages have put out, and when. */
function readOutputs(trace: Trace, outputs: readonly (Times | null)[]): void {
  const { tasks, items, members } = trace;
  if (outputs.every((out) => out === null)) return;
  for (let row = 0; row < tasks.count; row++) {
    const outcome = tasks.outcome[row];
    const out = outputs[tasks.stage[row]!];
    if (!out || (outcome !== Outcome.ok && outcome !== Outcome.hit)) continue;
    const first = tasks.item[row]!;
    const isResult =
      first >= 0 && items.parent[first] === -2 && items.ordinal[first] === tasks.stage[row];
    const from = isResult ? -1 : tasks.memberStart[row]!;
    if (from < 0 && first >= 0) out[first] = tasks.leave[row]!;
    for (let m = from; from >= 0 && m < from + tasks.memberCount[row]!; m++) {
      out[members.item[m]!] = tasks.leave[row]!;
    }
  }
  replaceByChildren(trace, outputs);
}

/** Children of an item were made by the task of it that had ended last when they came into being. */
function replaceByChildren(
  { items, tasks, members }: Trace,
  outputs: readonly (Times | null)[],
): void {
  const firstChildMs: Times = new Float64Array(items.count).fill(NaN);
  let any = false;
  for (let item = items.count - 1; item >= 0; item--) {
    if (items.parent[item]! < 0 || items.ordinal[item]! < 0) continue;
    firstChildMs[items.parent[item]!] = items.arrive[item]!;
    any = true;
  }
  if (!any) return;
  const makers = new Int32Array(items.count).fill(-1);
  for (let row = 0; row < tasks.count; row++) {
    const from = tasks.memberStart[row]!;
    const count = from < 0 ? 1 : tasks.memberCount[row]!;
    for (let i = 0; i < count; i++) {
      const item = from < 0 ? tasks.item[row]! : members.item[from + i]!;
      if (item >= 0 && tasks.end[row]! <= firstChildMs[item]!) makers[item] = tasks.stage[row]!;
    }
  }
  for (let item = 0; item < items.count; item++) {
    const parent = items.parent[item]!;
    if (parent < 0 || items.ordinal[item]! < 0) continue;
    const out = outputs[makers[parent]!];
    if (!out) continue;
    out[parent] = NaN;
    out[item] = items.arrive[item]!;
  }
}

/** Items whose task has ended: when each comes again, Infinity if it does not. */
function readBack(trace: Trace, back: readonly (Times | null)[]): void {
  const { tasks, members, marks } = trace;
  for (let row = 0; row < tasks.count; row++) {
    const own = back[tasks.stage[row]!];
    if (!own) continue;
    const outcome = tasks.outcome[row];
    const comesAgain = outcome === Outcome.retried || outcome === Outcome.lost;
    const againMs = comesAgain ? tasks.leave[row]! : Infinity;
    const from = tasks.memberStart[row]!;
    if (from < 0 && tasks.item[row]! >= 0) own[tasks.item[row]!] = againMs;
    for (let m = from; from >= 0 && m < from + tasks.memberCount[row]!; m++) {
      own[members.item[m]!] = againMs;
    }
  }
  for (let mark = 0; mark < marks.count; mark++) {
    const own = back[marks.stage[mark]!];
    const item = marks.item[mark]!;
    if (!own || item < 0) continue;
    const kind = marks.kind[mark];
    if (kind === Mark.backoff) own[item] = marks.value[mark]!;
    const isGone = kind === Mark.dropNewest || kind === Mark.dropOldest || kind === Mark.cancelled;
    if (isGone) own[item] = Infinity;
  }
}
