/** The document of a lesson at each of its steps. */
import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import { applySet } from '../../pipeline/edit.ts';
import type { LessonStep, PipelineDocument, StageDocument } from '../../pipeline/types.ts';
import { sameWork } from '../state/same-work.ts';

/** What a run depends on; the rest only describes. */
const workFields = ['seed', 'source', 'stages', 'modules', 'limits', 'machine', 'cache'] as const;

/**
 * The open document with the work of a step: the lesson's own document under the step's settings. What describes it
 * stays as it is, the names of its stages as well, and what runs have measured of code that is still the same.
 * @param set null: without any step's settings
 */
export function documentAt(
  base: PipelineDocument,
  set: Readonly<Record<string, unknown>> | null,
  now: PipelineDocument,
): Result<PipelineDocument> {
  const settled = applySet(base, set ?? {});
  if (!settled.ok) return settled;
  const result: PipelineDocument = { ...now };
  for (const field of workFields) {
    if (settled.value[field] === undefined) delete result[field];
    else Object.assign(result, { [field]: settled.value[field] });
  }
  const known = new Map(now.stages.map((stage) => [stage.id, stage]));
  const names = new Map(base.stages.map(({ id, name }) => [id, name]));
  result.stages = result.stages.map((stage) => {
    const is = known.get(stage.id);
    // A name that the step itself sets stays.
    const named = is && stage.name === names.get(stage.id) ? withNameOf(stage, is) : stage;
    return withModelOf(named, is);
  });
  return ok(result);
}

function withNameOf(stage: StageDocument, { name }: StageDocument): StageDocument {
  if (stage.name === name) return stage;
  const { name: _, ...rest } = stage;
  return name === undefined ? rest : { ...rest, name };
}

/** The document is as one of the steps sets it. @param base what the lesson begins with */
export const isSomeStep = (
  lesson: readonly LessonStep[],
  base: PipelineDocument,
  document: PipelineDocument,
): boolean =>
  lesson.some(({ set }) => {
    const found = set && documentAt(base, set, document);
    return found?.ok === true && sameWork(found.value, document);
  });

function withModelOf(stage: StageDocument, known: StageDocument | undefined): StageDocument {
  const { work } = stage;
  if (work.kind !== 'code' || known?.work.kind !== 'code' || !known.work.model) return stage;
  if (work.source !== known.work.source || work.model) return stage;
  return { ...stage, work: { ...work, model: known.work.model } };
}
