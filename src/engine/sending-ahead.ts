import { formable, hasTask, leaveHeaps } from './eligibility.ts';
import { Phase } from './phases.ts';
import type { StageState, State } from './state.ts';

/**
 * What a worker of the live machine has to go on with at the least, ms. A message costs some 100 µs on either side:
 * at 1 ms a fifth of two cores is spent on them, and every ms more is one that the last task of a run, or the next
 * stage, may wait.
 */
export const sendAheadMs = 3;
/**
 * And at the most, where nobody waits for it: what is sent cannot be called back when the run is paused, and what
 * has ended is told as seldom.
 */
const aheadMostMs = 50;
/**
 * In between, this part of a worker's share of what waits: much while there is much, so that messages cost the same
 * part of a run however long it is, and little towards its end, so that all workers end at once (guided
 * self-scheduling: C. D. Polychronopoulos, D. J. Kuck, IEEE Transactions on Computers C-36, 1987).
 */
const aheadPart = 1 / 8;

/** Of tasks that are shorter than a step of the clock. */
const leastMeanMs = 0.0005;
/** Means move while tasks wait. */
const lowSlack = 1.2;

/** Tasks that are sent together at the most: passing one on takes about 1 µs, so 1,000 are 1 ms. */
const aheadMax = 1000;

/**
 * Sends workers that run something more to go on with, but no more than a fair share of what waits. Returns whether
 * any was sent.
 * @param send forms so many tasks of the stage, one after another while `isNext`, for the worker.
 */
export function topUp(
  state: State,
  nowMs: number,
  send: (stage: StageState, worker: number, count: number, isNext: () => boolean) => number,
): boolean {
  const { workers } = state.plan;
  // A task set aside waits for a worker that does nothing else.
  if (state.lone.length > 0) return false;
  if (state.phase !== Phase.running || state.paused) return false;
  let any = false;
  for (let worker = 0; worker < workers; worker++) {
    if (!mayGetMore(state, worker)) continue;
    let restMs = -1;
    let sharing = 0;
    for (;;) {
      const stage = firstInOrder(state, worker, nowMs);
      if (!stage?.plan.mayRunAhead || stage.servedTasks === 0) break;
      const meanMs = meanMsOf(state, stage);
      const aheadMs = aheadMsOf(state, stage, meanMs);
      if (isLonger(meanMs, aheadMs)) break;
      if (restMs < 0) {
        restMs = roomMsAt(state, worker, aheadMs);
        if (restMs <= 0) break;
        state.aheadMs[worker] = aheadMs;
        sharing = sharingOf(state, aheadMs);
      }
      const count = Math.min(
        fairShare(state, stage, worker, sharing),
        aheadMax,
        Math.round(restMs / meanMs),
      );
      if (count <= 0) break;
      leaveHeaps(state, stage.plan.index);
      const rival = firstInOrder(state, worker, nowMs);
      const isNext = (): boolean =>
        formable(stage, nowMs) &&
        (!rival || state.compareStages(stage.plan.index, rival.plan.index) <= 0);
      restMs -= meanMs * send(stage, worker, count, isNext);
      any = true;
      if (restMs <= 0 || state.ahead[worker]!.length >= aheadMax) break;
    }
  }
  return any;
}

/** It runs all it can, of a stage that others may wait behind, and not too many wait there already. */
function mayGetMore(state: State, worker: number): boolean {
  const runs = state.runs[worker]!;
  const { tasksPerWorker, allMayRunAhead } = state.plan;
  if (runs < 0 || state.workers.open[worker] !== tasksPerWorker) return false;
  // Of those it runs only the last is known.
  if (tasksPerWorker > 1 && !allMayRunAhead) return false;
  const stage = state.stages[runs]!;
  return stage.plan.mayRunAhead && stage.servedTasks > 0 && state.ahead[worker]!.length <= aheadMax;
}

/** Workers that will have their part of what waits: all but those known to be at something longer than `aheadMs`. */
function sharingOf(state: State, aheadMs: number): number {
  let sharing = 0;
  for (let worker = 0; worker < state.plan.workers; worker++) {
    const runs = state.runs[worker]!;
    const stage = runs < 0 ? null : state.stages[runs]!;
    const isKnown = stage !== null && stage.servedTasks > 0 && state.workers.open[worker]! > 0;
    if (!isKnown || !isLonger(meanMsOf(state, stage), aheadMs)) sharing++;
  }
  return sharing;
}

/** A task of so many ms on average is more than about twice as long as what is sent ahead. */
const isLonger = (meanMs: number, aheadMs: number): boolean => Math.round(aheadMs / meanMs) < 1;

/**
 * What a worker may be sent of the tasks that wait: its equal part, among those that share, of all of the stage that wait
 * or are sent ahead, less what it has of them and what goes to slots that get free first. Where few wait but other stages
 * have enough for everybody, one.
 */
