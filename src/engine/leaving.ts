import { Fate, Mark, Outcome } from '../trace/types.ts';
import type { StageState, State } from './state.ts';
import { TaskKind, TaskState } from './task-table.ts';

type Way = 'delivered' | 'failed' | 'dropped' | 'cancelled';

/** Books an item out of a stage. */
export function leaveStage(state: State, stage: StageState, way: Way): void {
  stage.books[way]++;
  stage.books.inside--;
  if (stage.books.inside === 0) state.closeCandidates.push(stage.plan.index);
}

/** Ends one branch of an item; the source may let the next one in. */
export function endBranch(state: State, item: number, fate: Fate, nowMs: number): void {
  if (state.ledger.endBranch(item, fate, nowMs)) state.source.inFlight--;
}

/** Which stage put out what `item` is at this stage; the parents of a zip are all asked. */
export function releaseInputs(state: State, stage: StageState, item: number): void {
  const { parents, copies } = stage.plan;
  if (copies) {
    state.machine.release(copiedFrom(state, item), item);
    return;
  }
  for (const parent of parents) state.machine.release(parent, item);
}

/** The stage that put out the item that this is a copy of. */
export function copiedFrom(state: State, copy: number): number {
  return -1 - state.trace.items.ordinal[copy]!;
}

/** Notes the most bytes ever in flight. */
export function noteMemory(state: State): void {
  const { meta } = state.trace;
  if (state.machine.heldBytes > meta.memoryPeak) meta.memoryPeak = state.machine.heldBytes;
}

/** Writes the row of a task that is over in every way, and forgets it. */
export function writeTask(state: State, task: number, leaveMs: number): void {
  const { tasks, trace } = state;
  const row = trace.taskRow();
  const columns = trace.tasks;
  const members = tasks.members[task];
  columns.stage[row] = tasks.stage[task]!;
  columns.worker[row] = tasks.worker[task]!;
  columns.item[row] = tasks.item[task]!;
  columns.memberStart[row] = members ? trace.members.count : -1;
  columns.memberCount[row] = members ? members.length : 1;
  columns.attempt[row] = tasks.attempt[task]!;
  columns.outcome[row] = tasks.outcome[task]!;
  columns.arrive[row] = tasks.arrive[task]!;
  columns.ready[row] = tasks.ready[task]!;
  columns.dispatch[row] = tasks.dispatch[task]!;
  columns.start[row] = tasks.start[task]!;
  columns.end[row] = tasks.end[task]!;
  columns.leave[row] = leaveMs;
  columns.setup[row] = tasks.setup[task]!;
  columns.waited[row] = tasks.waited[task]!;
  columns.bytes[row] = tasks.bytes[task]!;
  columns.held[row] = state.machine.heldBytes;
  if (members) {
    const arrives = tasks.memberArrives[task]!;
    const outcomes = tasks.memberOutcomes[task];
    for (let i = 0; i < members.length; i++) {
      const outcome = (outcomes ? outcomes[i]! : tasks.outcome[task]!) as Outcome;
      trace.member(members[i]!, arrives[i]!, outcome);
    }
  }
  tasks.remove(task);
}

/**
 * A task whose outputs have all found room (or were given up) leaves: its permit is free, its items
 * are booked out.
 */
export function finalize(state: State, task: number, leaveMs: number): void {
  const { tasks } = state;
  const stage = state.stages[tasks.stage[task]!]!;
  const wasBlocked = tasks.state[task] === TaskState.blocked;
  const kind = tasks.kind[task]!;
  const isHit = kind === TaskKind.hit;
  if (isHit) {
    stage.lookingUp--;
    state.roomStages.push(stage.plan.index);
  } else if (wasBlocked) stage.blocked--;
  if (kind === TaskKind.all || kind === TaskKind.foldFinish) {
    stage.closing = 'done';
    state.closeCandidates.push(stage.plan.index);
  } else if (kind === TaskKind.item || isHit) {
    const outcomes = tasks.memberOutcomes[task];
    const members = tasks.members[task];
    const count = members ? members.length : 1;
    for (let i = 0; i < count; i++) {
      const outcome = outcomes ? outcomes[i]! : tasks.outcome[task]!;
      if (outcome === Outcome.ok || outcome === Outcome.hit) leaveStage(state, stage, 'delivered');
    }
  }
  writeTask(state, task, leaveMs);
  noteMemory(state);
}

export function markDrop(
  state: State,
  stage: StageState,
  kind:
    typeof Mark.dropNewest | typeof Mark.dropOldest | typeof Mark.orphaned | typeof Mark.cancelled,
  item: number,
  sinceMs: number,
  nowMs: number,
): void {
  state.trace.mark(nowMs, kind, stage.plan.index, item, sinceMs);
}
