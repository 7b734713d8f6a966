import { Closing } from './phases.ts';
import type { StageState, State } from './state.ts';
import { TaskKind } from './task-table.ts';

/** The closing task of a stage: an `all` over what it took in, or the finish of a `fold`. */
export function formClosing(state: State, stage: StageState, worker: number): number {
  const { tasks } = state;
  const isAll = stage.plan.join === 'all';
  const kind = isAll ? TaskKind.all : TaskKind.foldFinish;
  const task = tasks.add(kind, stage.plan.index, worker, stage.result);
  stage.closing = Closing.started;
  tasks.attempt[task] = stage.attempts.get(stage.result) ?? 1;
  tasks.ready[task] = stage.resultReadyMs;
  tasks.arrive[task] = isAll ? (stage.takenAt[0] ?? stage.resultReadyMs) : stage.resultReadyMs;
  if (isAll) {
    tasks.members[task] = Int32Array.from(stage.taken);
    tasks.memberArrives[task] = Float64Array.from(stage.takenAt);
  }
  return task;
}
