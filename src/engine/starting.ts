import { hasPermit, refresh, refreshPinned, takeLimits } from './eligibility.ts';
import { addBatchTask, gatherBatch, receiveHeld } from './forming-batches.ts';
import { formClosing } from './forming-results.ts';
import { loneWithoutWorker, startLone } from './lone-tasks.ts';
import { armLinger, fillRoom, unhold } from './moving.ts';
import { dispatchRouted, startRoutedWorkers } from './routed-starting.ts';
import { newestFirst } from './order.ts';
import { sentAhead, topUp } from './sending-ahead.ts';
import type { StageState, State } from './state.ts';
import { TaskKind } from './task-table.ts';

/** Starts tasks while there are stages that may and workers that can. Returns whether any began. */
export function dispatch(state: State, nowMs: number): boolean {
  const { ready, workers, routed } = state;
  let any = startLone(state, nowMs);
  if (routed) return dispatchRouted(state, routed, nowMs) || any;
  while (ready.size > 0 && state.phase === 'running' && !state.paused) {
    const stage = state.stages[ready.top()]!;
    const worker = stage.pin >= 0 ? stage.pin : workers.next;
    if (worker < 0) break;
    startNext(state, stage, worker, nowMs);
    any = true;
  }
  if (state.plan.sendAheadMs === 0) return any;
  const sent = topUp(state, nowMs, (stage, worker, count, isNext) =>
    sendNext(state, stage, worker, count, isNext, nowMs),
  );
  return sent || any;
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
  if (stage.plan.join === 'fold') stage.pin = worker;
  refreshPinned(state, worker, nowMs);
  takeLimits(state, stage, nowMs);
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
  const task =
    stage.closing === 'formed'
      ? formClosing(state, stage, worker)
      : stage.plan.batchSize === 1
        ? formSingle(state, stage, worker, nowMs)
        : addBatchTask(state, stage, worker, gatherBatch(stage, nowMs), nowMs);
  state.tasks.dispatch[task] = nowMs;
  state.tasks.start[task] = nowMs;
  stage.books.tasks++;
  state.running++;
  return task;
}

function formSingle(state: State, stage: StageState, worker: number, nowMs: number): number {
  const { tasks } = state;
  const { queue } = stage;
  const kind = stage.plan.join === 'fold' ? TaskKind.foldStep : TaskKind.item;
  if (queue.length === 0) return formFromOffer(state, stage, kind, worker, nowMs);
  const at = newestFirst(state.plan, stage) ? queue.firstOfNewest() : 0;
  const item = queue.itemAt(at);
  const task = tasks.add(kind, stage.plan.index, worker, item);
  tasks.arrive[task] = queue.arriveAt(at);
  tasks.ready[task] = queue.readyAt(at);
  queue.removeAt(at);
  if (stage.attempts.size > 0) tasks.attempt[task] = stage.attempts.get(item) ?? 1;
  return task;
}

/** Capacity 0: the task takes the item straight from its producer's hands. */
function formFromOffer(
  state: State,
  stage: StageState,
  kind: TaskKind,
  worker: number,
  nowMs: number,
): number {
  const { tasks } = state;
  const { offers } = stage;
  const task = tasks.add(kind, stage.plan.index, worker, offers.itemAt(0));
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

/** Starts lanes that have no worker yet, one for each task that only lacks a worker. */
export function startWorkers(state: State): void {
  const { workers, ready, routed } = state;
  if (routed) {
    startRoutedWorkers(state, routed);
    return;
  }
  if (ready.size + state.lone.length === 0 || state.paused || workers.nextDown() < 0) return;
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
