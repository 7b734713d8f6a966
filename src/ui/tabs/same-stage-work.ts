import type { PipelineDocument } from '../../pipeline/types.ts';
import { sameWork } from '../state/same-work.ts';

/** Would that stage do the same work in both, however results are kept and whatever the other stages do? */
export function sameStageWork(a: PipelineDocument, b: PipelineDocument, id: string): boolean {
  const [one, other] = [withStageOnly(a, id), withStageOnly(b, id)];
  return one.stages.length === 1 && sameWork(one, other);
}

function withStageOnly({ cache: _, ...document }: PipelineDocument, id: string): PipelineDocument {
  const stages = document.stages.flatMap(({ cache: _cache, ...stage }) =>
    stage.id === id ? [stage] : [],
  );
  return { ...document, stages };
}
