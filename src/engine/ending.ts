import { Fate, Mark, Outcome } from '../trace/types.ts';
import { drawUnit, hashString, purpose } from '../base/draws.ts';
import { lineageKey } from '../trace/item-label.ts';
import { giveLimits, giveWorker, refresh } from './eligibility.ts';
import { endBranch, finalize, leaveStage, releaseInputs, writeTask } from './leaving.ts';
import { failedEntry, plain, type TaskEnd } from './machine.ts';
import { landFlight } from './flights.ts';
import { enqueue, passLead, sendOn } from './moving.ts';
import { absentBelow } from './orphaning.ts';
import type { StageState, State } from './state.ts';
import { TaskKind, TaskState } from './task-table.ts';
import { TimerKind } from './timers.ts';

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
  stage.running--;
  giveWorker(state, tasks.worker[task]!, nowMs);
  giveLimits(state, stage, nowMs);

  if (state.phase !== 'running' || end.outcome === 'cancelled') cancelTask(state, stage, task, nowMs);
  else if (end.outcome === 'ok') succeed(state, stage, task, end, nowMs);
  else if (end.outcome === 'lost') lose(state, stage, task, nowMs);
  else failAttempt(state, stage, task, end.outcome === 'timed-out', nowMs);
  refresh(state, stage.plan.index, nowMs);
}

function succeed(state: State, stage: StageState, task: number, end: TaskEnd, nowMs: number): void {
  const { tasks } = state;
  stage.servedTasks++;
  stage.servedMs += end.endMs - end.startMs;
  if (Number.isNaN(stage.plan.declaredMeanMs)) resortReady(state);
  tasks.outcome[task] = Outcome.ok;
  const kind = tasks.kind[task]!;
  const members = tasks.members[task];
  let held = 0;
  if (kind === TaskKind.all || kind === TaskKind.foldFinish) {
    releaseTaken(state, stage);
    const entry = end.outputs ? end.outputs[0]! : plain;
    if (entry === failedEntry) {
      tasks.outcome[task] = Outcome.failed;
      resultFails(state, stage, nowMs);
    } else held = putOut(state, stage, stage.result, entry, task, nowMs);
  } else if (kind === TaskKind.foldStep) {
    takeStep(state, stage, tasks.item[task]!, nowMs);
  } else if (!members) {
    const entry = end.outputs ? end.outputs[0]! : plain;
    if (entry === failedEntry) {
      failAttempt(state, stage, task, false, nowMs);
      return;
    }
    held = itemDone(state, stage, tasks.item[task]!, entry, task, nowMs);
  } else {
    held = batchDone(state, stage, task, members, end, nowMs);
  }
  if (held === 0) finalize(state, task, end.endMs, nowMs);
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
}

