import { stageTitle } from '../../pipeline/stage-title.ts';
import type { PipelineDocument } from '../../pipeline/types.ts';

/** What people call each stage, by its id; a stage without a name is called by its id. */
export function namesOf({
  stages,
}: {
  stages: readonly { id: string; name?: string }[];
}): ReadonlyMap<string, string> {
  return new Map(stages.map((stage) => [stage.id, stageTitle(stage)]));
}

/** This name, or with the first number that no stage here has: "New stage", "New stage 2". */
export function freeName(document: PipelineDocument, name: string): string {
  const taken = new Set(namesOf(document).values());
  if (!taken.has(name)) return name;
  let number = 2;
  while (taken.has(`${name} ${number}`)) number++;
  return `${name} ${number}`;
}

/**
 * What a new stage comes after when no stage is selected: the last one of the list that feeds no other,
 * so that the pipeline grows at its end; null: there is none.
 */
export function lastLeaf({ stages }: PipelineDocument): string | null {
  const parents = new Set(stages.flatMap(({ after }) => after ?? []));
  return stages.findLast(({ id }) => !parents.has(id))?.id ?? null;
}
