import type { Overheads, RunReport } from '../../engine/runner.ts';
import type { RunFacts } from '../../measure/quantity.ts';
import { parseDocument } from '../../pipeline/parse.ts';
import { simulate } from '../../simulate/simulate.ts';
import { factsOf } from '../run-facts.ts';
import { whyUseless } from '../comparable.ts';
import { withModels } from '../with-models.ts';
import type { Setting } from './jobs.ts';

/** Declared durations played on a machine that costs nothing; a sentence if they cannot be. */
export function played(
  { name, pipeline }: Setting,
  options: { cores: number; cache: boolean },
): RunFacts | string {
  const { cores, cache } = options;
  const report = simulate(pipeline, { cores, cache: cache ? 'on' : 'off' });
  return whyUseless(name, report) ?? factsOf(report, pipeline);
}

/**
 * What is predicted of a live run on this machine, its code costing what its warm-up measured; null: it cannot be
 * predicted.
 */
export function predicted(
  { document, pipeline }: Setting,
  warmUp: RunReport,
  options: { cores: number; overheads: Overheads | null; cache: boolean },
): RunFacts | null {
  const { cores, overheads, cache } = options;
  // A machine that costs nothing is not this one.
  if (overheads === null) return null;
  // What keys code asks for is not in a model.
  if (cache && pipeline.stages.some(({ work, cache }) => work.kind === 'code' && cache !== null))
    return null;
  const modelled = withModels(document, document, warmUp, overheads);
  const known = modelled === null ? pipeline : parseDocument(modelled).pipeline;
  if (known === null) return null;
  const report = simulate(known, {
    ...{ cores, overheads, cache: cache ? 'on' : 'off' },
    sourceItems: warmUp.trace.meta.items.emitted,
  });
  return whyUseless('', report) === null ? factsOf(report, known) : null;
}
