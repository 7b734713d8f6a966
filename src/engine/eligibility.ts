import { upperBound } from '../base/bisect.ts';
import { Gate } from '../trace/types.ts';
import { Closing, Phase } from './phases.ts';
import type { RoutedWork } from './routed-work.ts';
import type { StageState, State } from './state.ts';

/** Items of a stage that may be formed into tasks now (those lingering for more do not count). */
export function formable(stage: StageState, nowMs: number): boolean {
  // Nothing ever waits at an `all`: it takes in what comes.
  const waiting = stage.queue.length + (stage.plan.capacity === 0 ? stage.offers.length : 0);
  return waiting > 0 && (stage.plan.batchSize === 1 || batchMayGo(stage, waiting, nowMs));
}

function batchMayGo(stage: StageState, waiting: number, nowMs: number): boolean {
  const { batchSize, lingerMs } = stage.plan;
  if (waiting >= batchSize || stage.inputEnded || stage.flush) return true;
  const first = stage.queue.length > 0 ? stage.queue.readyAt(0) : nowMs;
  return first + lingerMs <= nowMs;
}

/** A closing task (`all`, or the finish of a `fold`) or a formed one waits here. */
export function hasTask(stage: StageState, nowMs: number): boolean {
  return stage.closing === Closing.formed || formable(stage, nowMs);
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
  if (gate !== stage.nextGate) noteGate(state, stage, gate);
  if (state.routed) refreshRouted(state, state.routed, stage, nowMs);
  else if (gate === Gate.worker && mayStart(state, stage, nowMs)) state.ready.push(index);
  else state.ready.remove(index);
  if (stage.plan.mayRunAhead && state.plan.sendAheadMs > 0) {
    // Its permits are as many as all slots, so it lacks one where it has all slots.
    const lacksSlot = gate === Gate.worker || (gate === Gate.permit && stage.blocked === 0);
    // One that was set aside waits as well, but for a worker that does nothing else.
    if (lacksSlot && hasTask(stage, nowMs)) state.mayFollow.push(index);
    else state.mayFollow.remove(index);
  }
}

/** Out of the heaps while its head changes, if others move in them before it is refreshed: no key moves under a heap. */
export function leaveHeaps(state: State, index: number): void {
  state.ready.remove(index);
  state.mayFollow.remove(index);
}

/** Of a stage that only lacks a worker: the next that is free is for its next task. */
function mayStart(state: State, stage: StageState, nowMs: number): boolean {
  return (
    state.phase === Phase.running &&
    hasPermit(stage) &&
    (stage.pin === -1 || state.workers.hasSlot(stage.pin)) &&
    // One that was set aside waits as well, but starts by itself.
    (state.lone.length === 0 || hasTask(stage, nowMs))
  );
}

/** `refresh` where every task waits for a worker of its own. */
function refreshRouted(state: State, work: RoutedWork, stage: StageState, nowMs: number): void {
  const { index } = stage.plan;
  const { forming } = work;
  const mayForm =
    state.phase === Phase.running &&
    (stage.closing === Closing.formed ? !work.closingIsRouted(index) : formable(stage, nowMs));
  if (mayForm) forming.push(index);
  else forming.remove(index);
  work.tasks.setMayStart(
    index,
    state.phase === Phase.running && hasPermit(stage) && limitsAreFree(state, stage),
  );
}

function noteGate(state: State, stage: StageState, gate: Gate): void {
  stage.nextGate = gate;
  if (stage.dirty) return;
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
    const mayWait =
      stage.closing === Closing.formed || stage.queue.length + stage.offers.length > 0;
    if (mayWait || state.routed) refresh(state, users[at]!, nowMs);
  }
}

export function giveWorker(state: State, worker: number, nowMs: number): void {
  state.workers.give(worker);
  if (state.routed) state.routed.workerChanged(worker);
  if (state.folds.length > 0) refreshPinned(state, worker, nowMs);
}

/** Folds wait for their own worker only. */
export function refreshPinned(state: State, worker: number, nowMs: number): void {
  for (let i = 0; i < state.folds.length; i++) {
    const stage = state.folds[i]!;
    if (stage.pin === worker) refresh(state, stage.plan.index, nowMs);
  }
}

/** What holds the stage's next task back, in the order in which a task is refused. */
export function gateOf(state: State, stage: StageState, nowMs: number): Gate {
  if (!hasTask(stage, nowMs) && !waitsElsewhere(state, stage)) return Gate.open;
  if (state.paused) return Gate.paused;
  // Without permits of its own it lacks one only while blocked tasks keep theirs; else all slots are taken.
  if (!hasPermit(stage) && (stage.books.permits !== null || stage.blocked > 0)) return Gate.permit;
  if (stage.plan.uses.length > 0 && !limitsAreFree(state, stage)) return Gate.limit;
  return Gate.worker;
}

/** A task of the stage is formed already: routed to a worker, or set aside. */
function waitsElsewhere(state: State, stage: StageState): boolean {
  const { index } = stage.plan;
  return (
    (state.routed !== null && state.routed.tasks.count[index]! > 0) ||
    (state.lone.length > 0 && state.lone.some((task) => task.stage === index))
  );
}
