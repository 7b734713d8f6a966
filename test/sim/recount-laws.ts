import { rootOf } from '../../src/trace/item-label.ts';
import { Fate, Mark, Outcome } from '../../src/trace/types.ts';
import { addsUpToZero, Curves } from './curves.ts';
import { admissions, membersOf, resultFailedMs, type StageVisits } from './visits.ts';
import type { WatchedRun } from './seen-run.ts';

/** The instant from which on everything is given up; Infinity: the run came to its end. */
export function endOfOrder(run: WatchedRun): number {
  const { plan, samples, stoppedMs, trace } = run;
  if (trace.meta.ended !== 'failed') return stoppedMs;
  let untilMs = stoppedMs;
  for (const { index, onError, barrier } of plan.stages) {
    if (onError !== 'stop') continue;
    const failed = samples.find(({ books }) => books[index]!.failed > 0);
    untilMs = Math.min(untilMs, failed?.timeMs ?? Infinity);
    if (barrier) untilMs = Math.min(untilMs, resultFailedMs(run, index));
  }
  return untilMs;
}

/**
 * Counts everything again from the rows of the record, and compares it, at every instant, with what
 * the scheduler showed of itself.
 */
export function recounts(
  run: WatchedRun,
  all: readonly StageVisits[],
  curves: Curves,
  untilMs: number,
): string[] {
  const { tasks } = run.trace;
  const wrong: string[] = [];
  const compare = (
    name: string,
    counted: readonly number[],
    shown: (instant: number) => number,
  ): void => {
    for (let i = 0; i < curves.times.length && curves.times[i]! < untilMs; i++) {
      if (counted[i] === shown(i)) continue;
      wrong.push(`${name} at ${curves.times[i]} ms: ${shown(i)} shown, ${counted[i]} recounted`);
      return;
    }
  };
  const { samples } = run;
  run.plan.stages.forEach(({ id, index }) => {
    const { visits, waits, isVague } = all[index]!;
    const own = Array.from({ length: tasks.count }, (_, row) => row).filter(
      (row) => tasks.stage[row] === index && tasks.worker[row]! >= 0,
    );
    const running = own.map((row): [number, number] => [tasks.dispatch[row]!, tasks.end[row]!]);
    const blocked = own.map((row): [number, number] => [tasks.end[row]!, tasks.leave[row]!]);
    compare(`${id} running`, curves.levels(running), (i) => samples[i]!.running[index]!);
    compare(`${id} blocked`, curves.levels(blocked), (i) => samples[i]!.blocked[index]!);
    if (isVague) return;
    const since = (times: number[]): number[] =>
      curves.levels(times.map((timeMs): [number, number] => [timeMs, Infinity]));
    const left = (way: string): number[] =>
      since(visits.filter((visit) => visit.way === way).map(({ outMs }) => outMs));
    compare(
      `${id} received`,
      since(visits.map(({ inMs }) => inMs)),
      (i) => samples[i]!.books[index]!.received,
    );
    for (const way of ['delivered', 'failed', 'dropped'] as const) {
      compare(`${id} ${way}`, left(way), (i) => samples[i]!.books[index]![way]);
    }
    compare(`${id} queued`, curves.levels(waits), (i) => samples[i]!.queued[index]!);
  });
  return wrong;
}

/** What is counted beside the books: tasks, hits, further attempts, time-outs. */
export function countsAreRight(run: WatchedRun): string[] {
  const { tasks, meta } = run.trace;
  return meta.stages.flatMap((books, index) => {
    const rows = Array.from({ length: tasks.count }, (_, row) => row).filter(
      (row) => tasks.stage[row] === index,
    );
    const ran = rows.filter((row) => tasks.worker[row]! >= 0);
    const triedAgain = ran.flatMap((row) =>
      run.plan.stages[index]!.join === 'all'
        ? [tasks.outcome[row]]
        : membersOf(run, row).map(({ outcome }) => outcome),
    );
    const counted = {
      tasks: ran.length,
      cacheHits: rows.length - ran.length,
      retried: triedAgain.filter((outcome) => outcome === Outcome.retried).length,
      timedOut: run.tasks.filter((task) => task.stage === index && task.outcome === 'timed-out')
        .length,
    };
    return Object.entries(counted)
      .filter(([name, count]) => books[name as keyof typeof counted] !== count)
      .map(([name, count]) => `${books.id}: ${name} should be ${count}: ${JSON.stringify(books)}`);
  });
}

