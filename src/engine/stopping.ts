import { Fate, Mark, Outcome } from '../trace/types.ts';
import { cancelItem } from './ending.ts';
import { noHolder } from './entry-queue.ts';
import { endBranch, leaveStage, markDrop, releaseInputs, writeTask } from './leaving.ts';
import { dropLone } from './lone-tasks.ts';
import { Closing, Phase } from './phases.ts';
import type { StageState, State } from './state.ts';
import { TaskKind, TaskState } from './task-table.ts';
import { TimerKind } from './timers.ts';
import { halfIsHere } from './zip-table.ts';

/** Gives up everything that has not ended: what waits at once, what runs as soon as the machine says so. */
export function beginStop(
  state: State,
  ended: 'stopped' | 'failed' | 'stalled',
  note: string,
  nowMs: number,
): void {
  state.phase = Phase.stopping;
  state.ended = ended;
  state.note = note;
  for (let i = state.ready.size; i > 0; i--) state.ready.pop();
  state.routed?.stop();
  for (const timer of state.timers.drain()) {
    if (timer.kind === TimerKind.backoff && state.stages[timer.stage]!.plan.join !== 'all') {
      cancelHere(state, state.stages[timer.stage]!, timer.item, nowMs);
    }
  }
  dropLone(state, (stage, item, sinceMs) => {
    markDrop(state, stage, Mark.cancelled, item, sinceMs, nowMs);
    cancelItem(state, stage, item, nowMs);
  });
  for (const stage of state.stages) cancelWaiting(state, stage, nowMs);
  cancelBlocked(state, nowMs);
  const { source } = state;
  while (source.line.length > 0) source.line.dropFirst();
  source.pending = 0;
  source.ended = true;
  const { tasks } = state;
  const running = Array.from({ length: tasks.size }, (_, task) => task)
    .filter((task) => tasks.state[task] === TaskState.running)
    // Rows are reused: at one instant tasks end by number.
    .sort((one, other) => tasks.seq[one]! - tasks.seq[other]!);
  for (const task of running) state.machine.abort(task);
}

function cancelHere(state: State, stage: StageState, item: number, nowMs: number): void {
  markDrop(state, stage, Mark.cancelled, item, -1, nowMs);
  cancelItem(state, stage, item, nowMs);
}

/** What its producer holds has been received only if it is a pair. */
function cancelHeld(
  state: State,
  stage: StageState,
  item: number,
  arriveMs: number,
  nowMs: number,
): void {
  if (!Number.isNaN(arriveMs)) cancelHere(state, stage, item, nowMs);
  else {
    releaseInputs(state, stage, item);
    endBranch(state, item, Fate.cancelled, nowMs);
  }
}

function cancelWaiting(state: State, stage: StageState, nowMs: number): void {
  const { queue, offers } = stage;
  while (queue.length > 0) {
    const item = queue.itemAt(0);
    markDrop(state, stage, Mark.cancelled, item, queue.readyAt(0), nowMs);
    queue.dropFirst();
    cancelItem(state, stage, item, nowMs);
  }
  while (offers.length > 0) {
    const item = offers.itemAt(0);
    const arriveMs = offers.arriveAt(0);
    offers.dropFirst();
    cancelHeld(state, stage, item, arriveMs, nowMs);
  }
  state.routed?.takeAll(stage, ({ item, arriveMs, readyMs, holder }) => {
    if (holder !== noHolder) cancelHeld(state, stage, item, arriveMs, nowMs);
    else {
      stage.ahead--;
      markDrop(state, stage, Mark.cancelled, item, readyMs, nowMs);
      cancelItem(state, stage, item, nowMs);
    }
  });
  for (const [item, entry] of stage.zip?.entries ?? []) {
    if (entry.gone > 0 || entry.here === 0) continue;
    markDrop(state, stage, Mark.cancelled, item, entry.arriveMs, nowMs);
    leaveStage(state, stage, 'cancelled');
    entry.halves.forEach((half, i) => {
      if (half === halfIsHere) state.machine.release(stage.plan.parents[i]!, item);
    });
    endBranch(state, item, Fate.cancelled, nowMs);
  }
  stage.zip?.entries.clear();
  for (const followers of stage.flights.values()) {
    for (const item of followers) cancelHere(state, stage, item, nowMs);
  }
  stage.flights.clear();
  stage.flightOf.clear();
  if (stage.plan.join === 'all') {
    if (
      stage.closing === Closing.formed ||
      stage.closing === Closing.backingOff ||
      stage.closing === Closing.alone
    )
      endBranch(state, stage.result, Fate.cancelled, nowMs);
    if (stage.closing !== Closing.started && stage.closing !== Closing.lookingUp) {
      for (const item of stage.taken) releaseInputs(state, stage, item);
      stage.taken = [];
      stage.closing = Closing.done;
    }
  } else if (stage.plan.join === 'fold' && stage.closing === Closing.formed) {
    endBranch(state, stage.result, Fate.cancelled, nowMs);
    stage.closing = Closing.done;
  }
}

/** Tasks whose outputs found no room: they ran, but what they made goes nowhere. */
function cancelBlocked(state: State, nowMs: number): void {
  const { tasks } = state;
  for (let task = 0; task < tasks.size; task++) {
    if (tasks.state[task] !== TaskState.blocked) continue;
    const stage = state.stages[tasks.stage[task]!]!;
    const kind = tasks.kind[task]!;
    const outcomes = tasks.memberOutcomes[task];
    const members = tasks.members[task] ?? [tasks.item[task]!];
    if (kind === TaskKind.all || kind === TaskKind.foldFinish) stage.closing = Closing.done;
    else {
      for (let i = 0; i < members.length; i++) {
        if (!outcomes || outcomes[i] === Outcome.ok) leaveStage(state, stage, 'cancelled');
      }
    }
    if (kind === TaskKind.hit) stage.lookingUp--;
    else stage.blocked--;
    tasks.outcome[task] = Outcome.cancelled;
    // What had failed by itself has failed all the same.
    tasks.memberOutcomes[task] =
      outcomes?.map((was) => (was === Outcome.ok ? Outcome.cancelled : was)) ?? null;
    writeTask(state, task, nowMs);
  }
}
