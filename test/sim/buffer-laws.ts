import { Mark, Outcome } from '../../src/trace/types.ts';
import type { Curves } from './curves.ts';
import { hasDroppedOldest } from './flow-laws.ts';
import type { WatchedRun } from './seen-run.ts';
import { admissions, membersOf, type StageVisits } from './visits.ts';
import { endsOfInput } from './waiting.ts';

/** What a full buffer does to whom, and when a batch may go before it is full. */
export function bufferLaws(
  run: WatchedRun,
  all: readonly StageVisits[],
  curves: Curves,
  untilMs: number,
): string[] {
  return [
    ...dropsAreOfTheirKind(run, untilMs),
    ...whoWaitsLongestEnters(run, all, untilMs),
    ...partialBatchesAreDue(run, all, curves, untilMs),
  ];
}

/** A stage loses what its `whenFull` says; under `drop-oldest` the newest only if none else may go. */
function dropsAreOfTheirKind(run: WatchedRun, untilMs: number): string[] {
  const { marks } = run.trace;
  for (let row = 0; row < marks.count; row++) {
    const kind = marks.kind[row];
    const isOldest = kind === Mark.dropOldest;
    if ((!isOldest && kind !== Mark.dropNewest) || marks.time[row]! >= untilMs) continue;
    const { index, id, capacity, whenFull, cached } = run.plan.stages[marks.stage[row]!]!;
    const told = `${id} under ${whenFull} dropped item ${marks.item[row]} at ${marks.time[row]} ms`;
    if (whenFull === 'throttle' || whenFull === 'grow') return [told];
    if (capacity === 0) {
      if (isOldest) return [`${told}, as the oldest of an empty buffer`];
    } else if (isOldest !== (whenFull === 'drop-oldest')) {
      // What is being looked up has its place in the buffer, and cannot be taken out.
      if (isOldest) return [`${told}, as the oldest`];
      if (cached) continue;
      const older = couldHaveGone(run, index, marks.time[row]!);
      if (older >= 0) return [`${told}, as the newest, not the older ${older}`];
    }
  }
  return [];
}

/** An item that waited in the buffer before and after this moment, never tried before; -1: none did. */
function couldHaveGone(run: WatchedRun, stage: number, timeMs: number): number {
  const { tasks, marks } = run.trace;
  const triedBefore = new Set(
    run.tasks
      .filter((task) => task.stage === stage && task.startMs <= timeMs)
      .flatMap(({ members }) => members),
  );
  for (let row = 0; row < tasks.count; row++) {
    if (tasks.stage[row] !== stage || tasks.worker[row]! < 0) continue;
    if (tasks.dispatch[row]! <= timeMs) continue;
    for (const { item, enteredMs } of membersOf(run, row)) {
      if (enteredMs < timeMs && !triedBefore.has(item)) return item;
    }
  }
  for (let row = 0; row < marks.count; row++) {
    if (marks.kind[row] !== Mark.dropOldest || marks.stage[row] !== stage) continue;
    if (marks.value[row]! < timeMs && marks.time[row]! > timeMs) return marks.item[row]!;
  }
  return -1;
}

