import { Outcome } from '../trace/types.ts';
import { finalize, releaseInputs } from './leaving.ts';
import { Closing } from './phases.ts';
import { block, putOut, releaseTaken } from './putting-out.ts';
import type { StageState, State } from './state.ts';
import { TaskKind, TaskState } from './task-table.ts';

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
  tasks.dispatch[task] = since;
  tasks.start[task] = since;
  tasks.end[task] = nowMs;
  tasks.setup[task] = 0;
  tasks.waited[task] = 0;
  tasks.bytes[task] = bytes;
  releaseInputs(state, stage, item);
  const held = putOut(state, stage, item, entry, task, nowMs);
  if (held === 0) finalize(state, task, nowMs);
  else {
    tasks.pending[task] = held;
    tasks.state[task] = TaskState.blocked;
  }
}

/** Someone else has computed what this item asked for. */
export function followHit(
  state: State,
  stage: StageState,
  follower: number,
  entry: number,
  nowMs: number,
): void {
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
  stage.closing = Closing.started;
  const task = tasks.add(TaskKind.all, stage.plan.index, -1, stage.result);
  tasks.outcome[task] = Outcome.hit;
  tasks.members[task] = Int32Array.from(stage.taken);
  tasks.memberArrives[task] = Float64Array.from(stage.takenAt);
  tasks.arrive[task] = stage.takenAt[0] ?? stage.resultReadyMs;
  tasks.ready[task] = stage.resultReadyMs;
  tasks.dispatch[task] = stage.resultReadyMs;
  tasks.start[task] = stage.resultReadyMs;
  tasks.end[task] = nowMs;
  tasks.setup[task] = 0;
  tasks.waited[task] = 0;
  tasks.bytes[task] = bytes;
  releaseTaken(state, stage);
  const held = putOut(state, stage, stage.result, entry, task, nowMs);
  if (held === 0) finalize(state, task, nowMs);
  else block(state, stage, task, held);
}