/** The outputs of a task wait at full buffers: it keeps its permit. */
function block(state: State, stage: StageState, task: number, held: number): void {
  state.tasks.pending[task] = held;
  state.tasks.state[task] = TaskState.blocked;
  stage.blocked++;
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
  stage.attempts.delete(item);
  const followers = landFlight(stage, item);
  for (const follower of followers?.waiting ?? []) followHit(state, stage, item, follower, entry, nowMs);
  return putOut(state, stage, item, entry, task, nowMs);
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

/** What one call gave for one item goes on. Returns how many copies found no room. */
function putOut(
  state: State,
  stage: StageState,
  item: number,
  entry: number,
  holder: number,
  nowMs: number,
): number {
  const { index, zipBelow } = stage.plan;
  if (entry === plain) return sendOn(state, index, item, holder, nowMs);
  if (entry === 0) endBranch(state, item, Fate.delivered, nowMs);
  else state.ledger.addBranches(item, entry - 1);
  if (zipBelow) absentBelow(state, index, item, nowMs);
  let held = 0;
  for (let i = 0; i < entry; i++) {
    const child = state.ledger.childItem(item, i, index, nowMs);
    state.machine.child(index, item, i, child);
    held += sendOn(state, index, child, holder, nowMs);
  }
  return held;
}

function takeStep(state: State, stage: StageState, item: number, nowMs: number): void {
  releaseInputs(state, stage, item);
  leaveStage(state, stage, 'delivered');
  endBranch(state, item, Fate.delivered, nowMs);
  if (stage.plan.zipBelow) absentBelow(state, stage.plan.index, item, nowMs);
}

function releaseTaken(state: State, stage: StageState): void {
  for (const item of stage.taken) releaseInputs(state, stage, item);
  stage.taken = [];
  stage.takenAt = [];
}

function resultFails(state: State, stage: StageState, nowMs: number): void {
  endBranch(state, stage.result, Fate.failed, nowMs);
  stopIfTold(state, stage);
}

function stopIfTold(state: State, stage: StageState): void {
  if (stage.plan.onError !== 'stop' || state.stopBecause !== null) return;
  state.stopBecause = `Stage ${stage.plan.id} failed, and its onError is "stop".`;
}

// ── failure ───────────────────────────────────────────────────────────────────────────────────

function failAttempt(
  state: State,
  stage: StageState,
  task: number,
  timedOut: boolean,
  nowMs: number,
): void {
  const { tasks } = state;
  const kind = tasks.kind[task]!;
  const members = tasks.members[task];
  if (timedOut) stage.books.timedOut++;
  let outcome: Outcome = Outcome.failed;
  if (kind === TaskKind.all) outcome = failAll(state, stage, task, nowMs);
  else if (kind === TaskKind.foldFinish) {
    resultFails(state, stage, nowMs);
    stage.closing = 'done';
    state.closeCandidates.push(stage.plan.index);
  } else if (!members) outcome = failOrRetry(state, stage, tasks.item[task]!, timedOut, nowMs);
  else {
    const outcomes = new Uint8Array(members.length);
    for (let i = 0; i < members.length; i++) {
      outcomes[i] = failOrRetry(state, stage, members[i]!, timedOut, nowMs);
    }
    tasks.memberOutcomes[task] = outcomes;
    outcome = outcomes.includes(Outcome.retried) ? Outcome.retried : Outcome.failed;
  }
  if (timedOut && outcome === Outcome.failed) outcome = Outcome.timedOut;
  tasks.outcome[task] = outcome;
  writeTask(state, task, tasks.end[task]!);
}

function failAll(state: State, stage: StageState, task: number, nowMs: number): Outcome {
  const attempt = state.tasks.attempt[task]!;
  if (attempt < stage.plan.attempts) {
    stage.closing = 'backingOff';
    backOff(state, stage, stage.result, attempt, nowMs);
    return Outcome.retried;
  }
  releaseTaken(state, stage);
  resultFails(state, stage, nowMs);
  stage.closing = 'done';
  state.closeCandidates.push(stage.plan.index);
  return Outcome.failed;
}

/** One more attempt after a pause, or the item fails for good. */
function failOrRetry(
  state: State,
  stage: StageState,
  item: number,
  timedOut: boolean,
  nowMs: number,
): Outcome {
  const attempt = stage.attempts.get(item) ?? 1;
  if (attempt < stage.plan.attempts) {
    backOff(state, stage, item, attempt, nowMs);
    return Outcome.retried;
  }
  failItem(state, stage, item, nowMs);
  return timedOut ? Outcome.timedOut : Outcome.failed;
}

function backOff(
  state: State,
  stage: StageState,
  item: number,
  attempt: number,
  nowMs: number,
): void {
  const { plan } = stage;
  let delayMs = plan.backoffMs;
  for (let i = 1; i < attempt; i++) delayMs *= plan.backoffFactor;
  if (plan.jitter > 0) {
    const unit = drawUnit(
      state.plan.pipeline.seed,
      purpose.jitter,
      hashString(plan.id),
      lineageKey(state.trace.items, item),
      attempt,
      0,
    );
    delayMs *= 1 + plan.jitter * (2 * unit - 1);
  }
  stage.books.retried++;
  stage.attempts.set(item, attempt + 1);
  state.trace.mark(nowMs, Mark.backoff, plan.index, item, nowMs + delayMs);
  state.timers.set(TimerKind.backoff, plan.index, item, nowMs + delayMs);
}

/** A pause is over: back to the tail of the buffer. */
export function rejoin(state: State, stage: StageState, item: number, nowMs: number): void {
  if (stage.plan.join === 'all') {
    stage.closing = 'formed';
    stage.resultReadyMs = nowMs;
    refresh(state, stage.plan.index, nowMs);
  } else enqueue(state, stage, item, nowMs, nowMs);
}

function failItem(state: State, stage: StageState, item: number, nowMs: number): void {
  stage.attempts.delete(item);
  const followers = landFlight(stage, item);
  releaseInputs(state, stage, item);
  leaveStage(state, stage, 'failed');
  endBranch(state, item, Fate.failed, nowMs);
  if (stage.plan.zipBelow) absentBelow(state, stage.plan.index, item, nowMs);
  stopIfTold(state, stage);
  passLead(state, stage, followers, nowMs);
}

/** A worker died under a task: it runs again; after a second death it fails. */
function lose(state: State, stage: StageState, task: number, nowMs: number): void {
  const { tasks } = state;
  const kind = tasks.kind[task]!;
  const members = tasks.members[task] ?? [tasks.item[task]!];
  let outcome: Outcome = Outcome.lost;
  if (kind === TaskKind.foldStep || kind === TaskKind.foldFinish) {
    if (kind === TaskKind.foldStep) failItem(state, stage, tasks.item[task]!, nowMs);
    loseFold(state, stage, nowMs);
    outcome = Outcome.failed;
  } else if (kind === TaskKind.all) {
    if (stage.lostOnce.has(stage.result)) outcome = failAll(state, stage, task, nowMs);
    else {
      stage.lostOnce.add(stage.result);
      rejoin(state, stage, stage.result, nowMs);
    }
  } else {
    const outcomes = new Uint8Array(members.length).fill(Outcome.lost);
    for (let i = 0; i < members.length; i++) {
      const item = members[i]!;
      if (stage.lostOnce.has(item)) {
        outcomes[i] = failOrRetry(state, stage, item, false, nowMs);
        outcome = Outcome.failed;
      } else {
        stage.lostOnce.add(item);
        enqueue(state, stage, item, nowMs, nowMs);
      }
    }
    if (tasks.members[task]) tasks.memberOutcomes[task] = outcomes;
  }
  tasks.outcome[task] = outcome;
  writeTask(state, task, tasks.end[task]!);
}

/** The accumulator died with its worker: the fold fails, with all that still waits for it. */
function loseFold(state: State, stage: StageState, nowMs: number): void {
  if (stage.result < 0) stage.result = state.ledger.resultItem(stage.plan.index, nowMs);
  resultFails(state, stage, nowMs);
  stage.closing = 'done';
  while (stage.queue.length > 0) {
    const item = stage.queue.itemAt(0);
    stage.queue.dropFirst();
    failItem(state, stage, item, nowMs);
  }
  state.roomStages.push(stage.plan.index);
  state.closeCandidates.push(stage.plan.index);
}

function cancelTask(state: State, stage: StageState, task: number, nowMs: number): void {
  const { tasks } = state;
  const kind = tasks.kind[task]!;
  tasks.outcome[task] = Outcome.cancelled;
  if (kind === TaskKind.all || kind === TaskKind.foldFinish) {
    endBranch(state, stage.result, Fate.cancelled, nowMs);
    stage.closing = 'done';
  } else {
    for (const item of tasks.members[task] ?? [tasks.item[task]!]) cancelItem(state, stage, item, nowMs);
  }
  writeTask(state, task, Math.max(tasks.end[task]!, tasks.start[task]!));
}

/** An item inside a stage is given up because the run was stopped. */
export function cancelItem(state: State, stage: StageState, item: number, nowMs: number): void {
  leaveStage(state, stage, 'cancelled');
  releaseInputs(state, stage, item);
  endBranch(state, item, Fate.cancelled, nowMs);
}

// ── the cache ─────────────────────────────────────────────────────────────────────────────────

/** Answered without a worker; the outputs may still have to wait for room, holding a place in the buffer. */
export function hit(
  state: State,
  stage: StageState,
  item: number,
  entry: number,
  bytes: number,
  nowMs: number,
): void {
  const { tasks } = state;
  const since = stage.enteredAt.get(item) ?? nowMs;
  stage.enteredAt.delete(item);
  stage.books.cacheHits++;
  const task = tasks.add(TaskKind.hit, stage.plan.index, -1, item);
  tasks.outcome[task] = Outcome.hit;
  tasks.arrive[task] = since;
  tasks.ready[task] = since;
  tasks.start[task] = since;
  tasks.end[task] = nowMs;
  tasks.bytes[task] = bytes;
  releaseInputs(state, stage, item);
  const held = putOut(state, stage, item, entry, task, nowMs);
  if (held === 0) finalize(state, task, nowMs, nowMs);
  else {
    tasks.pending[task] = held;
    tasks.state[task] = TaskState.blocked;
  }
}

function followHit(
  state: State,
  stage: StageState,
  leader: number,
  follower: number,
  entry: number,
  nowMs: number,
): void {
  state.machine.share(stage.plan.index, leader, follower);
  stage.lookingUp++;
  hit(state, stage, follower, entry, 0, nowMs);
}

/** The result of an `all` was in the cache. */
export function hitResult(
  state: State,
  stage: StageState,
  entry: number,
  bytes: number,
  nowMs: number,
): void {
  const { tasks } = state;
  stage.books.cacheHits++;
  stage.closing = 'started';
  const task = tasks.add(TaskKind.all, stage.plan.index, -1, stage.result);
  tasks.outcome[task] = Outcome.hit;
  tasks.members[task] = Int32Array.from(stage.taken);
  tasks.memberArrives[task] = Float64Array.from(stage.takenAt);
  tasks.arrive[task] = stage.takenAt[0] ?? stage.resultReadyMs;
  tasks.ready[task] = stage.resultReadyMs;
  tasks.start[task] = stage.resultReadyMs;
  tasks.end[task] = nowMs;
  tasks.bytes[task] = bytes;
  releaseTaken(state, stage);
  const held = putOut(state, stage, stage.result, entry, task, nowMs);
  if (held === 0) finalize(state, task, nowMs, nowMs);
  else block(state, stage, task, held);
}
