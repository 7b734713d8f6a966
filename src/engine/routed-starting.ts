import { refresh, takeLimits } from './eligibility.ts';
import { noHolder } from './entry-queue.ts';
import { addBatchTask, gatherBatch, receiveHeld } from './forming-batches.ts';
import { formClosing } from './forming-results.ts';
import { armLinger, fillRoom, unhold } from './moving.ts';
import { Closing, Phase } from './phases.ts';
import type { RoutedWork } from './routed-work.ts';
import type { RoutedTask } from './routed-tasks.ts';
import type { StageState, State } from './state.ts';
import { TaskKind } from './task-table.ts';

/** Routes what has been formed and starts what may, until neither is left. Returns whether any did. */
export function dispatchRouted(state: State, work: RoutedWork, nowMs: number): boolean {
  let any = false;
  for (;;) {
    while (work.forming.size > 0) {
      routeNext(state, work, state.stages[work.forming.top()]!, nowMs);
      any = true;
    }
    const first = work.tasks.firstStage;
    if (first < 0 || state.phase !== Phase.running || state.paused) return any;
    startNext(state, work, state.stages[first]!, nowMs);
    any = true;
  }
}

/** Forms a stage's next task and sends it to the queue of its worker. */
function routeNext(state: State, work: RoutedWork, stage: StageState, nowMs: number): void {
  const { index, batchSize } = stage.plan;
  // Out of the heap while its head changes.
  work.forming.remove(index);
  if (stage.closing === Closing.formed) {
    work.route(stage, {
      item: stage.result,
      arriveMs: stage.resultReadyMs,
      readyMs: stage.resultReadyMs,
      holder: noHolder,
    });
  } else if (batchSize === 1) {
    const { queue, offers } = stage;
    const isHeld = queue.length === 0;
    const from = isHeld ? offers : queue;
    const task = {
      item: from.itemAt(0),
      arriveMs: from.arriveAt(0),
      readyMs: from.readyAt(0),
      holder: isHeld ? from.holderAt(0) : noHolder,
    };
    from.dropFirst();
    if (!isHeld) stage.ahead++;
    work.route(stage, task);
  } else {
    const batch = gatherBatch(stage, nowMs);
    for (const holder of batch.holders) if (holder === noHolder) stage.ahead++;
    stage.flush = false;
    work.routeBatch(stage, batch);
    armLinger(state, stage, nowMs);
  }
  refresh(state, index, nowMs);
}

/** Starts a stage's first startable task on its worker. */
function startNext(state: State, work: RoutedWork, stage: StageState, nowMs: number): void {
  const { index } = stage.plan;
  const worker = work.tasks.firstWorker(index);
  const routed = work.take(index, worker);
  state.workers.take(worker);
  work.workerChanged(worker);
  stage.running++;
  state.running++;
  stage.books.tasks++;
  if (stage.plan.join === 'fold') stage.pin = worker;
  const task = addTask(state, work, stage, worker, routed, nowMs);
  state.tasks.dispatch[task] = nowMs;
  takeLimits(state, stage, nowMs);
  refresh(state, index, nowMs);
  state.machine.start(task, index, worker);
  if (stage.offers.length > 0) fillRoom(state, stage, nowMs);
}

function addTask(
  state: State,
  work: RoutedWork,
  stage: StageState,
  worker: number,
  routed: RoutedTask,
  nowMs: number,
): number {
  const { tasks } = state;
  const { index, batchSize, join } = stage.plan;
  if (routed.item === stage.result) {
    work.closingStarts(index);
    return formClosing(state, stage, worker);
  }
  if (batchSize > 1) {
    const batch = work.takeBatch(routed);
    for (const holder of batch.holders) if (holder === noHolder) stage.ahead--;
    return addBatchTask(state, stage, worker, batch, nowMs);
  }
  const { item, arriveMs, readyMs, holder } = routed;
  const task = tasks.add(join === 'fold' ? TaskKind.foldStep : TaskKind.item, index, worker, item);
  tasks.attempt[task] = stage.attempts.get(item) ?? 1;
  if (holder === noHolder) {
    stage.ahead--;
    tasks.arrive[task] = arriveMs;
    tasks.ready[task] = readyMs;
  } else {
    const isPair = !Number.isNaN(arriveMs);
    if (!isPair) receiveHeld(stage);
    tasks.arrive[task] = isPair ? arriveMs : nowMs;
    tasks.ready[task] = nowMs;
    unhold(state, holder, nowMs);
  }
  return task;
}

/** Starts lanes that have no worker yet and a task that waits for one. */
export function startRoutedWorkers(state: State, work: RoutedWork): void {
  if (state.paused || state.phase !== Phase.running) return;
  for (const worker of work.takeWanted()) {
    if (!state.workers.isDown(worker) || work.router.loads.routed[worker] === 0) continue;
    state.workers.start(worker);
    // It goes before those that still have to be started now.
    work.workerChanged(worker);
    state.machine.startWorker(worker);
  }
}
