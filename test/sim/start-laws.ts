import type { Curves } from './curves.ts';
import { isResultOf, type StageVisits } from './visits.ts';
import {
  endsOfInput,
  makeOrder,
  waitingTasks,
  whatIsTaken,
  type Taken,
  type WaitingTask,
} from './waiting.ts';
import type { WatchedRun } from './seen-run.ts';

/** No task starts late without a reason, and none goes before its turn. */
export function startLaws(
  run: WatchedRun,
  all: readonly StageVisits[],
  curves: Curves,
  untilMs: number,
): string[] {
  const waiting = waitingTasks(run);
  const taken = whatIsTaken(run, waiting, curves);
  return [
    ...nothingIsLate(run, waiting, taken, curves, untilMs),
    ...batchesGoInTime(run, all, taken, curves, untilMs),
    ...orderIsObeyed(run, waiting, taken, curves, untilMs),
    ...resultsAreFormedInTime(run, all, untilMs),
    ...workersAreStarted(run, waiting, taken, curves, untilMs),
    ...enoughWorkersAreStarted(run, waiting, taken, curves, untilMs),
  ];
}

/** A permit, a shared limit or the pause keeps the stage's tasks from starting after this instant. */
function isHeldBack({ plan }: WatchedRun, taken: Taken, stage: number, at: number): boolean {
  const { permits, uses } = plan.stages[stage]!;
  return (
    taken.paused[at]! > 0 ||
    taken.permits[stage]![at]! >= permits ||
    uses.some(
      ({ limit, weight }) => taken.limits[limit]![at]! + weight > plan.limits[limit]!.capacity,
    )
  );
}

function hasSlot({ plan }: WatchedRun, taken: Taken, worker: number, at: number): boolean {
  return (
    taken.up[worker]![at]! > 0 &&
    taken.alone[worker]![at] === 0 &&
    taken.open[worker]![at]! < plan.tasksPerWorker
  );
}

const isIdle = (taken: Taken, worker: number, at: number): boolean =>
  taken.up[worker]![at]! > 0 && taken.open[worker]![at] === 0;

/** Whether one of the workers that this task may use is free for it after this instant. */
function aWorkerIsFree(run: WatchedRun, taken: Taken, task: WaitingTask, at: number): boolean {
  const { plan } = run;
  const isPinned = plan.stages[task.stage]!.join === 'fold' || plan.routing !== 'shared-queue';
  // Of what was dropped nobody knows where it would have gone.
  if (isPinned && task.worker < 0) return false;
  const mayUse = isPinned ? [task.worker] : taken.up.map((_, worker) => worker);
  return mayUse.some((worker) =>
    task.alone ? isIdle(taken, worker, at) : hasSlot(run, taken, worker, at),
  );
}

function nothingIsLate(
  run: WatchedRun,
  waiting: readonly WaitingTask[],
  taken: Taken,
  curves: Curves,
  untilMs: number,
): string[] {
  for (const task of waiting) {
    const { id, join, batchSize } = run.plan.stages[task.stage]!;
    // The first step of a fold takes any worker: which one is not yet known while it waits.
    const isFirstStep =
      join === 'fold' &&
      run.plan.routing === 'shared-queue' &&
      !waiting.some((other) => other.stage === task.stage && other.untilMs < task.untilMs);
    const free = isFirstStep ? { ...task, worker: -1 } : task;
    const until = curves.instant(Math.min(task.untilMs, untilMs));
    for (let at = curves.instant(task.readyMs); at < until; at++) {
      if (isHeldBack(run, taken, task.stage, at)) continue;
      const isFree = isFirstStep
        ? taken.up.some((_, worker) => hasSlot(run, taken, worker, at))
        : aWorkerIsFree(run, taken, free, at);
      if (!isFree) continue;
      const what = batchSize > 1 ? 'a batch' : 'a task';
      return [
        `${what} of ${id} (item ${task.item}, worker ${task.worker}) waited at ${curves.times[at]} ms without a reason`,
      ];
    }
  }
  return [];
}

