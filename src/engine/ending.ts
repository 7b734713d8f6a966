import { Fate, Outcome } from '../trace/types.ts';
import { giveLimits, giveWorker, refresh } from './eligibility.ts';
import { failAttempt, failOrRetry, lose } from './failing.ts';
import { landFlight } from './flights.ts';
import { followHit } from './hitting.ts';
import { endBranch, finalize, leaveStage, releaseInputs, writeTask } from './leaving.ts';
import { failedEntry, plain, type TaskEnd } from './machine.ts';
import { absentBelow } from './orphaning.ts';
import { Closing, Phase } from './phases.ts';
import { block, putOut, releaseTaken } from './putting-out.ts';
import { isAhead, noteBegin, promote, takeBack } from './sending-ahead.ts';
import type { StageState, State } from './state.ts';
import { TaskKind } from './task-table.ts';

const noFollowers: readonly number[] = [];

/** A task's service is over: its worker and limits are free, its outputs move on, or it is tried again. */
export function endTask(state: State, task: number, end: TaskEnd, nowMs: number): void {
  const { tasks } = state;
  const stage = state.stages[tasks.stage[task]!]!;
  tasks.start[task] = end.startMs;
  tasks.end[task] = end.endMs;
  tasks.setup[task] = end.setupMs;
  tasks.waited[task] = end.waitedMs;
  tasks.bytes[task] = end.bytes;
  state.running--;
  if (state.plan.sendAheadMs > 0) leaveWorkerAhead(state, stage, task, end, nowMs);
  else {
    stage.running--;
    giveWorker(state, tasks.worker[task]!, nowMs);
    if (stage.plan.uses.length > 0) giveLimits(state, stage, nowMs);
  }

  if (end.outcome === 'ok' && state.phase === Phase.running)
    succeed(state, stage, task, end, nowMs);
  else endBadly(state, stage, task, end, nowMs);
  refresh(state, stage.plan.index, nowMs);
}

/** Its worker and limits are free, where tasks wait at their workers: this may be one of them, or the worker goes on with one. */
function leaveWorkerAhead(
  state: State,
  stage: StageState,
  task: number,
  end: TaskEnd,
  nowMs: number,
): void {
  const neverBegan = isAhead(state, task);
  noteBegin(state, task, end.startMs);
  if (neverBegan) {
    takeBack(state, stage, task);
    return;
  }
  stage.running--;
  // A worker that is gone, or ends everything, goes on with nothing.
  const goesOn = end.outcome === 'ok' || end.outcome === 'failed';
  const worker = state.tasks.worker[task]!;
  if (!goesOn || !promote(state, worker)) giveWorker(state, worker, nowMs);
  giveLimits(state, stage, nowMs);
}

function endBadly(
  state: State,
  stage: StageState,
  task: number,
  end: TaskEnd,
  nowMs: number,
): void {
  if (state.phase !== Phase.running || end.outcome === 'cancelled') {
    cancelTask(state, stage, task, nowMs);
  } else if (end.outcome === 'lost') lose(state, stage, task, false, nowMs);
  else if (end.outcome === 'displaced') lose(state, stage, task, true, nowMs);
  else failAttempt(state, stage, task, end.outcome === 'timed-out', nowMs);
}

function succeed(state: State, stage: StageState, task: number, end: TaskEnd, nowMs: number): void {
  const { tasks } = state;
  stage.servedTasks++;
  stage.servedMs += end.endMs - end.startMs;
  if (Number.isNaN(stage.plan.declaredMeanMs)) resortReady(state);
  tasks.outcome[task] = Outcome.ok;
  const isSingle = tasks.kind[task] === TaskKind.item && tasks.members[task] === null;
  if (isSingle && end.outputs === null) {
    const held = itemDone(state, stage, tasks.item[task]!, plain, task, nowMs);
    if (held === 0) finalize(state, task, end.endMs);
    else block(state, stage, task, held);
  } else succeedSpecially(state, stage, task, end, nowMs);
}

