import { lowerBound, type BoundTerm } from '../measure/bound.ts';
import { distribution } from '../measure/distribution.ts';
import { latencies } from '../measure/summary.ts';
import { applySet } from '../pipeline/edit.ts';
import { parseDocument } from '../pipeline/parse.ts';
import { withAt } from '../pipeline/pointer.ts';
import type { Pipeline, PipelineDocument } from '../pipeline/types.ts';
import { simulate } from '../simulate/simulate.ts';
import type { Trace } from '../trace/types.ts';
import type { TrialOutcome, TrialRequest } from './trials.ts';

/** Simulates the sets [from, to) of a request, one outcome each; a set that leads nowhere says why. */
export function evaluateTrials(
  request: TrialRequest,
  from = 0,
  to = request.sets.length,
): TrialOutcome[] {
  // A trial runs the document alone: its variants, sweep and lesson need not fit what the set makes of it.
  const { variants: _variants, sweep: _sweep, lesson: _lesson, ...base } = request.document;
  return request.sets.slice(from, to).map((set) => evaluate(base, set, request));
}

function evaluate(
  base: PipelineDocument,
  set: Readonly<Record<string, unknown>>,
  { cores, overheads, sourceItems, bounds = false }: TrialRequest,
): TrialOutcome {
  const settled = pipelineWith(base, set);
  if (typeof settled === 'string') return without(settled);
  const { trace, error } = simulate(settled, {
    ...{ cores, overheads },
    ...(sourceItems !== undefined && { sourceItems }),
  });
  if (error !== null) return without(error.message);
  const { meta } = trace;
  if (meta.ended !== 'done') return without(meta.note || 'It does not run to its end.');
  const { failed, dropped, cancelled, delivered } = meta.items;
  return {
    makespanMs: meta.makespan,
    latencyP95Ms: distribution(latencies(trace)).p95,
    memoryPeakBytes: meta.memoryPeak,
    lost: failed + dropped + cancelled,
    delivered,
    problem: null,
    ...(bounds && { bound: boundOf(trace, settled) }),
  };
}

/** The one that binds, without all the others. */
function boundOf(trace: Trace, pipeline: Pipeline): BoundTerm {
  const { by, valueMs, sentence } = lowerBound(trace, pipeline);
  return { by, valueMs, sentence };
}

/** The pipeline under these settings, or the sentence that says why there is none. */
function pipelineWith(
  base: PipelineDocument,
  set: Readonly<Record<string, unknown>>,
): Pipeline | string {
  let changed: PipelineDocument = base;
  for (const [pointer, value] of Object.entries(set)) {
    const next = withAt(changed, pointer, value);
    if (next === null) {
      const refused = applySet(base, set);
      return refused.ok ? `There is no place ${pointer} in this document.` : refused.error;
    }
    changed = next;
  }
  const { pipeline, problems } = parseDocument(changed);
  return pipeline ?? problems[0]!.message;
}

const without = (problem: string): TrialOutcome => ({
  ...{ makespanMs: 0, latencyP95Ms: 0, memoryPeakBytes: 0, lost: 0, delivered: 0 },
  problem,
});
