import { formable, hasPermit, refresh, refreshPinned, takeLimits } from './eligibility.ts';
import { armLinger, fillRoom, unhold } from './moving.ts';
import { aheadOf, sentAhead } from './sending-ahead.ts';
import type { StageState, State } from './state.ts';
import { TaskKind } from './task-table.ts';

/** Starts tasks while there are stages that may and workers that can. Returns whether any began. */
export function dispatch(state: State, nowMs: number): boolean {
  const { ready, workers } = state;
  let any = false;
  while (ready.size > 0 && state.phase === 'running' && !state.paused) {
    const stage = state.stages[ready.top()]!;
    const worker = stage.pin >= 0 ? stage.pin : workers.next;
    if (worker < 0) break;
    startNext(state, stage, worker, nowMs);
    any = true;
  }
  return any;
}

function startNext(state: State, stage: StageState, worker: number, nowMs: number): void {
  const isClosing = stage.closing === 'formed';
  const task = formNext(state, stage, worker, nowMs);
  const { index } = stage.plan;
  stage.running++;
  state.workers.take(worker);
  if (stage.plan.join === 'fold') stage.pin = worker;
  refreshPinned(state, worker, nowMs);
  takeLimits(state, stage, nowMs);
  stage.flush = false;
  refresh(state, index, nowMs);
  state.machine.start(task, index, worker);
  if (!isClosing) {
    for (let more = aheadOf(state, stage); more > 0 && isNext(state, stage, nowMs); more--) {
      const next = formNext(state, stage, worker, nowMs);
      sentAhead(state, stage, next, worker);
      refresh(state, index, nowMs);
      state.machine.start(next, index, worker);
    }
  }
  if (stage.plan.batchSize > 1) armLinger(state, stage, nowMs);
  if (stage.offers.length > 0) fillRoom(state, stage, nowMs);
}

/** No other stage's task would go before this one's: its order is settled, whoever gets free first. */
function isNext(state: State, stage: StageState, nowMs: number): boolean {
  if (!formable(stage, nowMs)) return false;
  const first = state.ready.top();
  return first < 0 || state.compareStages(stage.plan.index, first) <= 0;
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
        : formBatch(state, stage, worker, nowMs);
  state.tasks.dispatch[task] = nowMs;
  state.tasks.start[task] = nowMs;
  stage.books.tasks++;
  state.running++;
  return task;
}

function formClosing(state: State, stage: StageState, worker: number): number {
  const { tasks } = state;
  const isAll = stage.plan.join === 'all';
  const kind = isAll ? TaskKind.all : TaskKind.foldFinish;
  const task = tasks.add(kind, stage.plan.index, worker, stage.result);
  stage.closing = 'started';
  tasks.attempt[task] = stage.attempts.get(stage.result) ?? 1;
  tasks.ready[task] = stage.resultReadyMs;
  tasks.arrive[task] = isAll ? (stage.takenAt[0] ?? stage.resultReadyMs) : stage.resultReadyMs;
  if (isAll) {
    tasks.members[task] = Int32Array.from(stage.taken);
    tasks.memberArrives[task] = Float64Array.from(stage.takenAt);
  }
  return task;
}

function formSingle(state: State, stage: StageState, worker: number, nowMs: number): number {
  const { tasks } = state;
  const { queue } = stage;
  const kind = stage.plan.join === 'fold' ? TaskKind.foldStep : TaskKind.item;
  if (queue.length === 0) return formFromOffer(state, stage, kind, worker, nowMs);
  const newest = state.plan.order === 'lifo';
  const at = newest ? queue.length - 1 : 0;
  const item = queue.itemAt(at);
  const task = tasks.add(kind, stage.plan.index, worker, item);
  tasks.arrive[task] = queue.arriveAt(at);
  tasks.ready[task] = queue.readyAt(at);
  if (newest) queue.dropLast();
  else queue.dropFirst();
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
  const item = takeOffer(state, stage, nowMs);
  const task = tasks.add(kind, stage.plan.index, worker, item.item);
  tasks.arrive[task] = item.arriveMs;
  tasks.ready[task] = nowMs;
  // Only now: letting the producer go may reuse its row, not ours.
  unhold(state, item.holder, nowMs);
  return task;
}

function takeOffer(
  state: State,
  stage: StageState,
  nowMs: number,
): { item: number; arriveMs: number; holder: number } {
  void state;
  const { offers } = stage;
  const arrive = offers.arriveAt(0);
  const taken = {
    item: offers.itemAt(0),
    arriveMs: Number.isNaN(arrive) ? nowMs : arrive,
    holder: offers.holderAt(0),
  };
  offers.dropFirst();
  if (Number.isNaN(arrive)) {
    stage.books.received++;
    stage.books.inside++;
  }
  return taken;
}

function formBatch(state: State, stage: StageState, worker: number, nowMs: number): number {
  const { tasks } = state;
  const { queue, offers } = stage;
  const { batchSize, lingerMs, capacity } = stage.plan;
  const waiting = queue.length + (capacity === 0 ? offers.length : 0);
  const count = Math.min(batchSize, waiting);
  const members = new Int32Array(count);
  const arrives = new Float64Array(count);
  const holders: number[] = [];
  let attempt = 1;
  let firstMs = nowMs;
  let lastMs = nowMs;
  let since = nowMs;
  for (let i = 0; i < count; i++) {
    if (queue.length > 0) {
      members[i] = queue.itemAt(0);
      arrives[i] = lastMs = queue.readyAt(0);
      since = Math.min(since, queue.arriveAt(0));
      queue.dropFirst();
    } else {
      const taken = takeOffer(state, stage, nowMs);
      members[i] = taken.item;
      arrives[i] = lastMs = nowMs;
      since = Math.min(since, taken.arriveMs);
      holders.push(taken.holder);
    }
    if (i === 0) firstMs = arrives[0]!;
    if (stage.attempts.size > 0) {
      attempt = Math.max(attempt, stage.attempts.get(members[i]!) ?? 1);
    }
  }
  const task = tasks.add(TaskKind.item, stage.plan.index, worker, members[0]!);
  tasks.members[task] = members;
  tasks.memberArrives[task] = arrives;
  tasks.attempt[task] = attempt;
  tasks.arrive[task] = since;
  tasks.ready[task] = Math.min(nowMs, batchReadyMs());
  for (const holder of holders) unhold(state, holder, nowMs);
  return task;

  /** When the batch could go: full, lingered long enough, or nothing more to come. */
  function batchReadyMs(): number {
    const lingered = firstMs + lingerMs;
    if (count === batchSize) return Math.min(lastMs, lingered);
    if (stage.flush) return nowMs;
    return Math.min(lingered, stage.inputEnded ? Math.max(stage.inputEndedMs, lastMs) : Infinity);
  }
}

/** Starts lanes that have no worker yet, one for each task that only lacks a worker. */
export function startWorkers(state: State): void {
  const { workers, ready } = state;
  if (ready.size === 0 || state.paused || workers.nextDown() < 0) return;
  let wanted = 0;
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
