import { hasPermit, limitsAreFree, refresh, refreshPinned, takeLimits } from './eligibility.ts';
import { formClosing } from './forming-results.ts';
import { Closing, Phase } from './phases.ts';
import type { StageState, State } from './state.ts';
import { TaskKind } from './task-table.ts';

/**
 * A task whose worker died without explanation while it had others open: any of them may have been
 * the cause, so each runs again on a worker that does nothing else meanwhile. It waits for an empty
 * worker, goes before all others there, and keeps its items together.
 */
export interface LoneTask {
  stage: number;
  item: number;
  /** Of a batch; null: just the item (or a stage's closing task, whose item is the result). */
  members: Int32Array | null;
  readyMs: number;
  /** The worker it was routed to; -1: any will do. */
  worker: number;
}

/**
 * Sets a task aside that was lost with its worker.
 * @param members what is left of a batch; null: it was none.
 */
export function setAside(
  state: State,
  stage: StageState,
  task: number,
  members: Int32Array | null,
  nowMs: number,
): void {
  const { tasks, routed } = state;
  const worker = routed ? tasks.worker[task]! : -1;
  const isClosing = tasks.kind[task] === TaskKind.all;
  if (isClosing) stage.closing = Closing.alone;
  else stage.ahead += members?.length ?? 1;
  state.lone.push({
    stage: stage.plan.index,
    item: members ? members[0]! : tasks.item[task]!,
    members,
    readyMs: nowMs,
    worker,
  });
  if (routed) routed.addLoad(worker, 1);
}

/** Starts those that may, before anything else starts. Returns whether any did. */
export function startLone(state: State, nowMs: number): boolean {
  if (state.lone.length === 0 || state.phase !== Phase.running || state.paused) return false;
  let any = false;
  state.lone = state.lone.filter((lone) => {
    const stage = state.stages[lone.stage]!;
    if (!hasPermit(stage) || !limitsAreFree(state, stage)) return true;
    const worker = lone.worker >= 0 ? lone.worker : state.workers.next;
    if (worker < 0 || !state.workers.isIdle(worker)) return true;
    start(state, stage, lone, worker, nowMs);
    any = true;
    return false;
  });
  return any;
}

function start(
  state: State,
  stage: StageState,
  lone: LoneTask,
  worker: number,
  nowMs: number,
): void {
  const { tasks } = state;
  const { index } = stage.plan;
  state.routed?.addLoad(worker, -1);
  state.workers.takeAlone(worker);
  state.runs[worker] = -1;
  state.routed?.workerChanged(worker);
  refreshPinned(state, worker, nowMs);
  stage.running++;
  state.running++;
  stage.books.tasks++;
  let task: number;
  if (stage.closing === Closing.alone) {
    stage.resultReadyMs = lone.readyMs;
    task = formClosing(state, stage, worker);
  } else {
    const { members } = lone;
    task = tasks.add(TaskKind.item, index, worker, lone.item);
    tasks.arrive[task] = lone.readyMs;
    tasks.ready[task] = lone.readyMs;
    let attempt = 1;
    for (const item of members ?? [lone.item]) {
      attempt = Math.max(attempt, stage.attempts.get(item) ?? 1);
    }
    tasks.attempt[task] = attempt;
    if (members) {
      tasks.members[task] = members;
      tasks.memberArrives[task] = new Float64Array(members.length).fill(lone.readyMs);
    }
    stage.ahead -= members?.length ?? 1;
    state.roomStages.push(index);
  }
  tasks.dispatch[task] = nowMs;
  takeLimits(state, stage, nowMs);
  refresh(state, index, nowMs);
  state.machine.start(task, index, worker);
}

/** Tasks set aside that only lack a worker. */
export function loneWithoutWorker(state: State): number {
  let count = 0;
  for (const { stage: index } of state.lone) {
    const stage = state.stages[index]!;
    if (hasPermit(stage) && limitsAreFree(state, stage)) count++;
  }
  return count;
}

/** The run is stopped: calls back with every item that was set aside. A closing task is the caller's. */
export function dropLone(
  state: State,
  dropped: (stage: StageState, item: number, sinceMs: number) => void,
): void {
  for (const lone of state.lone) {
    const stage = state.stages[lone.stage]!;
    if (stage.closing === Closing.alone) continue;
    const members = lone.members ?? [lone.item];
    stage.ahead -= members.length;
    for (const member of members) dropped(stage, member, lone.readyMs);
  }
  state.lone = [];
}
