import type { Move, Snapshot } from '../state/snapshot.ts';
import { namesOf } from '../state/stage-names.ts';
import { stageTitle } from '../../pipeline/stage-title.ts';
import type { PipelineDocument, StageDocument } from '../../pipeline/types.ts';

/** One sentence of what differs. `isGraph`: it is more than the value of one field. */
export interface Change {
  text: string;
  isGraph: boolean;
}

/** What an edit made of a document, in the words of the page; null: nothing. */
export function describeChange(before: PipelineDocument, after: PipelineDocument): Change | null {
  for (const change of changes(before, after)) return change;
  return null;
}

/** What a step of the document's history did, in the words of the page. */
export const describeStep = (before: Snapshot, after: Snapshot): string | undefined =>
  after.moved
    ? moveWords(after.moved, after.document)
    : describeChange(before.document, after.document)?.text;

/** "moved “Fast”". */
export function moveWords({ ids }: Move, document: PipelineDocument): string {
  if (ids.length === 0) return 'laid the graph out again';
  if (ids.length > 1) return `moved ${ids.length} stages`;
  const name = namesOf(document).get(ids[0]!);
  return `moved ${name === undefined ? 'the source' : `“${name}”`}`;
}

/** All that differs, the graph first. Worked out as it is asked for. */
export function* changes(before: PipelineDocument, after: PipelineDocument): Generator<Change> {
  if (before === after) return;
  yield* graphChanges(before, after);
  yield* fieldChanges(before, after);
}

const nameOf = (stage: Pick<StageDocument, 'id' | 'name'>): string => `“${stageTitle(stage)}”`;
const inGraph = (text: string): Change => ({ text, isGraph: true });

function* graphChanges(before: PipelineDocument, after: PipelineDocument): Generator<Change> {
  const idsBefore = new Set(before.stages.map(({ id }) => id));
  const idsAfter = new Set(after.stages.map(({ id }) => id));
  const added = after.stages.filter(({ id }) => !idsBefore.has(id));
  const removed = before.stages.filter(({ id }) => !idsAfter.has(id));
  const isRenamed =
    added.length === 1 && removed.length === 1 && before.stages.length === after.stages.length;
  if (isRenamed) yield inGraph(`the id ${removed[0]!.id} is ${added[0]!.id} now`);
  else {
    if (added.length > 0) yield inGraph(`stage ${added.map(nameOf).join(', ')} added`);
    if (removed.length > 0) yield inGraph(`stage ${removed.map(nameOf).join(', ')} removed`);
  }
  const called = (wanted: string): string =>
    nameOf(after.stages.find(({ id }) => id === wanted) ?? { id: wanted });
  for (const stage of after.stages) {
    const was = before.stages.find(({ id }) => id === stage.id);
    if (!was || was.after === stage.after) continue;
    const parents = new Set(stage.after);
    const parentsBefore = new Set(was.after);
    if (isRenamed && parentsBefore.delete(removed[0]!.id)) parentsBefore.add(added[0]!.id);
    for (const id of parents)
      if (!parentsBefore.has(id)) yield inGraph(`${nameOf(stage)} comes after ${called(id)} now`);
    for (const id of parentsBefore)
      if (!parents.has(id)) yield inGraph(`${nameOf(stage)} no longer comes after ${called(id)}`);
  }
}

/** The fields that differ, each by its way in the document: "“Resize”: buffer capacity 4". */
function* fieldChanges(before: PipelineDocument, after: PipelineDocument): Generator<Change> {
  for (const stage of after.stages) {
    const was = before.stages.find(({ id }) => id === stage.id);
    if (!was || was === stage) continue;
    // Which stages it comes after has been told.
    for (const text of differences({ ...was, after: null }, { ...stage, after: null }, []))
      yield { text: `${nameOf(stage)}: ${text}`, isGraph: false };
  }
  for (const text of differences({ ...before, stages: [] }, { ...after, stages: [] }, []))
    yield { text, isGraph: false };
}

const longestShown = 40;

function* differences(before: unknown, after: unknown, path: readonly string[]): Generator<string> {
  if (Object.is(before, after)) return;
  if (isObject(before) && isObject(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
      yield* differences(before[key], after[key], [...path, key]);
    return;
  }
  const field = path.filter((key) => !/^\d+$/.test(key)).join(' ') || 'the document';
  if (after === undefined) {
    yield `${field} is the default`;
    return;
  }
  const value = JSON.stringify(after);
  yield value.length > longestShown ? `${field} changed` : `${field} ${value}`;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
