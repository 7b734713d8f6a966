import { Fate, Mark, Outcome } from '../trace/types.ts';
import { cancelItem } from './ending.ts';
import { endBranch, leaveStage, markDrop, releaseInputs, writeTask } from './leaving.ts';
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
  state.phase = 'stopping';
  state.ended = ended;
  state.note = note;
  for (let i = state.ready.size; i > 0; i--) state.ready.pop();
  for (const timer of state.timers.drain()) {
    if (timer.kind === TimerKind.backoff && state.stages[timer.stage]!.plan.join !== 'all') {
      cancelHere(state, state.stages[timer.stage]!, timer.item, nowMs);
    }
  }
  for (const stage of state.stages) cancelWaiting(state, stage, nowMs);
  cancelBlocked(state, nowMs);
  const { source } = state;
  while (source.line.length > 0) source.line.dropFirst();
  source.pending = 0;
  source.ended = true;
  for (let task = 0; task < state.tasks.size; task++) {
    if (state.tasks.state[task] === TaskState.running) state.machine.abort(task);
  }
}

function cancelHere(state: State, stage: StageState, item: number, nowMs: number): void {
  markDrop(state, stage, Mark.cancelled, item, -1, nowMs);
  cancelItem(state, stage, item, nowMs);
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
    const isPair = !Number.isNaN(offers.arriveAt(0));
    offers.dropFirst();
    if (isPair) cancelHere(state, stage, item, nowMs);
    else {
      releaseInputs(state, stage, item);
      endBranch(state, item, Fate.cancelled, nowMs);
    }
  }
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
    if (stage.closing === 'formed' || stage.closing === 'backingOff')
      endBranch(state, stage.result, Fate.cancelled, nowMs);
    if (stage.closing !== 'started' && stage.closing !== 'lookingUp') {
      for (const item of stage.taken) releaseInputs(state, stage, item);
      stage.taken = [];
      stage.closing = 'done';
    }
  } else if (stage.plan.join === 'fold' && stage.closing === 'formed') {
    endBranch(state, stage.result, Fate.cancelled, nowMs);
    stage.closing = 'done';
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
    if (kind === TaskKind.all || kind === TaskKind.foldFinish) stage.closing = 'done';
    else {
      for (let i = 0; i < members.length; i++) {
        if (!outcomes || outcomes[i] === Outcome.ok) leaveStage(state, stage, 'cancelled');
      }
    }
    if (kind === TaskKind.hit) stage.lookingUp--;
    else stage.blocked--;
    tasks.outcome[task] = Outcome.cancelled;
    tasks.memberOutcomes[task] = null;
    writeTask(state, task, nowMs);
  }
}
