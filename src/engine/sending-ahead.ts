import type { StageState, State } from './state.ts';

/** Tasks in one message at the most. */
const aheadMax = 63;

/**
 * How many more tasks of a stage may go to a worker with the one it begins now: what it is expected to
 * get through in `sendAheadMs`, and no more than its fair share of those that wait.
 */
export function aheadOf(state: State, stage: StageState): number {
  const { sendAheadMs, workers } = state.plan;
  if (sendAheadMs === 0 || !stage.plan.mayRunAhead || stage.servedTasks === 0) return 0;
  const meanMs = stage.servedMs / stage.servedTasks;
  const waiting = stage.queue.length / stage.plan.batchSize;
  return Math.min(aheadMax, Math.floor(sendAheadMs / meanMs) - 1, Math.floor(waiting / workers));
}

export function sentAhead(state: State, stage: StageState, task: number, worker: number): void {
  state.ahead[worker]!.push(task);
  stage.ahead += itemsOf(state, task);
  // When it left the queue is only known once its worker tells when it began.
  state.tasks.dispatch[task] = NaN;
}

/** The worker goes on with the next task it was sent; false: there is none. */
export function promote(state: State, worker: number): boolean {
  const waiting = state.ahead[worker]!;
  if (waiting.length === 0) return false;
  const task = waiting.shift()!;
  const stage = state.stages[state.tasks.stage[task]!]!;
  stage.running++;
  leaveQueue(state, stage, task);
  return true;
}

/** A task that never began has come back; false: it was not ahead. */
export function takeBack(state: State, stage: StageState, task: number): boolean {
  const waiting = state.ahead[state.tasks.worker[task]!]!;
  const at = waiting.length === 0 ? -1 : waiting.indexOf(task);
  if (at < 0) return false;
  waiting.splice(at, 1);
  leaveQueue(state, stage, task);
  return true;
}

function leaveQueue(state: State, stage: StageState, task: number): void {
  stage.ahead -= itemsOf(state, task);
  state.roomStages.push(stage.plan.index);
}

function itemsOf(state: State, task: number): number {
  return state.tasks.members[task]?.length ?? 1;
}
