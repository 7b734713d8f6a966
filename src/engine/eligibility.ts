import { upperBound } from '../base/bisect.ts';
import { Gate } from '../trace/types.ts';
import type { RoutedWork } from './routed-work.ts';
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
  if (state.routed) {
    refreshRouted(state, state.routed, stage, nowMs);
    noteGate(state, stage, gateOf(state, stage, nowMs));
    return;
  }
  const gate = gateOf(state, stage, nowMs);
  const may =
    gate === Gate.worker &&
    // One that was set aside waits as well, but starts by itself.
    (state.lone.length === 0 || hasTask(stage, nowMs)) &&
    state.phase === 'running' &&
    (stage.pin === -1 || state.workers.hasSlot(stage.pin));
  const { ready } = state;
  if (!may) {
    if (ready.has(index)) ready.remove(index);
  } else if (ready.has(index)) ready.update(index);
  else ready.push(index);
  noteGate(state, stage, gate);
}

/** `refresh` where every task waits for a worker of its own. */
function refreshRouted(state: State, work: RoutedWork, stage: StageState, nowMs: number): void {
  const { index } = stage.plan;
  const { forming } = work;
  const mayForm =
    state.phase === 'running' &&
    (stage.closing === 'formed' ? !work.closingIsRouted(index) : formable(stage, nowMs));
  if (mayForm) forming.push(index);
  else forming.remove(index);
  work.tasks.setMayStart(
    index,
    state.phase === 'running' && hasPermit(stage) && limitsAreFree(state, stage),
  );
}

function noteGate(state: State, stage: StageState, gate: Gate): void {
  stage.nextGate = gate;
  if (gate === stage.gate || stage.dirty) return;
  stage.dirty = true;
  state.dirtyStages.push(stage.plan.index);
}

export function takeLimits(state: State, stage: StageState, nowMs: number): void {
  for (const { limit, weight } of stage.plan.uses) {
    state.limitsFree[limit]! -= weight;
    const free = state.limitsFree[limit]!;
    refreshUsers(state, limit, free, free + weight, nowMs);
  }
}

export function giveLimits(state: State, stage: StageState, nowMs: number): void {
  for (const { limit, weight } of stage.plan.uses) {
    const free = state.limitsFree[limit]!;
    state.limitsFree[limit]! += weight;
    refreshUsers(state, limit, free, free + weight, nowMs);
  }
}

/** Between `low` and `high` free, only stages that want more than `low` and no more than `high` can tell. */
function refreshUsers(state: State, limit: number, low: number, high: number, nowMs: number): void {
  const { users, weights } = state.plan.limits[limit]!;
  for (let at = upperBound(weights, low); at < users.length && weights[at]! <= high; at++) {
    const stage = state.stages[users[at]!]!;
    // Hundreds of stages may share a limit, and most have nothing to start.
    const mayWait = stage.closing === 'formed' || stage.queue.length + stage.offers.length > 0;
    if (mayWait || state.routed) refresh(state, users[at]!, nowMs);
  }
}

export function giveWorker(state: State, worker: number, nowMs: number): void {
  state.workers.give(worker);
  state.routed?.workerChanged(worker);
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
  const isRouted = state.routed !== null && state.routed.tasks.count[stage.plan.index]! > 0;
  const isAside = state.lone.some((task) => task.stage === stage.plan.index);
  if (!hasTask(stage, nowMs) && !isRouted && !isAside) return Gate.open;
  if (state.paused) return Gate.paused;
  if (!hasPermit(stage)) return Gate.permit;
  if (!limitsAreFree(state, stage)) return Gate.limit;
  return Gate.worker;
}
