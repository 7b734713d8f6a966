import { hasPermit, refresh, refreshPinned, takeLimits } from './eligibility.ts';
import { addBatchTask, gatherBatch, receiveHeld } from './forming-batches.ts';
import { formClosing } from './forming-results.ts';
import { loneWithoutWorker, startLone } from './lone-tasks.ts';
import { armLinger, fillRoom, unhold } from './moving.ts';
import { dispatchRouted, startRoutedWorkers } from './routed-starting.ts';
import { newestFirst } from './order.ts';
import { sentAhead, topUp } from './sending-ahead.ts';
import type { StageState, State } from './state.ts';

/** Starts tasks while there are stages that may and workers that can. Returns whether any began. */
export function dispatch(state: State, nowMs: number): boolean {
  const { routed } = state;
  let any = state.lone.length > 0 && startLone(state, nowMs);
  if (routed) return dispatchRouted(state, routed, nowMs) || any;
  while (startFirst(state, nowMs)) any = true;
  return (state.plan.sendAheadMs > 0 && sendAhead(state, nowMs)) || any;
}

/** Something might begin: asked before `dispatch`, as it mostly is not so. */
export function mayDispatch(state: State): boolean {
  return (
    state.ready.size > 0 ||
    state.lone.length > 0 ||
    state.routed !== null ||
    state.plan.sendAheadMs > 0
  );
}

/** Starts the first task in order; false: there is none, or no worker for it. */
function startFirst(state: State, nowMs: number): boolean {
  const { ready } = state;
  if (ready.size === 0 || state.phase !== 'running' || state.paused) return false;
  const stage = state.stages[ready.top()]!;
  const worker = stage.pin >= 0 ? stage.pin : state.workers.next;
  if (worker < 0) return false;
  startNext(state, stage, worker, nowMs);
  return true;
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
  const task = formNext(state, stage, worker, nowMs);
  const { index } = stage.plan;
  stage.running++;
  state.workers.take(worker);
  state.runs[worker] = index;
  if (state.folds.length > 0) {
    if (stage.plan.join === 'fold') stage.pin = worker;
    refreshPinned(state, worker, nowMs);
  }
  if (stage.plan.uses.length > 0) takeLimits(state, stage, nowMs);
  stage.flush = false;
  refresh(state, index, nowMs);
  state.machine.start(task, index, worker);
  if (stage.plan.batchSize > 1) armLinger(state, stage, nowMs);
  if (stage.offers.length > 0) fillRoom(state, stage, nowMs);
}

/** Forms the stage's next task for this worker. */
function formNext(state: State, stage: StageState, worker: number, nowMs: number): number {
  // Out of the heap while its head changes: a heap never sees a key move under it.
  state.ready.remove(stage.plan.index);
  const isPlain = stage.plan.oneByOne && stage.queue.length > 0 && stage.closing !== 'formed';
  const task = isPlain
    ? formFromQueue(state, stage, worker, 0)
    : formSpecial(state, stage, worker, nowMs);
  state.tasks.dispatch[task] = nowMs;
  stage.books.tasks++;
  state.running++;
  return task;
}

/** A task that is not just the oldest item of the queue. */
function formSpecial(state: State, stage: StageState, worker: number, nowMs: number): number {
  const { queue } = stage;
  if (stage.closing === 'formed') return formClosing(state, stage, worker);
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
