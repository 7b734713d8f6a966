import { ItemDraws, makeService } from '../../src/engine/service.ts';
import { TaskKind } from '../../src/engine/task-table.ts';
import { compareItems } from '../../src/trace/item-label.ts';
import { Mark, Outcome, type ItemColumns } from '../../src/trace/types.ts';
import type { Curves } from './curves.ts';
import { admissions, isResultOf, membersOf, type StageVisits } from './visits.ts';
import type { WatchedRun } from './seen-run.ts';

/** What goes in comes out, as what it should be, and nothing is held up or lost without a reason. */
export function flowLaws(
  run: WatchedRun,
  all: readonly StageVisits[],
  curves: Curves,
  untilMs: number,
): string[] {
  return [
    ...everythingArrives(run, all, untilMs),
    ...onlyFullBuffersDrop(run, all, curves, untilMs),
    ...theOldestIsDropped(run, untilMs),
    ...onlyFullBuffersBlock(run, curves, untilMs),
    ...attemptsAreNumbered(run, all, untilMs),
    ...timeOutsHold(run),
    ...foldsAreInOrder(run, untilMs),
    ...allTakesEverything(run, all, untilMs),
    ...cacheIsTrue(run, untilMs),
    ...affinityHolds(run),
    ...stopCancels(run, untilMs),
  ];
}

/** The items that a stage should have been offered, by name: what its parents put out. */
function everythingArrives(
  run: WatchedRun,
  all: readonly StageVisits[],
  untilMs: number,
): string[] {
  if (untilMs < Infinity) return [];
  const originals = new Map(run.copies.map(({ copy, of, from }) => [copy, `${from}/${of}`]));
  return run.plan.stages.flatMap(({ index, id, parents, copies, zipped, join }) => {
    if (all[index]!.isVague || join === 'all') return [];
    const put =
      parents[0] === -1
        ? [...admissions(run).keys()].map((item) => `-1/${item}`)
        : run.putOuts
            .filter(({ stage }) => parents.includes(stage))
            .map(({ stage, item }) => `${stage}/${item}`);
    const came = all[index]!.visits.flatMap(({ item }) => {
      if (copies) return [originals.get(item) ?? `? ${item}`];
      return zipped ? [`${item}`] : [`${parents[0]}/${item}`];
    });
    const expected = zipped ? [...new Set(put.map((name) => name.split('/')[1]!))] : put;
    const [a, b] = [expected.sort().join(' '), came.sort().join(' ')];
    return a === b ? [] : [`${id} was offered [${a}], but had [${b}]`];
  });
}

/** An item is dropped only where those that came before it, and with it, fill the buffer. */
function onlyFullBuffersDrop(
  run: WatchedRun,
  all: readonly StageVisits[],
  curves: Curves,
  untilMs: number,
): string[] {
  const { marks } = run.trace;
  const wrong: string[] = [];
  for (let row = 0; row < marks.count; row++) {
    const kind = marks.kind[row];
    if (kind !== Mark.dropNewest && kind !== Mark.dropOldest) continue;
    const [index, timeMs] = [marks.stage[row]!, marks.time[row]!];
    const { id, capacity, cached, zipped } = run.plan.stages[index]!;
    // Nor can a look-up's or a pair's coming into the buffer be told from the record.
    if (timeMs >= untilMs || cached || zipped || all[index]!.isVague) continue;
    const at = curves.instant(timeMs);
    const before = at === 0 ? 0 : run.samples[at - 1]!.queued[index]!;
    const { waits, visits } = all[index]!;
    const came = visits.filter(({ inMs }) => inMs === timeMs).length;
    const returned = waits.filter(([from]) => from === timeMs).length;
    if (before + came + returned <= capacity) {
      wrong.push(`${id} dropped item ${marks.item[row]} at ${timeMs} ms with room in its buffer`);
    }
  }
  return wrong.slice(0, 3);
}

