import type { PipelineDocument, StageDocument } from '../../pipeline/types.ts';

/**
 * Would both documents run the same? What only describes them (name, notes, lesson, variants, targets)
 * and the models that a run itself fills in are left out. Documents share the parts an edit left alone,
 * so most of them are compared by identity.
 */
export function sameWork(a: PipelineDocument, b: PipelineDocument): boolean {
  if (a === b) return true;
  if (a.stages.length !== b.stages.length) return false;
  return (
    a.stages.every((stage, index) => sameStage(stage, b.stages[index]!)) &&
    settings.every((field) => sameJson(a[field], b[field]))
  );
}

const settings = ['seed', 'source', 'modules', 'limits', 'machine', 'cache'] as const;

function sameStage(a: StageDocument, b: StageDocument): boolean {
  return a === b || sameJson(withoutModel(a), withoutModel(b));
}

const withoutModel = (stage: StageDocument): unknown => ({
  ...stage,
  name: undefined,
  work: stage.work.kind === 'code' ? { ...stage.work, model: undefined } : stage.work,
});

/** Equal as JSON: fields set to undefined count as absent, their order does not matter. */
function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const one = a as Record<string, unknown>;
  const other = b as Record<string, unknown>;
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].every((key) =>
    sameJson(one[key], other[key]),
  );
}
