import type { Draw, Model, PipelineDocument } from '../../pipeline/types.ts';

/**
 * The document with what a run measured of its code stages; null: nothing to fill in. A stage whose
 * cache answered everything keeps the model it has: nothing of it was measured.
 */
export function withModels(
  document: PipelineDocument,
  models: Record<string, Model>,
): PipelineDocument | null {
  let changed = false;
  const stages = document.stages.map((stage) => {
    const model = models[stage.id];
    if (stage.work.kind !== 'code' || !model) return stage;
    changed = true;
    return { ...stage, work: { ...stage.work, model: rounded(model) } };
  });
  return changed ? { ...document, stages } : null;
}

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
