import type { RunReport } from '../../engine/runner.ts';
import { cacheNotices } from '../../measure/cache-notices.ts';
import { notCompared } from './not-compared.ts';
import { predictionErrors } from './prediction-error.ts';
import type { FinishedRun, Judgement, RunInput } from './run-store.svelte.ts';

/**
 * What is worked out when a run has ended: how far off its prediction was, and what it has to say of its cache.
 * It comes while the run goes on, and not with the page.
 */
export function judge(
  { prediction, pipeline }: RunInput,
  { trace, notices, error }: RunReport,
  cache: FinishedRun['cache'],
): Judgement {
  notices.push(...cacheNotices(trace, pipeline, cache));
  if (error || trace.meta.ended !== 'done') return { errors: null, notCompared: null };
  const predicted = prediction?.trace ?? null;
  const why = notCompared(predicted, trace, cache);
  return {
    errors: predicted && !why ? predictionErrors(predicted, trace) : null,
    notCompared: why,
  };
}