/** Of what waits, `drop-oldest` loses the oldest that has not been tried before. */
function theOldestIsDropped(run: WatchedRun, untilMs: number): string[] {
  const { marks, tasks } = run.trace;
  for (let mark = 0; mark < marks.count; mark++) {
    const [stage, timeMs] = [marks.stage[mark]!, marks.time[mark]!];
    if (marks.kind[mark] !== Mark.dropOldest || timeMs >= untilMs) continue;
    const lost = new Set(run.tasks.filter((task) => task.stage === stage).flatMap(wasLost));
    for (let row = 0; row < tasks.count; row++) {
      if (tasks.stage[row] !== stage || tasks.attempt[row]! > 1 || tasks.worker[row]! < 0) continue;
      if (tasks.dispatch[row]! <= timeMs) continue;
      for (const { item, enteredMs } of membersOf(run, row)) {
        if (enteredMs >= marks.value[mark]! || lost.has(item)) continue;
        const { id } = run.plan.stages[stage]!;
        return [`${id} dropped item ${marks.item[mark]} at ${timeMs} ms, not the older ${item}`];
      }
    }
  }
  return [];
}

const wasLost = ({ outcome, members }: WatchedRun['tasks'][number]): number[] =>
  outcome === 'lost' || outcome === 'displaced' ? members : [];

/** A task stays blocked only while a buffer below is full. */
function onlyFullBuffersBlock(run: WatchedRun, curves: Curves, untilMs: number): string[] {
  const { plan, samples } = run;
  for (const { index, id, children } of plan.stages) {
    for (let i = 0; i < samples.length && curves.times[i]! < untilMs; i++) {
      const { blocked, queued } = samples[i]!;
      if (blocked[index] === 0) continue;
      const isFull = children.some((child) => {
        const { capacity, whenFull } = plan.stages[child]!;
        return whenFull === 'throttle' && queued[child]! >= capacity;
      });
      if (!isFull)
        return [`${id} was blocked at ${curves.times[i]} ms with room in every buffer below`];
    }
  }
  return [];
}

/** Attempts count up by one each, wait their back-off, and end where the document says. */
function attemptsAreNumbered(
  run: WatchedRun,
  all: readonly StageVisits[],
  untilMs: number,
): string[] {
  const { tasks } = run.trace;
  const wrong: string[] = [];
  run.plan.stages.forEach(
    ({ index, id, batchSize, attempts, backoffMs, backoffFactor, jitter }) => {
      const last = new Map<number, number>();
      for (let row = 0; row < tasks.count; row++) {
        if (tasks.stage[row] !== index || tasks.worker[row]! < 0 || batchSize > 1) continue;
        const item = tasks.item[row]!;
        const before = last.get(item);
        last.set(item, row);
        const attempt = tasks.attempt[row]!;
        if (attempt > attempts) wrong.push(`${id} tried item ${item} ${attempt} times`);
        if (before === undefined) {
          if (attempt !== 1) wrong.push(`${id} began item ${item} with attempt ${attempt}`);
          continue;
        }
        const outcome = tasks.outcome[before]!;
        const isNext = outcome === Outcome.retried;
        if (!isNext && outcome !== Outcome.lost) {
          wrong.push(`${id} ran item ${item} again after it was over`);
        }
        const expected = tasks.attempt[before]! + (isNext ? 1 : 0);
        if (attempt !== expected) wrong.push(`attempt ${attempt} of ${id} should be ${expected}`);
        if (!isNext) continue;
        const pauseMs = backoffMs * backoffFactor ** (tasks.attempt[before]! - 1);
        const waitedMs = tasks.ready[row]! - tasks.end[before]!;
        const close = 1e-9 * (1 + tasks.ready[row]!);
        const isSoon = waitedMs < pauseMs * (1 - jitter) - close;
        // The pause begins when the end is heard of.
        const isLate = waitedMs > pauseMs * (1 + jitter) + close && run.isToldAtOnce;
        if ((isSoon || isLate) && run.plan.stages[index]!.capacity > 0) {
          wrong.push(`${id} waited ${waitedMs} ms before attempt ${attempt}, not ${pauseMs} ms`);
        }
      }
      for (const [item, row] of last) {
        const outcome = tasks.outcome[row]!;
        const goesOn = outcome === Outcome.retried || outcome === Outcome.lost;
        // A fold that loses its accumulator fails with all that would be tried again.
        if (goesOn && untilMs === Infinity && !all[index]!.isVague)
          wrong.push(`${id} never tried item ${item} again`);
        const gaveUp = outcome === Outcome.failed || outcome === Outcome.timedOut;
        if (gaveUp && tasks.attempt[row]! < attempts && run.plan.stages[index]!.join !== 'fold') {
          wrong.push(
            `${id} gave item ${item} up after attempt ${tasks.attempt[row]} of ${attempts}`,
          );
        }
      }
    },
  );
  return wrong.slice(0, 3);
}

