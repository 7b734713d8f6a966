import type { Draw, PipelineDocument } from '../pipeline/types.ts';

/** As long as a draw by its figures: fewer durations are not worth a fit. */
const listedMax = 4;

/**
 * The document with what was measured of its code stages in few figures: of durations and sizes that are listed item by
 * item, a lognormal draw with their mean and their coefficient of variation (standard deviation ÷ mean), three digits
 * each. Numbers of children stay as they are: they decide what there is to do. The very same document if nothing in it
 * is listed.
 */
export function withFittedModels(document: PipelineDocument): PipelineDocument {
  let isFitted = false;
  const fitted = (draw: Draw): Draw => {
    const short = fittedDraw(draw);
    isFitted ||= short !== draw;
    return short;
  };
  const stages = document.stages.map((stage) => {
    if (stage.work.kind !== 'code' || !stage.work.model) return stage;
    const { model } = stage.work;
    const phases = model.phases.map((phase) =>
      'wait' in phase
        ? { ...phase, wait: fitted(phase.wait) }
        : { ...phase, cpu: fitted(phase.cpu) },
    );
    const output = model.output === undefined ? {} : { output: fitted(model.output) };
    return { ...stage, work: { ...stage.work, model: { ...model, phases, ...output } } };
  });
  return isFitted ? { ...document, stages } : document;
}

function fittedDraw(draw: Draw): Draw {
  if (typeof draw === 'number' || !('perItem' in draw) || draw.perItem.length <= listedMax)
    return draw;
  const list = draw.perItem;
  const mean = list.reduce((sum, value) => sum + value, 0) / list.length;
  const variance = list.reduce((sum, value) => sum + (value - mean) ** 2, 0) / list.length;
  const cv = mean === 0 ? 0 : Math.sqrt(variance) / mean;
  const round = (value: number): number => Number(value.toPrecision(3));
  return cv < 0.0005 ? round(mean) : { lognormal: { mean: round(mean), cv: round(cv) } };
}
