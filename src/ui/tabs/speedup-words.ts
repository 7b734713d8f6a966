import { formatCount, formatPercent, formatRatio } from '../../base/units.ts';
import { lowerBound } from '../../measure/bound.ts';
import type { Speedup } from '../../measure/speedup.ts';
import type { Pipeline } from '../../pipeline/types.ts';
import type { Trace } from '../../trace/types.ts';

/** How much faster this very work could be at best on the document's settings, and what keeps it there. */
export interface SpeedupBound {
  ratio: number;
  /** What binds, one sentence. */
  sentence: string;
}

/** Sums of times differ in their last digits. */
const slack = 1e-9;

/**
 * The most that the document's settings allow: the time of a sequential run ÷ the lower bound of the same
 * tasks on the document's workers. Service times come from the sequential run, in which no task waited
 * for another's core. null: there is nothing to compare.
 */
export function speedupBound(
  sequential: Trace,
  own: Trace,
  pipeline: Pipeline,
): SpeedupBound | null {
  const { workers, tasksPerWorker, cores } = own.meta;
  const onItsWorkers = {
    ...sequential,
    meta: { ...sequential.meta, workers, tasksPerWorker, cores },
  };
  const bound = lowerBound(onItsWorkers, pipeline);
  if (!(bound.valueMs > 0)) return null;
  const ratio = sequential.meta.makespan / bound.valueMs;
  // What a run costs beside its tasks is in the makespan and in no bound: many short tasks would promise more.
  const slots = workers * tasksPerWorker;
  if (ratio <= slots * (1 + slack)) return { ratio, sentence: bound.sentence };
  const open = tasksPerWorker === 1 ? '' : `, each with ${formatCount(tasksPerWorker)} tasks open,`;
  const who = workers === 1 ? 'One worker' : `${formatCount(workers)} workers`;
  const times = slots === 1 ? 'as fast as' : `${formatCount(slots)} times as fast as`;
  return { ratio: slots, sentence: `${who}${open} can be at most ${times} one with one task.` };
}

/** Speedup ÷ workers: the share of the bought workers that came out as speed. */
export function efficiencyText({ ratio }: Pick<Speedup, 'ratio'>, workers: number): string {
  return formatPercent(ratio / workers);
}

export const atMost = ({ ratio }: SpeedupBound): string => `at most ${formatRatio(ratio)}`;
