import type { RunReport } from '../engine/runner.ts';
import type { RunFacts } from '../measure/quantity.ts';
import { summarize } from '../measure/summary.ts';
import type { Pipeline } from '../pipeline/types.ts';

/** What a run of this pipeline showed. */
export function factsOf(report: RunReport, pipeline: Pipeline): RunFacts {
  const results: Record<string, unknown> = {};
  for (const { stage, value } of report.results) if (!(stage in results)) results[stage] = value;
  return {
    summary: summarize(report.trace, pipeline),
    counters: report.counters ?? [],
    results,
  };
}
