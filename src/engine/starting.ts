import { hasPermit, leaveHeaps, refresh, refreshPinned, takeLimits } from './eligibility.ts';
import { addBatchTask, gatherBatch, receiveHeld } from './forming-batches.ts';
import { formClosing } from './forming-results.ts';
import { loneWithoutWorker, startLone } from './lone-tasks.ts';
import { armLinger, fillRoom, unhold } from './moving.ts';
import { dispatchRouted, startRoutedWorkers } from './routed-starting.ts';
import { newestFirst } from './order.ts';
import { Closing, Phase } from './phases.ts';
import { sentAhead, topUp } from './sending-ahead.ts';
import type { StageState, State } from './state.ts';

/** Starts tasks while there are stages that may and workers that can. Returns whether any began. */
export function dispatch(state: State, nowMs: number): boolean {
  const { routed } = state;
  let any = state.lone.length > 0 && startLone(state, nowMs);
  if (routed) return dispatchRouted(state, routed, nowMs) || any;
  const { ready, workers } = state;
  while (ready.size > 0 && state.phase === Phase.running && !state.paused) {
    const stage = state.stages[ready.top()]!;
    const worker = stage.pin >= 0 ? stage.pin : workers.next;
    if (worker < 0) break;
    startNext(state, stage, worker, nowMs);
    any = true;
  }
  return (state.plan.sendAheadMs > 0 && sendAhead(state, nowMs)) || any;
}

/** Something might begin: asked before `dispatch`, as it mostly is not so. */
export function mayDispatch(state: State): boolean {
  return (
    (state.ready.size > 0 && state.workers.anySlot) ||
    state.lone.length > 0 ||
    state.routed !== null ||
    state.plan.sendAheadMs > 0
  );
}

function sendAhead(state: State, nowMs: number): boolean {
  return topUp(state, nowMs, (stage, worker, count, isNext) =>
    sendNext(state, stage, worker, count, isNext, nowMs),
  );
}

/** Sends a stage's next tasks to a worker that runs something, up to `count`. Returns how many. */
function sendNext(
  state: State,
  stage: StageState,
  worker: number,
  count: number,
  isNext: () => boolean,
  nowMs: number,
): number {
  const { index } = stage.plan;
  let sent = 0;
  do {
    leaveHeaps(state, index);
    const task = formNext(state, stage, worker, nowMs);
    sentAhead(state, stage, task, worker);
    state.machine.start(task, index, worker);
    sent++;
  } while (sent < count && isNext());
  refresh(state, index, nowMs);
  armLinger(state, stage, nowMs);
  return sent;
}

function startNext(state: State, stage: StageState, worker: number, nowMs: number): void {
  const { index, uses } = stage.plan;
  // Users of its limits, and folds, move in the heap before this one does: out of it till then.
  if (uses.length > 0 || state.folds.length > 0) leaveHeaps(state, index);
  const task = formNext(state, stage, worker, nowMs);
  stage.running++;
  state.workers.take(worker);
  state.runs[worker] = index;
  if (state.folds.length > 0) {
    if (stage.plan.join === 'fold') stage.pin = worker;
    refreshPinned(state, worker, nowMs);
  }
  if (uses.length > 0) takeLimits(state, stage, nowMs);
  stage.flush = false;
  refresh(state, index, nowMs);
  state.machine.start(task, index, worker);
  if (stage.plan.batchSize > 1) armLinger(state, stage, nowMs);
  if (stage.offers.length > 0) fillRoom(state, stage, nowMs);
}

/**
 * Forms the stage's next task for this worker. The stage's place among the ready is stale after that.
 * What `formFromQueue` does stands here once more for the oldest item of a plain queue: every task of most
 * runs goes this way, and the engine under us does not inline the call.
 */
