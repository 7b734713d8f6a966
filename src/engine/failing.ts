import { drawUnit, hashString, purpose } from '../base/draws.ts';
import { lineageKey } from '../trace/item-label.ts';
import { Fate, Mark, Outcome } from '../trace/types.ts';
import { refresh } from './eligibility.ts';
import { noHolder } from './entry-queue.ts';
import { landFlight } from './flights.ts';
import { receiveHeld } from './forming-batches.ts';
import { setAside } from './lone-tasks.ts';
import { endBranch, leaveStage, releaseInputs, writeTask } from './leaving.ts';
import { enqueue, passLead, unhold } from './moving.ts';
import { absentBelow } from './orphaning.ts';
import { Closing } from './phases.ts';
import { releaseTaken } from './putting-out.ts';
import type { StageState, State } from './state.ts';
import { TaskKind } from './task-table.ts';
import { TimerKind } from './timers.ts';

/** One attempt has failed, for all items of its task. */
export function failAttempt(
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
    stage.closing = Closing.done;
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
    stage.closing = Closing.backingOff;
    backOff(state, stage, stage.result, attempt, nowMs);
    return Outcome.retried;
  }
  releaseTaken(state, stage);
  resultFails(state, stage, nowMs);
  stage.closing = Closing.done;
  state.closeCandidates.push(stage.plan.index);
  return Outcome.failed;
}

/** One more attempt after a pause, or the item fails for good. */
export function failOrRetry(
  state: State,
  stage: StageState,
  item: number,
  timedOut: boolean,
  nowMs: number,
): Outcome {
  const attempt = stage.attempts.get(item) ?? 1;
  // A fold that has lost its accumulator takes nothing in again.
  if (attempt < stage.plan.attempts && stage.closing !== Closing.done) {
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
    stage.closing = Closing.formed;
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

/**
 * A worker is gone with a task on it: it runs again. If the task may have been the cause it runs alone,
 * and after a second death it fails.
 */
export function lose(
  state: State,
  stage: StageState,
  task: number,
  isInnocent: boolean,
  nowMs: number,
): void {
  const { tasks } = state;
  const kind = tasks.kind[task]!;
  const members = tasks.members[task] ?? [tasks.item[task]!];
  let outcome: Outcome = Outcome.lost;
  // With one task a worker, and none sent ahead of its time, it is alone anyway.
  const hasCompany = state.plan.tasksPerWorker > 1 || state.plan.sendAheadMs > 0;
  const isStep = kind === TaskKind.foldStep;
  // Of a fold that has taken nothing in there is no accumulator to lose.
  const isFirstStep = isStep && isInnocent && stage.books.delivered === 0;
  if (isFirstStep) stage.pin = -1;
  if ((isStep && !isFirstStep) || kind === TaskKind.foldFinish) {
    if (isStep) failItem(state, stage, tasks.item[task]!, nowMs);
    loseFold(state, stage, nowMs);
    outcome = Outcome.failed;
  } else if (kind === TaskKind.all) {
    if (isInnocent) rejoin(state, stage, stage.result, nowMs);
    else if (stage.lostOnce.has(stage.result)) outcome = failAll(state, stage, task, nowMs);
    else {
      stage.lostOnce.add(stage.result);
      if (hasCompany) setAside(state, stage, task, null, nowMs);
      else rejoin(state, stage, stage.result, nowMs);
    }
  } else {
    const outcomes = new Uint8Array(members.length).fill(Outcome.lost);
    const spared: number[] = [];
    for (let i = 0; i < members.length; i++) {
      const item = members[i]!;
      if (isInnocent || !stage.lostOnce.has(item)) spared.push(item);
      else {
        outcomes[i] = failOrRetry(state, stage, item, false, nowMs);
        if (outcome !== Outcome.retried) outcome = outcomes[i] as Outcome;
      }
    }
    for (const item of spared) (isInnocent ? stage.displaced : stage.lostOnce).add(item);
    if (!isInnocent && hasCompany && spared.length > 0) {
      setAside(state, stage, task, tasks.members[task] ? Int32Array.from(spared) : null, nowMs);
    } else for (const item of spared) enqueue(state, stage, item, nowMs, nowMs);
    if (tasks.members[task]) tasks.memberOutcomes[task] = outcomes;
  }
  tasks.outcome[task] = outcome;
  writeTask(state, task, tasks.end[task]!);
}

/** A worker is gone, and with it the accumulators of the folds it had. */
export function loseFoldsOf(state: State, worker: number, nowMs: number): void {
  for (const stage of state.folds) {
    if (stage.pin !== worker) continue;
    stage.pin = -1;
    if (stage.closing === Closing.open || stage.closing === Closing.formed)
      loseFold(state, stage, nowMs);
  }
}

/** The accumulator died with its worker: the fold fails, with all that still waits for it or pauses. */
function loseFold(state: State, stage: StageState, nowMs: number): void {
  if (stage.result < 0) stage.result = state.ledger.resultItem(stage.plan.index, nowMs);
  resultFails(state, stage, nowMs);
  stage.closing = Closing.done;
  for (const item of state.timers.drainOf(TimerKind.backoff, stage.plan.index)) {
    failItem(state, stage, item, nowMs);
  }
  while (stage.queue.length > 0) {
    const item = stage.queue.itemAt(0);
    stage.queue.dropFirst();
    failItem(state, stage, item, nowMs);
  }
  state.routed?.takeAll(stage, ({ item, arriveMs, holder }) => {
    if (holder === noHolder) stage.ahead--;
    else {
      if (Number.isNaN(arriveMs)) receiveHeld(stage);
      unhold(state, holder, nowMs);
    }
    failItem(state, stage, item, nowMs);
  });
  while (stage.offers.length > 0) {
    const item = stage.offers.itemAt(0);
    const holder = stage.offers.holderAt(0);
    if (Number.isNaN(stage.offers.arriveAt(0))) receiveHeld(stage);
    stage.offers.dropFirst();
    failItem(state, stage, item, nowMs);
    unhold(state, holder, nowMs);
  }
  refresh(state, stage.plan.index, nowMs);
  state.roomStages.push(stage.plan.index);
  state.closeCandidates.push(stage.plan.index);
}

/** The result of an `all` or `fold` will not come. */
export function resultFails(state: State, stage: StageState, nowMs: number): void {
  endBranch(state, stage.result, Fate.failed, nowMs);
  stopIfTold(state, stage);
}

function stopIfTold(state: State, stage: StageState): void {
  if (stage.plan.onError !== 'stop' || state.stopBecause !== null) return;
  state.stopBecause = `Stage ${stage.plan.id} failed, and its onError is "stop".`;
}
