import { Fate, Mark, Outcome } from '../../src/trace/types.ts';
import type { WatchedRun } from './seen-run.ts';

/** One item's stay in one stage, put together from the record. */
export interface Visit {
  item: number;
  inMs: number;
  /** Infinity: it never left (the run was stopped). */
  outMs: number;
  way: 'delivered' | 'failed' | 'dropped' | 'inside';
}

export interface StageVisits {
  visits: Visit[];
  /** What waited in the buffer, and when: [from, to). */
  waits: [number, number][];
  /** The record does not tell when everything came: a fold that lost its accumulator. */
  isVague: boolean;
}

/** When each source item was let in, of those that were. */
export function admissions({ trace }: WatchedRun): Map<number, number> {
  const { items, marks, meta } = trace;
  const admitted = new Map<number, number>();
  for (let row = 0; row < items.count && admitted.size < meta.items.emitted; row++) {
    if (items.parent[row] === -1) admitted.set(row, items.arrive[row]!);
  }
  for (let row = 0; row < marks.count; row++) {
    if (marks.kind[row] === Mark.admitted) admitted.set(marks.item[row]!, marks.time[row]!);
  }
  return admitted;
}

/** What came to a stage from above: when each output of its parents came into being. */
function offered(run: WatchedRun, stage: number): { item: number; timeMs: number }[] {
  const { parents } = run.plan.stages[stage]!;
  const fromSource = [...admissions(run)].map(([item, timeMs]) => ({ item, timeMs }));
  if (parents.includes(-1)) return fromSource;
  return run.putOuts.filter((put) => parents.includes(put.stage));
}

/** The row of the result that a stage makes itself. */
export function isResultOf(run: WatchedRun, stage: number, item: number): boolean {
  const { items } = run.trace;
  return items.parent[item] === -2 && items.ordinal[item] === stage;
}

/** When a stage's own result failed in that stage; Infinity: it did not. */
export function resultFailedMs(run: WatchedRun, stage: number): number {
  const { items, tasks } = run.trace;
  for (let item = 0; item < items.count; item++) {
    if (!isResultOf(run, stage, item) || items.fate[item] !== Fate.failed) continue;
    for (let row = 0; row < tasks.count; row++) {
      if (tasks.item[row] !== item || tasks.stage[row] !== stage) continue;
      // It was made, and failed further down.
      if (tasks.outcome[row] === Outcome.ok || tasks.outcome[row] === Outcome.hit) return Infinity;
    }
    return items.end[item]!;
  }
  return Infinity;
}

/** A task row's items, with when each entered the buffer and what became of it. */
export function membersOf(
  run: WatchedRun,
  row: number,
): { item: number; enteredMs: number; outcome: number }[] {
  const { tasks, members } = run.trace;
  const from = tasks.memberStart[row]!;
  if (from < 0) {
    return [{ item: tasks.item[row]!, enteredMs: tasks.ready[row]!, outcome: tasks.outcome[row]! }];
  }
  return Array.from({ length: tasks.memberCount[row]! }, (_, i) => ({
    item: members.item[from + i]!,
    enteredMs: members.arrive[from + i]!,
    outcome: members.outcome[from + i]!,
  }));
}

export function stageVisits(run: WatchedRun, stage: number): StageVisits {
  const { tasks, marks } = run.trace;
  const plan = run.plan.stages[stage]!;
  const visits = new Map<number, Visit>();
  const waits: [number, number][] = [];
  const come = (item: number, inMs: number): Visit => {
    let visit = visits.get(item);
    if (!visit) {
      visit = { item, inMs, outMs: Infinity, way: 'inside' };
      visits.set(item, visit);
    }
    return visit;
  };
  const leave = (visit: Visit, outMs: number, way: Visit['way']): void => {
    visit.outMs = outMs;
    visit.way = way;
  };

  if (plan.join === 'all') {
    // Everything is taken in, delivered, at the moment it comes.
    const taken = offered(run, stage).map(({ item, timeMs }): Visit => ({
      item,
      inMs: timeMs,
      outMs: timeMs,
      way: 'delivered',
    }));
    return { visits: taken, waits, isVague: false };
  }
  /** When the parents of a zip put an item out. */
  const halves = new Map<number, number[]>();
  if (plan.zipped) {
    for (const { item, timeMs } of offered(run, stage)) {
      come(item, timeMs);
      halves.set(item, [...(halves.get(item) ?? []), timeMs]);
    }
  }
  for (const { stage: asked, item, askedMs, answeredMs } of run.lookUps) {
    if (asked !== stage || isResultOf(run, stage, item)) continue;
    come(item, askedMs);
    waits.push([askedMs, answeredMs]);
  }

  // By their starts: a blocked batch is written down after what it failed was tried again, perhaps at once.
  const firstMs = (row: number): number =>
    Math.min(...membersOf(run, row).map(({ enteredMs }) => enteredMs));
  const rows = Array.from({ length: tasks.count }, (_, row) => row)
    .filter((row) => tasks.stage[row] === stage && !isResultOf(run, stage, tasks.item[row]!))
    .sort((a, b) => tasks.dispatch[a]! - tasks.dispatch[b]! || firstMs(a) - firstMs(b) || a - b);
  for (const row of rows) {
    const isBatch = tasks.memberStart[row]! >= 0;
    const ran = tasks.worker[row]! >= 0;
    // A hit keeps its place in the buffer until its outputs have found room.
    if (!ran) waits.push([tasks.end[row]!, tasks.leave[row]!]);
    for (const { item, enteredMs, outcome } of membersOf(run, row)) {
      const visit = come(item, isBatch ? enteredMs : tasks.arrive[row]!);
      if (ran) waits.push([enteredMs, tasks.dispatch[row]!]);
      if (outcome === Outcome.ok || outcome === Outcome.hit) {
        leave(visit, tasks.leave[row]!, 'delivered');
      } else if (outcome === Outcome.failed || outcome === Outcome.timedOut) {
        leave(visit, tasks.end[row]!, 'failed');
      }
    }
  }

  for (let row = 0; row < marks.count; row++) {
    const kind = marks.kind[row];
    if (marks.stage[row] !== stage) continue;
    const [item, time, value] = [marks.item[row]!, marks.time[row]!, marks.value[row]!];
    if (kind === Mark.dropNewest) leave(come(item, time), time, 'dropped');
    else if (kind === Mark.dropOldest) {
      leave(come(item, value), time, 'dropped');
      waits.push([value, time]);
    } else if (kind === Mark.orphaned) {
      const visit = come(item, value);
      if (visit.outMs === Infinity) leave(visit, time, 'dropped');
    } else if (kind === Mark.cancelled && value >= 0) {
      come(item, value);
      // A cancelled half of a zip never was in the buffer; what comes at the stop is not taken in.
      const came = (halves.get(item) ?? []).filter((timeMs) => timeMs < time).length;
      if (!plan.zipped || came === plan.parents.length) {
        waits.push([value, time]);
      }
    }
  }

  const isVague = plan.join === 'fold' && resultFailedMs(run, stage) < Infinity;
  return { visits: [...visits.values()], waits, isVague };
}