/** Outputs that wait for room enter in the order in which they began to wait. */
function whoWaitsLongestEnters(
  run: WatchedRun,
  all: readonly StageVisits[],
  untilMs: number,
): string[] {
  const originals = new Map(run.copies.map(({ copy, of, from }) => [copy, `${from}/${of}`]));
  const madeMs = new Map([...admissions(run)].map(([item, timeMs]) => [`-1/${item}`, timeMs]));
  for (const { stage, item, timeMs } of run.putOuts) madeMs.set(`${stage}/${item}`, timeMs);
  for (const stage of run.plan.stages) {
    const { index, id, join, zipped, copies, parents, capacity, whenFull } = stage;
    // A pair is there with its first half already; `all` takes in whatever comes.
    if (whenFull !== 'throttle' || zipped || join === 'all' || all[index]!.isVague) continue;
    if (capacity === 0 || capacity === Infinity) continue;
    const entries = all[index]!.visits.filter(({ inMs }) => inMs < untilMs)
      .map(({ item, inMs }) => {
        const made = madeMs.get(copies ? (originals.get(item) ?? '') : `${parents[0]}/${item}`);
        return { item, inMs, madeMs: made ?? NaN };
      })
      .sort((a, b) => a.inMs - b.inMs || a.madeMs - b.madeMs);
    for (let i = 1; i < entries.length; i++) {
      const [before, next] = [entries[i - 1]!, entries[i]!];
      if (before.inMs < next.inMs && before.madeMs > next.madeMs) {
        return [`item ${before.item} went into the buffer of ${id} before ${next.item}, its elder`];
      }
    }
  }
  return [];
}

/** A batch goes full, or when it has lingered, or when nothing more comes, or when all stands still. */
function partialBatchesAreDue(
  run: WatchedRun,
  all: readonly StageVisits[],
  curves: Curves,
  untilMs: number,
): string[] {
  const { tasks } = run.trace;
  // Of a run that was stopped nobody knows what would still have come.
  if (untilMs < Infinity) return [];
  const ends = endsOfInput(run, all);
  for (const { index, id, batchSize, lingerMs, join, whenFull, capacity } of run.plan.stages) {
    if (batchSize === 1 || join === 'all') continue;
    // What is left of a batch (its worker died, one was dropped out of it) is a batch all the same.
    if (run.tasks.some((task) => task.stage === index && task.outcome === 'lost')) continue;
    const isRouted = run.plan.routing !== 'shared-queue';
    // At capacity 0 what was formed goes again unless it starts at once; items back for a retry stay.
    const isThinned =
      whenFull === 'drop-oldest'
        ? capacity === 0 || hasDroppedOldest(run, index)
        : capacity === 0 && whenFull === 'drop-newest';
    if (isRouted && isThinned) continue;
    for (let row = 0; row < tasks.count; row++) {
      if (tasks.stage[row] !== index || tasks.worker[row]! < 0) continue;
      const [readyMs, atMs] = [tasks.ready[row]!, tasks.dispatch[row]!];
      if (tasks.memberCount[row]! >= batchSize) continue;
      const firstMs = Math.min(...membersOf(run, row).map(({ enteredMs }) => enteredMs));
      const isDue = firstMs + lingerMs <= atMs || !(ends[index]!.inputMs > atMs);
      if (isDue || stoodStill(run, curves, readyMs, atMs)) continue;
      return [`${id} made a batch of ${tasks.memberCount[row]} of ${batchSize} at ${atMs} ms`];
    }
  }
  return [];
}

/** At some instant of these no task was in the middle of its work, nor waiting for another attempt. */
function stoodStill(run: WatchedRun, curves: Curves, fromMs: number, toMs: number): boolean {
  const { tasks, marks, items } = run.trace;
  // A fold that has failed tries nothing again.
  const overMs = new Map<number, number>();
  for (let row = 0; row < items.count; row++) {
    if (items.parent[row] === -2) overMs.set(items.ordinal[row]!, items.end[row]!);
  }
  return curves.times.some((timeMs) => {
    if (timeMs < fromMs || timeMs > toMs) return false;
    for (let row = 0; row < tasks.count; row++) {
      const isBusy = tasks.dispatch[row]! < timeMs && tasks.end[row]! > timeMs;
      if (isBusy && tasks.outcome[row] !== Outcome.hit) return false;
    }
    for (let row = 0; row < marks.count; row++) {
      const untilMs = Math.min(marks.value[row]!, overMs.get(marks.stage[row]!) ?? Infinity);
      const isBackingOff = marks.time[row]! < timeMs && untilMs > timeMs;
      if (marks.kind[row] === Mark.backoff && isBackingOff) return false;
    }
    return true;
  });
}
