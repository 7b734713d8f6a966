import type { Trace } from '../../trace/types.ts';
import { taskTimes } from '../../measure/states.ts';

/** (predicted − measured) ÷ measured; null where nothing was measured. */
export interface PredictionErrors {
  makespan: { predictedMs: number; measuredMs: number; error: number | null };
  /** Of the mean time a task of the stage was in a worker. */
  stages: { id: string; predictedMs: number; measuredMs: number; error: number | null }[];
}

export function predictionErrors(predicted: Trace, measured: Trace): PredictionErrors {
  const predictedMeans = meanServiceMs(predicted);
  const measuredMeans = meanServiceMs(measured);
  return {
    makespan: compare(predicted.meta.makespan, measured.meta.makespan),
    stages: measured.meta.stages.map(({ id }) => ({
      id,
      ...compare(predictedMeans.get(id) ?? 0, measuredMeans.get(id) ?? 0),
    })),
  };
}

function compare(predictedMs: number, measuredMs: number) {
  const error = measuredMs > 0 ? (predictedMs - measuredMs) / measuredMs : null;
  return { predictedMs, measuredMs, error };
}

function meanServiceMs(trace: Trace): Map<string, number> {
  const times = taskTimes(trace);
  return new Map(
    trace.meta.stages.map((stage, index) => {
      const ran = stage.tasks - stage.cacheHits;
      return [stage.id, ran > 0 ? times[index]!.busy / ran : 0];
    }),
  );
}
