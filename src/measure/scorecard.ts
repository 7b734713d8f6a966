import type { Trace } from '../trace/types.ts';
import { taskTimes, type TaskTimes } from './states.ts';

/** One figure on both sides. */
export interface Scored {
  predicted: number;
  measured: number;
  /** (predicted − measured) ÷ measured; null where nothing was measured. */
  error: number | null;
}

export interface Scorecard {
  /** ms. */
  makespan: Scored;
  stages: {
    id: string;
    name: string;
    /** Tasks that ran: answers out of the cache are none. */
    tasks: Scored;
    /** ms in workers, summed over tasks. */
    busy: Scored;
    /** ms between the first input and the start: for the rest of the items, a permit, a limit, a worker. */
    waiting: Scored;
  }[];
}

/** A prediction beside the run it was made for, the stages of the measured trace in their order. */
export function scorecard(predicted: Trace, measured: Trace): Scorecard {
  const predictedStages = figuresById(predicted);
  const measuredStages = figuresById(measured);
  return {
    makespan: score(predicted.meta.makespan, measured.meta.makespan),
    stages: measured.meta.stages.map(({ id, name }) => {
      const before = predictedStages.get(id) ?? nothing;
      const after = measuredStages.get(id)!;
      return {
        ...{ id, name },
        tasks: score(before.tasks, after.tasks),
        busy: score(before.busy, after.busy),
        waiting: score(before.waiting, after.waiting),
      };
    }),
  };
}

const score = (predicted: number, measured: number): Scored => ({
  ...{ predicted, measured },
  error: measured > 0 ? (predicted - measured) / measured : null,
});

type Figures = Record<'tasks' | 'busy' | 'waiting', number>;
const nothing: Figures = { tasks: 0, busy: 0, waiting: 0 };

function figuresById(trace: Trace): Map<string, Figures> {
  const times = taskTimes(trace);
  return new Map(
    trace.meta.stages.map(({ id, tasks, cacheHits }, index) => {
      const { busy } = times[index]!;
      return [id, { tasks: tasks - cacheHits, busy, waiting: waitingMs(times[index]!) }];
    }),
  );
}

const waitingMs = (times: TaskTimes): number =>
  times.waitForItem + times.waitForPermit + times.waitForLimit + times.waitForWorker;