/** A shared queue that holds a whole batch, or one that lingered long enough, waits for a reason. */
function batchesGoInTime(
  run: WatchedRun,
  all: readonly StageVisits[],
  taken: Taken,
  curves: Curves,
  untilMs: number,
): string[] {
  if (run.plan.routing !== 'shared-queue') return [];
  const ends = endsOfInput(run, all);
  for (const { index, id, batchSize, lingerMs, cached } of run.plan.stages) {
    // Where there is a cache some of those in the buffer are still being looked up.
    if (batchSize === 1 || cached) continue;
    const { waits } = all[index]!;
    const length = curves.levels(waits);
    const free = taken.up.map((_, worker) => worker);
    for (let at = 0; at < length.length && curves.times[at]! < untilMs; at++) {
      if (length[at] === 0 || isHeldBack(run, taken, index, at)) continue;
      if (!free.some((worker) => hasSlot(run, taken, worker, at))) continue;
      const timeMs = curves.times[at]!;
      const oldest = Math.min(
        ...waits.filter(([from, to]) => from <= timeMs && timeMs < to).map(([from]) => from),
      );
      const isDue =
        length[at]! >= batchSize || oldest + lingerMs <= timeMs || ends[index]!.inputMs <= timeMs;
      // Those set aside to run alone keep together and may be a few.
      const isAside = run.tasks.some((task) => task.stage === index && task.outcome === 'lost');
      if (isDue && !isAside) return [`${id} could have made a batch at ${timeMs} ms, and did not`];
    }
  }
  return [];
}

/** Of two tasks that could both have started, the one that the order names went first. */
function orderIsObeyed(
  run: WatchedRun,
  waiting: readonly WaitingTask[],
  taken: Taken,
  curves: Curves,
  untilMs: number,
): string[] {
  const { plan, pipeline } = run;
  const compare = makeOrder(run);
  const isLifo = pipeline.machine.order === 'lifo';
  const mayBlock = plan.stages.map(({ children }) =>
    children.some((child) => plan.stages[child]!.capacity < Infinity),
  );
  // What begins and ends at one instant, or is blocked for no time, leaves no trace in the levels.
  const isBrief = (stage: number, timeMs: number): boolean =>
    waiting.some(
      (task) =>
        task.stage === stage &&
        // A blocked task keeps its permit, but has given its limits back.
        ((task.untilMs === timeMs && task.endMs === timeMs) ||
          (task.leaveMs === timeMs && (task.endMs < timeMs || mayBlock[stage]!))),
    );
  const isPlain = ({ stage, alone }: WaitingTask): boolean => {
    const { batchSize, join, capacity } = plan.stages[stage]!;
    return !alone && batchSize === 1 && capacity > 0 && !(isLifo && join === 'fold');
  };
  const waited = waiting.filter((task) => task.untilMs > task.readyMs && isPlain(task));
  for (const started of waiting) {
    const timeMs = started.untilMs;
    if (started.worker < 0 || timeMs >= untilMs || !isPlain(started)) continue;
    // A worker that dies of what has just begun there gives limits and permits back after the start.
    if (run.ups.some(({ toMs }) => toMs === timeMs)) continue;
    const at = curves.instant(timeMs);
    for (const other of waited) {
      if (other.readyMs >= timeMs || other.untilMs <= timeMs) continue;
      if (compare(other, started) >= 0) continue;
      const { permits, uses, join, id } = plan.stages[other.stage]!;
      const needsWorker = plan.routing !== 'shared-queue' || join === 'fold';
      if (needsWorker && other.worker !== started.worker) continue;
      if (other.stage !== started.stage) {
        const own = plan.stages[started.stage]!.uses;
        const isBusy = uses.some(({ limit, weight }) => {
          const back = own.find((use) => use.limit === limit)?.weight ?? 0;
          const givenBack = started.endMs > timeMs ? back : 0;
          return taken.limits[limit]![at]! - givenBack + weight > plan.limits[limit]!.capacity;
        });
        if (isBusy || taken.permits[other.stage]![at]! >= permits) continue;
        if (isBrief(other.stage, timeMs)) continue;
        const users = plan.stages.filter((stage) =>
          stage.uses.some((use) => uses.some(({ limit }) => limit === use.limit)),
        );
        if (users.some(({ index }) => isBrief(index, timeMs))) continue;
      }
      return [
        `item ${started.item} of ${plan.stages[started.stage]!.id} started at ${timeMs} ms before item ${other.item} of ${id}, whose turn it was`,
      ];
    }
  }
  return [];
}

