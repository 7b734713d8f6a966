import { blockedLevels, runningLevels } from '../../measure/concurrency.ts';
import { queueLevels } from '../../measure/queue-levels.ts';
import { valueAt, type StepSeries } from '../../measure/step-series.ts';
import type { Trace } from '../../trace/types.ts';
import type { StageState } from './stage-state.ts';

/** Looks up any instant of a finished trace; the series are built once. */
export function stateLookup(trace: Trace): (ms: number) => Map<string, StageState> {
  let series: { queued: StepSeries[]; running: StepSeries[]; blocked: StepSeries[] } | null = null;
  return (ms) => {
    series ??= {
      queued: queueLevels(trace),
      running: runningLevels(trace),
      blocked: blockedLevels(trace),
    };
    const { queued, running, blocked } = series;
    return new Map(
      trace.meta.stages.map((stage, index) => [
        stage.id,
        {
          queued: valueAt(queued[index]!, ms),
          running: valueAt(running[index]!, ms),
          blocked: valueAt(blocked[index]!, ms),
          tasks: 0,
        },
      ]),
    );
  };
}
