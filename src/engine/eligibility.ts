import { Gate } from '../trace/types.ts';
import type { StageState, State } from './state.ts';

/** Items of a stage that may be formed into tasks now (those lingering for more do not count). */
export function formable(stage: StageState, nowMs: number): boolean {
  if (stage.plan.join === 'all') return false;
  const waiting = stage.queue.length + (stage.plan.capacity === 0 ? stage.offers.length : 0);
  if (waiting === 0) return false;
  const { batchSize, lingerMs } = stage.plan;
  if (batchSize === 1 || waiting >= batchSize || stage.inputEnded || stage.flush) return true;
  const first = stage.queue.length > 0 ? stage.queue.readyAt(0) : nowMs;
  return first + lingerMs <= nowMs;
}

/** A closing task (`all`, or the finish of a `fold`) or a formed one waits here. */
export function hasTask(stage: StageState, nowMs: number): boolean {
  return stage.closing === 'formed' || formable(stage, nowMs);
}

export function hasPermit(stage: StageState): boolean {
  return stage.running + stage.blocked < stage.plan.permits;
}

export function limitsAreFree(state: State, stage: StageState): boolean {
  const { uses } = stage.plan;
  for (let i = 0; i < uses.length; i++) {
    if (state.limitsFree[uses[i]!.limit]! < uses[i]!.weight) return false;
  }
  return true;
}

/**
 * Puts a stage into, or takes it out of, the heap of those that could start a task, and notes what holds
 * its next task back. To be called after every change of what `gateOf` looks at.
 */
export function refresh(state: State, index: number, nowMs: number): void {
  const stage = state.stages[index]!;
  const gate = gateOf(state, stage, nowMs);
  const may =
    gate === Gate.worker &&
    state.phase === 'running' &&
    (stage.pin === -1 || state.workers.hasSlot(stage.pin));
  const { ready } = state;
  if (!may) {
    if (ready.has(index)) ready.remove(index);
  } else if (ready.has(index)) ready.update(index);
  else ready.push(index);
  stage.nextGate = gate;
  if (gate !== stage.gate && !stage.dirty) {
    stage.dirty = true;
    state.dirtyStages.push(index);
  }
}

export function takeLimits(state: State, stage: StageState, nowMs: number): void {
  for (const { limit, weight } of stage.plan.uses) {
    state.limitsFree[limit]! -= weight;
    refreshUsers(state, limit, nowMs);
  }
}

export function giveLimits(state: State, stage: StageState, nowMs: number): void {
  for (const { limit, weight } of stage.plan.uses) {
    state.limitsFree[limit]! += weight;
    refreshUsers(state, limit, nowMs);
  }
}

function refreshUsers(state: State, limit: number, nowMs: number): void {
  for (const user of state.plan.limits[limit]!.users) refresh(state, user, nowMs);
}

export function giveWorker(state: State, worker: number, nowMs: number): void {
  state.workers.give(worker);
  refreshPinned(state, worker, nowMs);
}

/** Folds wait for their own worker only. */
export function refreshPinned(state: State, worker: number, nowMs: number): void {
  for (const stage of state.folds) {
    if (stage.pin === worker) refresh(state, stage.plan.index, nowMs);
  }
}

/** What holds the stage's next task back, in the order in which a task is refused. */
export function gateOf(state: State, stage: StageState, nowMs: number): Gate {
  if (!hasTask(stage, nowMs)) return Gate.open;
  if (state.paused) return Gate.paused;
  if (!hasPermit(stage)) return Gate.permit;
  if (!limitsAreFree(state, stage)) return Gate.limit;
  return Gate.worker;
}
