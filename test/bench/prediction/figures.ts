import { taskTimes } from '../../../src/measure/states.ts';
import type { Trace } from '../../../src/trace/types.ts';

/** A run, in the figures that are compared. */
export interface LiveFigures {
  makespanMs: number;
  /** Of each stage: tasks, and ms of them in workers; of that, waits. */
  stages: { id: string; tasks: number; busyMs: number; waitedMs: number }[];
}

export function stageFigures(trace: Trace): LiveFigures['stages'] {
  const times = taskTimes(trace);
  return trace.meta.stages.map(({ id, tasks }, at) => ({
    ...{ id, tasks, busyMs: times[at]!.busy, waitedMs: times[at]!.waited },
  }));
}