/** `succeed` of what is more than one item with one output. */
function succeedSpecially(
  state: State,
  stage: StageState,
  task: number,
  end: TaskEnd,
  nowMs: number,
): void {
  const { tasks } = state;
  const kind = tasks.kind[task]!;
  const members = tasks.members[task];
  const entry = end.outputs ? end.outputs[0]! : plain;
  const isBatch = kind === TaskKind.item && members;
  let held = 0;
  if (isBatch) held = batchDone(state, stage, task, members, end, nowMs);
  else if (kind === TaskKind.foldStep) takeStep(state, stage, tasks.item[task]!, nowMs);
  else if (entry === failedEntry) {
    failAttempt(state, stage, task, false, nowMs);
    return;
  } else if (kind === TaskKind.item) {
    held = itemDone(state, stage, tasks.item[task]!, entry, task, nowMs);
  } else {
    releaseTaken(state, stage);
    held = putOut(state, stage, stage.result, entry, task, nowMs);
  }
  if (held === 0) finalize(state, task, end.endMs);
  else block(state, stage, task, held);
}

/** A measured mean has moved, and with it the order of stages that go by it. */
function resortReady(state: State): void {
  if (state.plan.order !== 'shortest' && state.plan.order !== 'critical-path') return;
  const waiting: number[] = [];
  for (const stage of state.stages) {
    if (state.ready.has(stage.plan.index)) waiting.push(stage.plan.index);
  }
  state.ready.clear();
  for (const index of waiting) state.ready.push(index);
  state.routed?.tasks.resort();
}

function itemDone(
  state: State,
  stage: StageState,
  item: number,
  entry: number,
  task: number,
  nowMs: number,
): number {
  releaseInputs(state, stage, item);
  if (stage.attempts.size > 0) stage.attempts.delete(item);
  return stage.flightOf.size > 0
    ? leaderDone(state, stage, item, entry, task, nowMs)
    : putOut(state, stage, item, entry, task, nowMs);
}

/** Others wait for the same result. */
function leaderDone(
  state: State,
  stage: StageState,
  item: number,
  entry: number,
  task: number,
  nowMs: number,
): number {
  const followers = landFlight(stage, item)?.waiting ?? noFollowers;
  // Shared while the leader's own output is still at hand; it moves on first all the same.
  for (const follower of followers) state.machine.share(stage.plan.index, item, follower);
  const held = putOut(state, stage, item, entry, task, nowMs);
  for (const follower of followers) followHit(state, stage, follower, entry, nowMs);
  return held;
}

function batchDone(
  state: State,
  stage: StageState,
  task: number,
  members: Int32Array,
  end: TaskEnd,
  nowMs: number,
): number {
  const outcomes = new Uint8Array(members.length);
  let held = 0;
  for (let i = 0; i < members.length; i++) {
    const entry = end.outputs ? end.outputs[i]! : plain;
    if (entry === failedEntry) {
      outcomes[i] = failOrRetry(state, stage, members[i]!, false, nowMs);
    } else held += itemDone(state, stage, members[i]!, entry, task, nowMs);
  }
  state.tasks.memberOutcomes[task] = outcomes;
  return held;
}

function takeStep(state: State, stage: StageState, item: number, nowMs: number): void {
  releaseInputs(state, stage, item);
  leaveStage(state, stage, 'delivered');
  endBranch(state, item, Fate.delivered, nowMs);
  if (stage.plan.zipBelow) absentBelow(state, stage.plan.index, item, nowMs);
}

function cancelTask(state: State, stage: StageState, task: number, nowMs: number): void {
  const { tasks } = state;
  const kind = tasks.kind[task]!;
  tasks.outcome[task] = Outcome.cancelled;
  if (kind === TaskKind.all || kind === TaskKind.foldFinish) {
    endBranch(state, stage.result, Fate.cancelled, nowMs);
    stage.closing = Closing.done;
  } else {
    for (const item of tasks.members[task] ?? [tasks.item[task]!])
      cancelItem(state, stage, item, nowMs);
  }
  writeTask(state, task, Math.max(tasks.end[task]!, tasks.start[task]!));
}

/** An item inside a stage is given up because the run was stopped. */
export function cancelItem(state: State, stage: StageState, item: number, nowMs: number): void {
  leaveStage(state, stage, 'cancelled');
  releaseInputs(state, stage, item);
  endBranch(state, item, Fate.cancelled, nowMs);
}
