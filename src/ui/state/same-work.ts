import { same } from '../../base/same-json.ts';
import { withDefaults } from '../../pipeline/defaults.ts';
import type { PipelineDocument, StageDocument } from '../../pipeline/types.ts';

/**
 * Would both documents run the same? What only describes them (name, notes, lesson, variants, targets)
 * and the models that a run itself fills in are left out. Documents share the parts an edit left alone,
 * so most of them are compared by identity.
 */
export function sameWork(a: PipelineDocument, b: PipelineDocument): boolean {
  // A default that is written out is the same as one that is left out.
  return a === b || isSame(a, b) || isSame(withDefaults(a), withDefaults(b));
}

/**
 * Would `now` run, and be predicted, as `before` was? Then models count too: one that somebody wrote is another
 * prediction. Those that the last run `measured` only refine the ones it was predicted with.
 */
export function samePrediction(
  before: PipelineDocument,
  now: PipelineDocument,
  measured: readonly PipelineDocument[] = [],
): boolean {
  const models = modelsOf(now);
  return sameWork(before, now) && [before, ...measured].some((one) => same(modelsOf(one), models));
}

const modelsOf = ({ stages }: PipelineDocument): unknown[] =>
  stages.map(({ work }) => (work.kind === 'code' && work.model) || null);

type Work = Pick<PipelineDocument, 'stages' | (typeof settings)[number]>;

function isSame(a: Work, b: Work): boolean {
  return (
    a.stages.length === b.stages.length &&
    a.stages.every((stage, index) => sameStage(stage, b.stages[index]!)) &&
    settings.every((field) => same(a[field], b[field]))
  );
}

const settings = ['seed', 'source', 'modules', 'limits', 'machine', 'cache'] as const;

function sameStage(a: StageDocument, b: StageDocument): boolean {
  return a === b || same(withoutModel(a), withoutModel(b));
}

const withoutModel = (stage: StageDocument): unknown => ({
  ...stage,
  name: undefined,
  work: stage.work.kind === 'code' ? { ...stage.work, model: undefined } : stage.work,
});
