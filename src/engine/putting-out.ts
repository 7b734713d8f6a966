import { Fate } from '../trace/types.ts';
import { endBranch, releaseInputs } from './leaving.ts';
import { plain } from './machine.ts';
import { sendOn } from './moving.ts';
import { absentBelow } from './orphaning.ts';
import type { StageState, State } from './state.ts';
import { TaskState } from './task-table.ts';

/** What one call gave for one item goes on. Returns how many copies found no room. */
export function putOut(
  state: State,
  stage: StageState,
  item: number,
  entry: number,
  holder: number,
  nowMs: number,
): number {
  if (state.routed) noteMaker(state, stage, item, holder);
  if (entry === plain) return sendOn(state, stage.plan.index, item, holder, nowMs);
  return putOutChildren(state, stage, item, entry, holder, nowMs);
}

/** Under `affinity` the next task goes where its item was made. */
function noteMaker(state: State, stage: StageState, item: number, holder: number): void {
  state.routed?.router.affinity?.note(stage.plan.index, item, state.tasks.worker[holder]!);
}

function putOutChildren(
  state: State,
  stage: StageState,
  item: number,
  entry: number,
  holder: number,
  nowMs: number,
): number {
  const { index, zipBelow } = stage.plan;
  if (entry === 0) endBranch(state, item, Fate.delivered, nowMs);
  else state.ledger.addBranches(item, entry - 1);
  if (zipBelow) absentBelow(state, index, item, nowMs);
  let held = 0;
  for (let i = 0; i < entry; i++) {
    const child = state.ledger.childItem(item, i, index, nowMs);
    state.machine.child(index, item, i, child);
    noteMaker(state, stage, child, holder);
    held += sendOn(state, index, child, holder, nowMs);
  }
  return held;
}

/** The outputs of a task wait at full buffers: it keeps its permit. */
export function block(state: State, stage: StageState, task: number, held: number): void {
  state.tasks.pending[task] = held;
  state.tasks.state[task] = TaskState.blocked;
  stage.blocked++;
}

/** Lets go of what an `all` has taken in. */
export function releaseTaken(state: State, stage: StageState): void {
  for (const item of stage.taken) releaseInputs(state, stage, item);
  stage.taken = [];
  stage.takenAt = [];
}
