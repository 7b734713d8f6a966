import { formable, hasTask } from './eligibility.ts';
import { Phase } from './phases.ts';
import type { StageState, State } from './state.ts';

/**
 * What a worker of the live machine has to go on with, ms. A message costs some 50 µs on either side: at 1 ms a
 * tenth of two cores is spent on them, and every ms more is one that the last task of a run, or the next
 * stage, may wait.
 */
export const sendAheadMs = 3;

/** Tasks that are sent together at the most: passing one on takes about 1 µs, so 1,000 are 1 ms. */
const aheadMax = 1000;
/** The next are sent when this share of as much is left, so that no worker has to wait for a message. */
const lowShare = 1;

/**
 * Sends workers that run something more to go on with: what they are expected to get through in
 * `sendAheadMs`, but no more than a fair share of what waits. Returns whether any was sent.
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
    let restMs = roomMsAt(state, worker);
    while (restMs > 0) {
      const stage = firstInOrder(state, worker, null, nowMs);
      const meanMs = stage ? meanMsOf(stage) : NaN;
      if (!stage || !isShort(state, stage)) break;
      const share = Math.floor(stage.queue.length / stage.plan.batchSize / workers);
      const count = Math.min(share, aheadMax, Math.round(restMs / meanMs));
      if (count <= 0) break;
      const rival = firstInOrder(state, worker, stage, nowMs);
      const isNext = (): boolean =>
        formable(stage, nowMs) &&
        (!rival || state.compareStages(stage.plan.index, rival.plan.index) <= 0);
      restMs -= meanMs * send(stage, worker, count, isNext);
      any = true;
    }
  }
  return any;
}

/** Expected work that may be added to what waits at this worker, ms; 0: none now. */
function roomMsAt(state: State, worker: number): number {
  const { plan, stages, tasks } = state;
  const runs = state.runs[worker]!;
  if (runs < 0 || state.workers.open[worker] !== 1 || !isShort(state, stages[runs]!)) return 0;
  const waiting = state.ahead[worker]!;
  if (waiting.length > lowShare * aheadMax) return 0;
  let waitingMs = 0;
  for (let i = 0; i < waiting.length; i++) {
    waitingMs += meanMsOf(stages[tasks.stage[waiting.at(i)]!]!);
  }
  return waitingMs > lowShare * plan.sendAheadMs ? 0 : plan.sendAheadMs;
}

/** The stage but `except` whose next task goes before all others that only lack a worker, or lack this one. */
function firstInOrder(
  state: State,
  worker: number,
  except: StageState | null,
  nowMs: number,
): StageState | null {
  let first: StageState | null = null;
  for (const stage of state.stages) {
    const { index, mayRunAhead } = stage.plan;
    if (stage === except || stage.closed) continue;
    // Neither a stage without a limit of its own is in the heap while workers are busy with its tasks, nor a
    // fold while the worker that has its accumulator is busy.
    const mayFollow = mayRunAhead
      ? formable(stage, nowMs)
      : stage.pin === worker && hasTask(stage, nowMs);
    if (!state.ready.has(index) && !mayFollow) continue;
    if (!first || state.compareStages(index, first.plan.index) < 0) first = stage;
  }
  return first;
}

/** Its tasks may wait behind others, and others behind them. */
function isShort(state: State, stage: StageState): boolean {
  if (!stage.plan.mayRunAhead || stage.servedTasks === 0) return false;
  return Math.round(state.plan.sendAheadMs / meanMsOf(stage)) >= 1;
}

/** Measured mean of a task, ms. */
const meanMsOf = (stage: StageState): number => stage.servedMs / stage.servedTasks;

export function sentAhead(state: State, stage: StageState, task: number, worker: number): void {
  state.ahead[worker]!.push(task);
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
