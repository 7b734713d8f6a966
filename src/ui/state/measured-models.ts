import type { RunReport } from '../../engine/runner.ts';
import type { Draw, Model, PipelineDocument } from '../../pipeline/types.ts';

/**
 * The document with what a run measured of its code stages; null: nothing to fill in. `ran`: the
 * document as it was run. A stage keeps the model it has when its cache answered everything, when its
 * code was edited meanwhile, or when some of its items failed, timed out or were cancelled: the rest
 * does not speak for them.
 */
export function withModels(
  document: PipelineDocument,
  ran: PipelineDocument,
  report: Pick<RunReport, 'models' | 'failures' | 'trace'>,
): PipelineDocument | null {
  const troubled = troubledStages(report);
  const sources = new Map(ran.stages.map(({ id, work }) => [id, sourceOf(work)]));
  let changed = false;
  const stages = document.stages.map((stage) => {
    const model = report.models[stage.id];
    if (stage.work.kind !== 'code' || !model || troubled.has(stage.id)) return stage;
    if (sources.get(stage.id) !== stage.work.source) return stage;
    changed = true;
    return { ...stage, work: { ...stage.work, model: rounded(model) } };
  });
  return changed ? { ...document, stages } : null;
}

/** Stages of which some items did not end well. */
export function troubledStages({
  failures,
  trace,
}: Pick<RunReport, 'failures' | 'trace'>): Set<string> {
  const troubled = new Set(failures.map(({ stage }) => stage));
  for (const { id, failed, timedOut, cancelled } of trace.meta.stages)
    if (failed + timedOut + cancelled > 0) troubled.add(id);
  return troubled;
}

const sourceOf = (work: PipelineDocument['stages'][number]['work']): string | null =>
  work.kind === 'code' ? work.source : null;

/** Three significant digits are more than a measurement repeats, and keep shared documents short. */
function rounded(model: Model): Model {
  return {
    ...model,
    phases: model.phases.map((phase) =>
      'wait' in phase
        ? { ...phase, wait: roundDraw(phase.wait) }
        : { ...phase, cpu: roundDraw(phase.cpu) },
    ),
    ...(model.output !== undefined && { output: roundDraw(model.output) }),
    ...(model.expand !== undefined && { expand: model.expand }),
  };
}

const round = (value: number): number => Number(value.toPrecision(3));

function roundDraw(draw: Draw): Draw {
  if (typeof draw === 'number') return round(draw);
  if ('perItem' in draw) return { perItem: draw.perItem.map(round) };
  if ('empirical' in draw) return { empirical: draw.empirical.map(round) };
  return draw;
}
