import type { PipelineDocument } from '../../pipeline/types.ts';

export interface CodeTarget {
  /** null: the source. */
  stage: string | null;
  name: string;
  pointer: string;
  code: string;
}

/** The code to show: what was asked for, else the selected stage's, else the first there is. */
export function codeTarget(
  document: PipelineDocument,
  asked: { kind: 'stage'; id: string } | { kind: 'source' } | null,
  selected: string | null,
): CodeTarget | null {
  const { source } = document;
  const ofSource: CodeTarget | null =
    source?.kind === 'code'
      ? { stage: null, name: 'the source', pointer: '/source/code', code: source.code }
      : null;
  if (asked?.kind === 'source' && ofSource) return ofSource;
  const stages = document.stages.flatMap(({ id, name, work }) =>
    work.kind === 'code' ? [{ id, name: name ?? id, code: work.source }] : [],
  );
  const askedId = asked?.kind === 'stage' ? asked.id : null;
  const stage =
    stages.find(({ id }) => id === askedId) ??
    stages.find(({ id }) => id === selected) ??
    stages[0];
  if (!stage) return ofSource;
  const { id, name, code } = stage;
  return { stage: id, name, pointer: `/stages/${id}/work/source`, code };
}