/** `all` and the end of `fold` are formed at the instant in which the last of their input has ended. */
function resultsAreFormedInTime(
  run: WatchedRun,
  all: readonly StageVisits[],
  untilMs: number,
): string[] {
  const ends = endsOfInput(run, all);
  const { tasks, items } = run.trace;
  const wrong: string[] = [];
  for (const { index, id, barrier } of run.plan.stages) {
    if (!barrier) continue;
    const { inputMs } = ends[index]!;
    const lastMs = Math.max(inputMs, ...all[index]!.visits.map(({ outMs }) => outMs));
    for (let row = 0; row < tasks.count; row++) {
      const item = tasks.item[row]!;
      if (tasks.stage[row] !== index || !isResultOf(run, index, item)) continue;
      if (!Number.isFinite(lastMs) || all[index]!.isVague || tasks.ready[row]! >= untilMs) continue;
      if (items.arrive[item] !== lastMs) {
        wrong.push(`the result of ${id} was formed at ${items.arrive[item]} ms, not ${lastMs} ms`);
      }
    }
  }
  return wrong;
}

/** While a task lacks nothing but a worker, one is on its way, or all are there. */
function workersAreStarted(
  run: WatchedRun,
  waiting: readonly WaitingTask[],
  taken: Taken,
  curves: Curves,
  untilMs: number,
): string[] {
  const { plan } = run;
  for (const task of waiting) {
    const { join, id } = plan.stages[task.stage]!;
    if (task.worker < 0) continue;
    const isPinned = join === 'fold' || plan.routing !== 'shared-queue';
    const until = curves.instant(Math.min(task.untilMs, untilMs));
    for (let at = curves.instant(task.readyMs); at < until; at++) {
      if (isHeldBack(run, taken, task.stage, at)) continue;
      const isThere = (worker: number): boolean =>
        taken.up[worker]![at]! + taken.starting[worker]![at]! > 0;
      const lanes = isPinned ? [task.worker] : taken.up.map((_, worker) => worker);
      const isComing = taken.starting.some((levels) => levels[at]! > 0);
      if (lanes.every(isThere) || (!isPinned && isComing)) continue;
      if (join === 'fold' && plan.routing === 'shared-queue') continue;
      return [
        `no worker was started at ${curves.times[at]} ms, though a task of ${id} waited for one`,
      ];
    }
  }
  return [];
}

/** As many workers are on their way as there are tasks that lack nothing else, or all are. */
function enoughWorkersAreStarted(
  run: WatchedRun,
  waiting: readonly WaitingTask[],
  taken: Taken,
  curves: Curves,
  untilMs: number,
): string[] {
  const { plan } = run;
  if (plan.routing !== 'shared-queue') return [];
  // Batches are formed only when they start, and limits are shared out among stages.
  const plain = plan.stages.filter(
    ({ batchSize, join, uses }) => batchSize === 1 && join !== 'fold' && uses.length === 0,
  );
  const ready = plain.map(({ index }) =>
    curves.levels(
      waiting
        .filter((task) => task.stage === index && !task.alone && task.untilMs > task.readyMs)
        .map((task) => [task.readyMs, task.untilMs]),
    ),
  );
  const sum = (levels: readonly number[][], at: number): number =>
    levels.reduce((total, level) => total + level[at]!, 0);
  for (let at = 0; at < curves.times.length && curves.times[at]! < untilMs; at++) {
    if (taken.paused[at]! > 0) continue;
    const coming = sum(taken.starting, at);
    if (sum(taken.up, at) + coming >= plan.workers) continue;
    let wanted = 0;
    plain.forEach(({ index, permits }, i) => {
      wanted += Math.min(ready[i]![at]!, Math.max(0, permits - taken.permits[index]![at]!));
    });
    if (coming >= wanted) continue;
    return [`at ${curves.times[at]} ms ${coming} workers were on their way for ${wanted} tasks`];
  }
  return [];
}