function formNext(state: State, stage: StageState, worker: number, nowMs: number): number {
  const { tasks } = state;
  const { plan, queue } = stage;
  stage.books.tasks++;
  state.running++;
  let task: number;
  if (plan.oneByOne && queue.length > 0 && stage.closing !== Closing.formed) {
    const item = queue.itemAt(0);
    task = tasks.add(plan.taskKind, plan.index, worker, item);
    tasks.arrive[task] = queue.arriveAt(0);
    tasks.ready[task] = queue.readyAt(0);
    queue.dropFirst();
    if (stage.attempts.size > 0) tasks.attempt[task] = stage.attempts.get(item) ?? 1;
  } else {
    // Letting a producer go moves others in the heap of those that are ready.
    leaveHeaps(state, plan.index);
    task = formSpecial(state, stage, worker, nowMs);
  }
  tasks.dispatch[task] = nowMs;
  return task;
}

/** A task that is not just the oldest item of the queue. */
function formSpecial(state: State, stage: StageState, worker: number, nowMs: number): number {
  const { queue } = stage;
  if (stage.closing === Closing.formed) return formClosing(state, stage, worker);
  if (stage.plan.batchSize > 1) {
    return addBatchTask(state, stage, worker, gatherBatch(stage, nowMs), nowMs);
  }
  if (queue.length === 0) return formFromOffer(state, stage, worker, nowMs);
  const at = newestFirst(state.plan, stage) ? queue.firstOfNewest() : 0;
  return formFromQueue(state, stage, worker, at);
}

function formFromQueue(state: State, stage: StageState, worker: number, at: number): number {
  const { tasks } = state;
  const { queue } = stage;
  const item = queue.itemAt(at);
  const task = tasks.add(stage.plan.taskKind, stage.plan.index, worker, item);
  tasks.arrive[task] = queue.arriveAt(at);
  tasks.ready[task] = queue.readyAt(at);
  if (at === 0) queue.dropFirst();
  else queue.removeAt(at);
  if (stage.attempts.size > 0) tasks.attempt[task] = stage.attempts.get(item) ?? 1;
  return task;
}

/** Capacity 0: the task takes the item straight from its producer's hands. */
function formFromOffer(state: State, stage: StageState, worker: number, nowMs: number): number {
  const { tasks } = state;
  const { offers } = stage;
  const task = tasks.add(stage.plan.taskKind, stage.plan.index, worker, offers.itemAt(0));
  const isPair = !Number.isNaN(offers.arriveAt(0));
  const holder = offers.holderAt(0);
  tasks.arrive[task] = isPair ? offers.arriveAt(0) : nowMs;
  tasks.ready[task] = nowMs;
  offers.dropFirst();
  if (!isPair) receiveHeld(stage);
  // Only now: letting the producer go may reuse its row, not ours.
  unhold(state, holder, nowMs);
  return task;
}

/** Something waits that a worker might be started for. */
export function mayStartWorkers({ ready, lone, routed, workers }: State): boolean {
  return (workers.down > 0 && ready.size + lone.length > 0) || routed !== null;
}

/** Starts lanes that have no worker yet, one for each task that only lacks a worker. */
export function startWorkers(state: State): void {
  const { workers, ready, routed } = state;
  if (routed) {
    startRoutedWorkers(state, routed);
    return;
  }
  if (ready.size + state.lone.length === 0 || state.paused || workers.down === 0) return;
  let wanted = loneWithoutWorker(state);
  for (const stage of state.stages) {
    if (!ready.has(stage.plan.index)) continue;
    const waiting = Math.ceil((stage.queue.length + stage.offers.length) / stage.plan.batchSize);
    const room = stage.plan.permits - stage.running - stage.blocked;
    wanted += hasPermit(stage) ? Math.min(Math.max(waiting, 1), room) : 0;
  }
  for (let lane = workers.nextDown(); lane >= 0 && workers.starting < wanted;) {
    workers.start(lane);
    state.machine.startWorker(lane);
    lane = workers.nextDown();
  }
}
