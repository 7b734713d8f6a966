import type { Draw, Phase, PipelineDocument } from '../pipeline/types.ts';

/** Every value of a distribution times `factor` ≥ 0: the same draws, longer or shorter. */
export function scaledDraw(draw: Draw, factor: number): Draw {
  const by = (value: number): number => value * factor;
  if (factor === 0) return 0;
  if (typeof draw === 'number') return by(draw);
  if ('uniform' in draw) return { uniform: [by(draw.uniform[0]), by(draw.uniform[1])] };
  if ('exponential' in draw) return { exponential: by(draw.exponential) };
  if ('lognormal' in draw) {
    return { lognormal: { ...draw.lognormal, mean: by(draw.lognormal.mean) } };
  }
  if ('pareto' in draw) return { pareto: { ...draw.pareto, mean: by(draw.pareto.mean) } };
  if ('empirical' in draw) return { empirical: draw.empirical.map(by) };
  return { perItem: draw.perItem.map(by) };
}

export const scaledPhase = (phase: Phase, factor: number): Phase =>
  'wait' in phase
    ? { ...phase, wait: scaledDraw(phase.wait, factor) }
    : { ...phase, cpu: scaledDraw(phase.cpu, factor) };

/**
 * What to set in a document so that one stage's work takes `cut` (0 … 1) less time; null: it has none.
 * @param uncut so many of its first phases are left alone.
 */
export function cutSet(
  document: PipelineDocument,
  stageId: string,
  cut: number,
  uncut = 0,
): Record<string, unknown> | null {
  const work = document.stages.find(({ id }) => id === stageId)?.work;
  const cost = work?.kind === 'code' ? work.model : work;
  if (!cost || cost.phases.length <= uncut) return null;
  const at = `/stages/${stageId}/${work!.kind === 'code' ? 'work/model' : 'work'}`;
  return {
    [`${at}/phases`]: cost.phases.map((phase, index) =>
      index < uncut ? phase : scaledPhase(phase, 1 - cut),
    ),
    ...('cold' in cost && cost.cold !== undefined && { [`${at}/cold`]: cost.cold * (1 - cut) }),
  };
}
