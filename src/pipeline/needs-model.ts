/** What can be predicted, and what a stage is declared to cost. */
import { meanOf } from '../base/draw-mean.ts';
import type { Phase, Pipeline, Stage } from './types.ts';

/** The code stages that no run has measured yet: they cannot be predicted. */
export function unmodelled(pipeline: Pipeline): { stage: string; message: string }[] {
  return pipeline.stages
    .filter((stage) => stage.work.kind === 'code' && !stage.work.model)
    .map((stage) => ({
      stage: stage.id,
      message: `“${stage.name}” runs code that has not been measured yet, so it cannot be predicted: run it once.`,
    }));
}

/** Mean service time of one task, without set-up. */
export interface StageCost {
  cpuMs: number;
  waitMs: number;
}

/** What one task of `batchSize` items costs on average, as declared or measured; null: nobody knows yet. */
export function stageCost(stage: Pick<Stage, 'work'>, batchSize = 1): StageCost | null {
  const { work } = stage;
  const phases = work.kind === 'synthetic' ? work.phases : work.model?.phases;
  return phases ? phasesCost(phases, batchSize) : null;
}

/** Mean cost of a list of phases for one task of `batchSize` items. */
export function phasesCost(phases: readonly Phase[], batchSize = 1): StageCost {
  const cost = { cpuMs: 0, waitMs: 0 };
  for (const phase of phases) {
    const times = phase.per === 'item' ? batchSize : 1;
    if ('cpu' in phase) cost.cpuMs += meanOf(phase.cpu) * times;
    else cost.waitMs += meanOf(phase.wait) * times;
  }
  return cost;
}