/** The worst that befell an item, any of its copies and any of its children, is its fate. */
export function worstFateCounts(run: WatchedRun, all: readonly StageVisits[]): string[] {
  const { items, tasks, marks, meta } = run.trace;
  // Of what was given up, and of what a fold lost with its worker, the record does not tell.
  if (meta.ended !== 'done' || all.some(({ isVague }) => isVague)) return [];
  const worst = new Map<number, number>();
  const befalls = (item: number, fate: number): void => {
    const root = rootOf(items, item);
    worst.set(root, Math.max(worst.get(root) ?? Fate.delivered, fate));
  };
  for (let row = 0; row < tasks.count; row++) {
    const isAll = run.plan.stages[tasks.stage[row]!]!.join === 'all';
    const own = { item: tasks.item[row]!, outcome: tasks.outcome[row]! };
    for (const { item, outcome } of isAll ? [own] : membersOf(run, row)) {
      const isOver = outcome === Outcome.failed || outcome === Outcome.timedOut;
      befalls(item, isOver ? Fate.failed : Fate.delivered);
    }
  }
  const drops: readonly number[] = [Mark.dropNewest, Mark.dropOldest, Mark.orphaned];
  for (let row = 0; row < marks.count; row++) {
    if (drops.includes(marks.kind[row]!)) befalls(marks.item[row]!, Fate.dropped);
  }
  for (const [root, fate] of worst) {
    if (items.fate[root] === fate) continue;
    return [`the worst that befell item ${root} was ${fate}, but its fate is ${items.fate[root]}`];
  }
  return [];
}

/**
 * Little's law (Little 1961), exactly: the area under the number inside is the sum of the stays. The
 * area is that of the levels which the scheduler showed, the stays are those of the record.
 */
export function littlesLaw(
  run: WatchedRun,
  all: readonly StageVisits[],
  untilMs: number,
): string[] {
  if (untilMs < Infinity || run.trace.meta.ended !== 'done') return [];
  const { samples } = run;
  const wrong: string[] = [];
  const check = (
    name: string,
    stays: Iterable<readonly [number, number]>,
    level: (i: number) => number,
  ): void => {
    const terms: number[] = [];
    for (const [inMs, outMs] of stays) terms.push(outMs, -inMs);
    // The area by parts: every step of the level counts its time.
    samples.forEach(({ timeMs }, i) => {
      const step = level(i) - (i === 0 ? 0 : level(i - 1));
      for (let n = Math.abs(step); n > 0; n--) terms.push(Math.sign(step) * timeMs);
    });
    if (!addsUpToZero(terms)) wrong.push(`Little's law does not hold for ${name}`);
  };
  run.plan.stages.forEach(({ id, index }) => {
    if (all[index]!.isVague) return;
    const stays = all[index]!.visits.map(({ inMs, outMs }) => [inMs, outMs] as const);
    check(id, stays, (i) => samples[i]!.books[index]!.inside);
  });
  const { items, tasks } = run.trace;
  const whole = [...admissions(run)].map(([item, inMs]) => [inMs, items.end[item]!] as const);
  check('the whole pipeline', whole, (i) => samples[i]!.inFlight);
  const busy = Array.from({ length: tasks.count }, (_, row) => row)
    .filter((row) => tasks.outcome[row] !== Outcome.hit)
    .map((row) => [tasks.dispatch[row]!, tasks.end[row]!] as const);
  check('the workers', busy, (i) => samples[i]!.running.reduce((sum, one) => sum + one, 0));
  return wrong;
}
