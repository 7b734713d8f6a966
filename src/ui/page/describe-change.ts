import { stageTitle } from '../../pipeline/stage-title.ts';
import type { PipelineDocument, StageDocument } from '../../pipeline/types.ts';

/** One sentence of what differs. `isGraph`: it is more than the value of one field. */
export interface Change {
  text: string;
  isGraph: boolean;
}

/** What an edit made of a document, in the words of the page; null: nothing. */
export function describeChange(before: PipelineDocument, after: PipelineDocument): Change | null {
  if (before === after) return null;
  return graphChange(before, after) ?? fieldChange(before, after);
}

const nameOf = (stage: Pick<StageDocument, 'id' | 'name'>): string => `“${stageTitle(stage)}”`;

function graphChange(before: PipelineDocument, after: PipelineDocument): Change | null {
  const change = (text: string): Change => ({ text, isGraph: true });
  const idsBefore = new Set(before.stages.map(({ id }) => id));
  const idsAfter = new Set(after.stages.map(({ id }) => id));
  const added = after.stages.filter(({ id }) => !idsBefore.has(id));
  const removed = before.stages.filter(({ id }) => !idsAfter.has(id));
  if (added.length === 1 && removed.length === 1 && before.stages.length === after.stages.length)
    return change(`the id ${removed[0]!.id} is ${added[0]!.id} now`);
  if (added.length > 0) return change(`stage ${added.map(nameOf).join(', ')} added`);
  if (removed.length > 0) return change(`stage ${removed.map(nameOf).join(', ')} removed`);
  const called = (wanted: string): string =>
    nameOf(after.stages.find(({ id }) => id === wanted) ?? { id: wanted });
  for (const stage of after.stages) {
    const was = before.stages.find(({ id }) => id === stage.id);
    if (!was || was.after === stage.after) continue;
    const parents = new Set(stage.after);
    const parentsBefore = new Set(was.after);
    const joined = [...parents].find((id) => !parentsBefore.has(id));
    if (joined !== undefined) return change(`${nameOf(stage)} comes after ${called(joined)} now`);
    const left = [...parentsBefore].find((id) => !parents.has(id));
    if (left !== undefined) return change(`${nameOf(stage)} no longer comes after ${called(left)}`);
  }
  return null;
}

/** The first field that differs, by its way in the document: "“Resize”: buffer capacity 4". */
function fieldChange(before: PipelineDocument, after: PipelineDocument): Change | null {
  for (const stage of after.stages) {
    const was = before.stages.find(({ id }) => id === stage.id);
    const text = was && difference(was, stage, []);
    if (text) return { text: `${nameOf(stage)}: ${text}`, isGraph: false };
  }
  const text = difference({ ...before, stages: [] }, { ...after, stages: [] }, []);
  return text === null ? null : { text, isGraph: false };
}

const longestShown = 40;

function difference(before: unknown, after: unknown, path: readonly string[]): string | null {
  if (Object.is(before, after)) return null;
  if (isObject(before) && isObject(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const found = difference(before[key], after[key], [...path, key]);
      if (found !== null) return found;
    }
    return null;
  }
  const field = path.filter((key) => !/^\d+$/.test(key)).join(' ') || 'the document';
  if (after === undefined) return `${field} is the default`;
  const value = JSON.stringify(after);
  return value.length > longestShown ? `${field} changed` : `${field} ${value}`;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