function fairShare(state: State, stage: StageState, worker: number, sharing: number): number {
  const { workers, tasksPerWorker } = state.plan;
  const { batchSize, index } = stage.plan;
  const waiting = Math.floor(stage.queue.length / batchSize);
  if (waiting >= workers) {
    const unbegun = waiting + Math.floor(stage.ahead / batchSize);
    const itsOwn = state.ahead[worker]!.of(index);
    return Math.floor(unbegun / sharing) - (tasksPerWorker - 1) - itsOwn;
  }
  return waiting + state.mayFollow.size - 1 >= workers ? Math.min(1, waiting) : 0;
}

/** What of this stage a worker may have to go on with, ms. */
function aheadMsOf(state: State, stage: StageState, meanMs: number): number {
  const { plan } = state;
  if (!plan.allMayRunAhead || plan.sendsNoMore) return plan.sendAheadMs;
  const shareMs = (stage.queue.length / stage.plan.batchSize / plan.workers) * meanMs;
  return Math.max(plan.sendAheadMs, Math.min(aheadMostMs, aheadPart * shareMs));
}

/**
 * Expected work that may be added to what waits at this worker, ms; 0: none now. It tells what has ended every `aheadMs`
 * and gets more when it has no more left than that: so it need not wait for what it gets.
 */
function roomMsAt(state: State, worker: number, aheadMs: number): number {
  const { stages, tasks } = state;
  // A long task may be under way, with nobody to take what is sent behind it.
  if (isLonger(meanMsOf(state, stages[state.runs[worker]!]!), aheadMs)) return 0;
  const waiting = state.ahead[worker]!;
  let waitingMs = 0;
  for (let i = 0; i < waiting.length; i++) {
    waitingMs += meanMsOf(state, stages[tasks.stage[waiting.at(i)]!]!);
  }
  // As much as it was to have left when it told: by now it may be sent less at once.
  const lowMs = Math.max(aheadMs, state.aheadMs[worker]!);
  return waitingMs > lowSlack * lowMs ? 0 : Math.max(0, 2 * aheadMs - waitingMs);
}

/** The stage whose next task goes before all others that only lack a worker, or lack this one. */
function firstInOrder(state: State, worker: number, nowMs: number): StageState | null {
  const { stages, ready, mayFollow, folds } = state;
  let first = mayFollow.top();
  const next = ready.top();
  if (first < 0 || (next >= 0 && state.compareStages(next, first) < 0)) first = next;
  // A fold is not among the ready while the worker that has its accumulator is busy.
  for (let i = 0; i < folds.length; i++) {
    const fold = folds[i]!;
    if (fold.pin !== worker || fold.closed || !hasTask(fold, nowMs)) continue;
    const { index } = fold.plan;
    if (first < 0 || state.compareStages(index, first) < 0) first = index;
  }
  return first < 0 ? null : stages[first]!;
}

/** How much sooner a worker is through for want of one task of the stage, by its measured mean, ms. */
const meanMsOf = ({ plan }: State, stage: StageState): number =>
  Math.max(leastMeanMs, stage.servedMs / stage.servedTasks / plan.tasksPerWorker);

export function sentAhead(state: State, stage: StageState, task: number, worker: number): void {
  state.ahead[worker]!.push(task, stage.plan.index);
  stage.ahead += itemsOf(state, task);
  // When it left the queue is only known once its worker tells when it began.
  state.tasks.dispatch[task] = NaN;
}

/** Whether a task waits at its worker behind others, for all that is known here. */
export const isAhead = (state: State, task: number): boolean =>
  Number.isNaN(state.tasks.dispatch[task]!);

/** Of a task that was sent ahead and has begun meanwhile, nobody knows when. */
const begunUnseen = -1;

/** When a task left the queue, now that its end tells when it began. */
export function noteBegin(state: State, task: number, startMs: number): void {
  if (!(state.tasks.dispatch[task]! >= 0)) state.tasks.dispatch[task] = startMs;
}

/** The worker goes on with the next task it was sent; false: there is none. */
export function promote(state: State, worker: number): boolean {
  const task = state.ahead[worker]!.shift();
  if (task < 0) return false;
  const stage = state.stages[state.tasks.stage[task]!]!;
  state.runs[worker] = stage.plan.index;
  state.tasks.dispatch[task] = begunUnseen;
  stage.running++;
  leaveQueue(state, stage, task);
  return true;
}

/** A task that never began has come back. */
export function takeBack(state: State, stage: StageState, task: number): void {
  state.ahead[state.tasks.worker[task]!]!.remove(task);
  leaveQueue(state, stage, task);
}

function leaveQueue(state: State, stage: StageState, task: number): void {
  stage.ahead -= itemsOf(state, task);
  // Room has appeared in its buffer.
  if (stage.offers.length > 0) state.roomStages.push(stage.plan.index);
}

function itemsOf(state: State, task: number): number {
  return state.tasks.members[task]?.length ?? 1;
}