/** No worker has a task for longer than its time-out and the 50 ms after the signal. */
function timeOutsHold(run: WatchedRun): string[] {
  const { tasks } = run.trace;
  for (let row = 0; row < tasks.count; row++) {
    const { stage, id } = run.plan.stages[tasks.stage[row]!]!;
    const tookMs = tasks.end[row]! - tasks.dispatch[row]!;
    if (stage.timeout === null || tasks.worker[row]! < 0) continue;
    const close = 1e-9 * (1 + tasks.end[row]!);
    // It may have been on its way for longer, and ends as it begins.
    const wayMs = run.isToldAtOnce ? 0 : tasks.start[row]! - tasks.dispatch[row]!;
    if (tookMs > Math.max(stage.timeout + 50, wayMs) + close)
      return [`a task of ${id} took ${tookMs} ms`];
    if (tasks.outcome[row] === Outcome.timedOut && tookMs < stage.timeout - close) {
      return [`a task of ${id} timed out after ${tookMs} ms`];
    }
  }
  return [];
}

/** A fold takes its steps one at a time, on one worker, in the order in which they came. */
function foldsAreInOrder(run: WatchedRun, untilMs: number): string[] {
  const { items } = run.trace;
  for (const { index, id, join, attempts } of run.plan.stages) {
    if (join !== 'fold') continue;
    const own = run.tasks.filter((task) => task.stage === index && task.startMs < untilMs);
    for (let i = 1; i < own.length; i++) {
      const [before, next] = [own[i - 1]!, own[i]!];
      if (before.worker !== next.worker) return [`${id} went from one worker to another`];
      if (!(before.endMs <= next.startMs)) return [`${id} took two steps at once`];
      if (before.kind === TaskKind.foldFinish) return [`${id} went on after its end`];
    }
    const { tasks } = run.trace;
    const steps: { ready: number; item: number; start: number }[] = [];
    for (let row = 0; row < tasks.count; row++) {
      if (tasks.stage[row] !== index || isResultOf(run, index, tasks.item[row]!)) continue;
      if (tasks.dispatch[row]! >= untilMs) continue;
      steps.push({ ready: tasks.ready[row]!, item: tasks.item[row]!, start: tasks.dispatch[row]! });
    }
    // Straight from a producer's hands nothing has waited, and what is tried again comes when it may.
    if (run.plan.stages[index]!.capacity === 0 || attempts > 1) continue;
    for (let i = 1; i < steps.length; i++) {
      const [a, b] = [steps[i - 1]!, steps[i]!];
      // Of one instant only those that waited beyond it were ever side by side.
      const sideBySide = a.start > a.ready;
      const order = a.ready - b.ready || (sideBySide ? compareItems(items, a.item, b.item) : 0);
      if (order > 0) return [`${id} took item ${b.item} after item ${a.item}`];
    }
  }
  return [];
}

/** The task of an `all` is over everything that came, in item order. */
function allTakesEverything(
  run: WatchedRun,
  all: readonly StageVisits[],
  untilMs: number,
): string[] {
  if (untilMs < Infinity) return [];
  const { items, tasks } = run.trace;
  for (const { index, id, join } of run.plan.stages) {
    if (join !== 'all') continue;
    for (let row = 0; row < tasks.count; row++) {
      if (tasks.stage[row] !== index) continue;
      const members = membersOf(run, row).map(({ item }) => item);
      const expected = all[index]!.visits.length;
      if (members.length !== expected) return [`${id} took ${members.length} of ${expected} items`];
      if (members.some((item, i) => i > 0 && compareItems(items, members[i - 1]!, item) >= 0)) {
        return [`${id} took its items out of order`];
      }
    }
  }
  return [];
}

