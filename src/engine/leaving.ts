import { Fate, Mark, Outcome } from '../trace/types.ts';
import { Closing } from './phases.ts';
import type { StageState, State } from './state.ts';
import { TaskKind, TaskState } from './task-table.ts';

type Way = 'delivered' | 'failed' | 'dropped' | 'cancelled';

/** Books an item out of a stage. */
export function leaveStage(state: State, stage: StageState, way: Way): void {
  stage.books[way]++;
  leaveInside(state, stage);
}

function leaveInside(state: State, stage: StageState): void {
  // As long as more may come it cannot close, and when its input ends it is asked about anyway.
  if (--stage.books.inside === 0 && stage.inputEnded) state.closeCandidates.push(stage.plan.index);
}

/** Ends one branch of an item; the source may let the next one in. */
export function endBranch(state: State, item: number, fate: Fate, nowMs: number): void {
  if (state.ledger.endBranch(item, fate, nowMs)) state.source.inFlight--;
}

/** Lets go of what `item` was made from: of a copy its original, of a pair all halves. */
export function releaseInputs(state: State, stage: StageState, item: number): void {
  const { parents } = stage.plan;
  if (parents.length === 1) state.machine.release(parents[0]!, item);
  else releaseOfSeveral(state, stage, item);
}

function releaseOfSeveral(state: State, stage: StageState, item: number): void {
  const { parents, copies } = stage.plan;
  if (copies) state.machine.release(copiedFrom(state, item), item);
  else for (const parent of parents) state.machine.release(parent, item);
}

/** The stage that put out the item that this is a copy of. */
export function copiedFrom(state: State, copy: number): number {
  return -1 - state.trace.items.ordinal[copy]!;
}

/** Notes the most bytes ever in flight. */
export function noteMemory(state: State): void {
  const { meta } = state.trace;
  const { heldBytes } = state.machine;
  if (heldBytes > meta.memoryPeak) meta.memoryPeak = heldBytes;
}

/** Writes the row of a task that is over in every way, and forgets it. */
export function writeTask(state: State, task: number, leaveMs: number): void {
  const { tasks, trace } = state;
  const row = trace.taskRow();
  const columns = trace.tasks;
  const members = tasks.members[task];
  const arriveMs = tasks.arrive[task]!;
  const readyMs = tasks.ready[task]!;
  const dispatchMs = tasks.dispatch[task]!;
  const startMs = tasks.start[task]!;
  const endMs = tasks.end[task]!;
  const weighs = tasks.setup[task]! + tasks.waited[task]! + tasks.bytes[task]! !== 0;
  if (weighs || state.machine.heldBytes !== 0) writeWeights(state, task, row);
  if (readyMs !== arriveMs && !trace.parted.ready) trace.part('ready');
  if (dispatchMs !== startMs && !trace.parted.dispatch) trace.part('dispatch');
  if (leaveMs !== endMs && !trace.parted.leave) trace.part('leave');
  columns.stage[row] = tasks.stage[task]!;
  columns.worker[row] = tasks.worker[task]!;
  columns.item[row] = tasks.item[task]!;
  columns.memberStart[row] = members ? trace.members.count : -1;
  columns.memberCount[row] = members ? members.length : 1;
  columns.attempt[row] = tasks.attempt[task]!;
  columns.outcome[row] = tasks.outcome[task]!;
  columns.arrive[row] = arriveMs;
  columns.ready[row] = readyMs;
  columns.dispatch[row] = dispatchMs;
  columns.start[row] = startMs;
  columns.end[row] = endMs;
  columns.leave[row] = leaveMs;
  if (members) writeMembers(state, task, members);
  tasks.remove(task);
}

/** The columns that are 0 where a row says nothing. */
function writeWeights({ tasks, trace, machine }: State, task: number, row: number): void {
  const { parted, tasks: columns } = trace;
  const { heldBytes } = machine;
  if (!parted.setup && tasks.setup[task] !== 0) trace.part('setup');
  if (!parted.waited && tasks.waited[task] !== 0) trace.part('waited');
  if (!parted.bytes && tasks.bytes[task] !== 0) trace.part('bytes');
  if (!parted.held && heldBytes !== 0) trace.part('held');
  columns.setup[row] = tasks.setup[task]!;
  columns.waited[row] = tasks.waited[task]!;
  columns.bytes[row] = tasks.bytes[task]!;
  columns.held[row] = heldBytes;
}

function writeMembers({ tasks, trace }: State, task: number, members: Int32Array): void {
  const arrives = tasks.memberArrives[task]!;
  const outcomes = tasks.memberOutcomes[task];
  for (let i = 0; i < members.length; i++) {
    const outcome = (outcomes ? outcomes[i]! : tasks.outcome[task]!) as Outcome;
    trace.member(members[i]!, arrives[i]!, outcome);
  }
}

/**
 * A task whose outputs have all found room (or were given up) leaves: its permit is free, its items
 * are booked out.
 */
export function finalize(state: State, task: number, leaveMs: number): void {
  const { tasks } = state;
  const stage = state.stages[tasks.stage[task]!]!;
  const isSingle = tasks.kind[task] === TaskKind.item && tasks.members[task] === null;
  if (!isSingle) finalizeSpecial(state, stage, task);
  else {
    if (tasks.state[task] === TaskState.blocked) stage.blocked--;
    if (tasks.outcome[task] === Outcome.ok) leaveDelivered(state, stage);
  }
  writeTask(state, task, leaveMs);
  noteMemory(state);
}

/** `leaveStage` of what went well. */
function leaveDelivered(state: State, stage: StageState): void {
  stage.books.delivered++;
  leaveInside(state, stage);
}

/** What `finalize` does for a batch, a hit, or a call under `all` and `fold`. */
function finalizeSpecial(state: State, stage: StageState, task: number): void {
  const { tasks } = state;
  const kind = tasks.kind[task]!;
  const isHit = kind === TaskKind.hit;
  if (isHit) {
    stage.lookingUp--;
    state.roomStages.push(stage.plan.index);
  } else if (tasks.state[task] === TaskState.blocked) stage.blocked--;
  if (kind === TaskKind.all || kind === TaskKind.foldFinish) {
    stage.closing = Closing.done;
    state.closeCandidates.push(stage.plan.index);
  } else if (kind === TaskKind.item || isHit) {
    const outcomes = tasks.memberOutcomes[task];
    const count = tasks.members[task]?.length ?? 1;
    for (let i = 0; i < count; i++) {
      const outcome = outcomes ? outcomes[i]! : tasks.outcome[task]!;
      if (outcome === Outcome.ok || outcome === Outcome.hit) leaveDelivered(state, stage);
    }
  }
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
