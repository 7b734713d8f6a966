import { stateTimelines } from '../../measure/wall-shares.ts';
import type { StepSeries } from '../../measure/step-series.ts';
import type { Pipeline } from '../../pipeline/types.ts';
import type { Trace } from '../../trace/types.ts';
import type { StateTrack } from './state-bands.ts';

/**
 * @param queues the queue levels of the stages, by index.
 * @param knownMs of a run that goes on: until when each stage's tasks are all in the trace.
 */
export function stateTracks(
  trace: Trace,
  pipeline: Pipeline,
  queues: readonly StepSeries[],
  knownMs?: readonly number[],
): StateTrack[] {
  return stateTimelines(trace, pipeline, queues, knownMs).map((timeline, stage) => ({
    stage,
    label: trace.meta.stages[stage]!.name,
    timeline,
  }));
}