/** A hit only for what was computed before and is still fresh; one computation at a time for a key. */
function cacheIsTrue(run: WatchedRun, untilMs: number): string[] {
  const { tasks, items } = run.trace;
  const draws = new ItemDraws(run.plan, items as ItemColumns);
  for (const stage of run.plan.stages) {
    if (!stage.cached) continue;
    const service = makeService(stage);
    // Who waits for a result that is being made hears of it later, however long that takes.
    const freshMs = run.isToldAtOnce
      ? (stage.stage.cache?.ttl ?? run.pipeline.cache.ttl ?? Infinity)
      : Infinity;
    const computed: { key: number; item: number; from: number; to: number }[] = [];
    const hits: { key: number; endMs: number }[] = [];
    for (let row = 0; row < tasks.count; row++) {
      if (tasks.stage[row] !== stage.index || tasks.end[row]! >= untilMs) continue;
      for (const { item, enteredMs, outcome } of membersOf(run, row)) {
        const key = draws.cacheKey(service, stage.join === 'all' ? tasks.item[row]! : item);
        const endMs = tasks.end[row]!;
        // Given up while it was blocked, a task had still made its results.
        if (tasks.worker[row]! < 0) hits.push({ key, endMs });
        else if (outcome === Outcome.ok || tasks.leave[row]! > endMs)
          computed.push({ key, item, from: enteredMs, to: endMs });
      }
    }
    for (const { key, endMs } of hits) {
      const isKnown = computed.some(
        (one) => one.key === key && one.to <= endMs && endMs - one.to <= freshMs,
      );
      if (!isKnown || key < 0) return [`${stage.id} had a result at ${endMs} ms that nobody made`];
    }
    // With no buffer under `throttle` an item goes from hand to hand, and nobody looks it up.
    if (stage.join === 'all' || (stage.capacity === 0 && stage.whenFull === 'throttle')) continue;
    computed.sort((a, b) => a.key - b.key || a.from - b.from || a.to - b.to);
    for (let i = 1; i < computed.length; i++) {
      const [a, b] = [computed[i - 1]!, computed[i]!];
      if (a.key >= 0 && a.key === b.key && b.from < a.to) {
        return [
          `${stage.id} computed key ${a.key} twice at once, for items ${a.item} and ${b.item}`,
        ];
      }
    }
  }
  return [];
}

/** Under `affinity` a task goes where the first parent's task of its item ran. */
function affinityHolds(run: WatchedRun): string[] {
  if (run.plan.routing !== 'affinity') return [];
  const madeBy = new Map<string, number>();
  for (const { stage, kind, item, members, worker, outcome } of run.tasks) {
    if (outcome !== 'ok') continue;
    for (const one of kind === TaskKind.item ? members : [item])
      madeBy.set(`${stage}/${one}`, worker);
  }
  for (const { stage, kind, item, worker, alone } of run.tasks) {
    const { index, parents, copies, id, batchSize } = run.plan.stages[stage]!;
    // A batch stays where it was routed, though the oldest, its first item, was dropped out of it.
    if (batchSize > 1 && hasDroppedOldest(run, index)) continue;
    // What runs again alone stays where it was, though its first item may be out by now.
    if (kind !== TaskKind.item || copies || parents[0] === -1 || alone) continue;
    const expected = madeBy.get(`${parents[0]}/${item}`);
    if (expected !== undefined && expected !== worker) {
      return [`item ${item} of ${id} ran on worker ${worker}, not on its parent's, ${expected}`];
    }
  }
  return [];
}

export function hasDroppedOldest({ trace: { marks } }: WatchedRun, stage: number): boolean {
  for (let row = 0; row < marks.count; row++) {
    if (marks.kind[row] === Mark.dropOldest && marks.stage[row] === stage) return true;
  }
  return false;
}

/** After a stop nothing is delivered any more, and what ran is given up at once. */
function stopCancels(run: WatchedRun, untilMs: number): string[] {
  const { tasks, meta } = run.trace;
  if (meta.ended === 'done') return [];
  for (let row = 0; row < tasks.count; row++) {
    if (tasks.dispatch[row]! > untilMs) return [`a task began after the stop at ${untilMs} ms`];
    if (tasks.end[row]! > untilMs) return [`a task went on after the stop at ${untilMs} ms`];
  }
  const atStop = run.samples.find(({ timeMs }) => timeMs >= untilMs);
  const { delivered } = run.samples.at(-1)!.items;
  if (atStop && delivered > atStop.items.delivered) {
    return [`items were delivered after the stop at ${untilMs} ms`];
  }
  return [];
}
