import { lowerBound, type Bound } from '../../measure/bound.ts';
import { bottlenecks, type Bottleneck } from '../../measure/bottlenecks.ts';
import { criticalPath, type CriticalStep } from '../../measure/critical-path.ts';
import { taskDemand } from '../../measure/demand.ts';
import { distribution } from '../../measure/distribution.ts';
import { holdingsOf } from '../../measure/holdings.ts';
import { RunLevels } from '../../measure/run-levels.ts';
import { semaphoreLosses, type SemaphoreLoss } from '../../measure/semaphore-losses.ts';
import { latencies, utilization } from '../../measure/summary.ts';
import { busyMachineRemark } from '../../measure/work-words.ts';
import type { Pipeline } from '../../pipeline/types.ts';
import type { Trace } from '../../trace/types.ts';
import { stateShares, type StageShares } from '../tabs/state-shares.ts';

/** What there is to say of a run; null: not worked out yet. */
export interface WhyFindings {
  bound: Bound | null;
  /** That the machine was busy with other things, where `bound` does not say so itself; "": it was not. */
  remark: string | null;
  figures: { perSecond: number; p50Ms: number; p95Ms: number; utilization: number } | null;
  found: Bottleneck[] | null;
  shares: StageShares[] | null;
  path: CriticalStep[] | null;
  losses: SemaphoreLoss[] | null;
}
export const noFindings: WhyFindings = {
  ...{
    bound: null,
    remark: null,
    figures: null,
    found: null,
    shares: null,
    path: null,
    losses: null,
  },
};

/**
 * Works a run out bit by bit, in the order in which it is read: after each bit the page may draw, and stop
 * asking.
 */
export function* whyFindings(trace: Trace, pipeline: Pipeline): Generator<Partial<WhyFindings>> {
  const bound = lowerBound(trace, pipeline);
  const remark = busyMachineRemark(trace, pipeline, taskDemand(trace).cpu).trim();
  yield { bound, remark: bound.sentence.includes(remark) ? '' : remark };
  const { makespan, items } = trace.meta;
  const { p50, p95 } = distribution(latencies(trace));
  const perSecond = makespan > 0 ? (items.delivered / makespan) * 1000 : 0;
  yield { figures: { perSecond, p50Ms: p50, p95Ms: p95, utilization: utilization(trace) } };
  const levels = new RunLevels(trace, pipeline);
  void levels.queues;
  yield {};
  void [levels.running, levels.blocked];
  yield {};
  const holdings = holdingsOf(levels, bound.terms);
  yield {};
  yield { found: bottlenecks(levels, holdings) };
  yield { losses: semaphoreLosses(levels, holdings) };
  yield { shares: stateShares(trace, pipeline) };
  yield { path: criticalPath(trace, pipeline) };
}
