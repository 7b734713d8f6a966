/** Renaming and removing a stage: every place that names it is rewritten, or reported. */
import { parsePointer, formatPointer } from '../base/json-pointer.ts';
import { fail, ok, type Result } from '../base/result.ts';
import { accepted } from './edit.ts';
import { idFault } from './rules-graph.ts';
import { noStage } from './schema-at.ts';
import type { PipelineDocument, StageDocument } from './types.ts';

function known(document: PipelineDocument, id: string): string | null {
  const ids = document.stages.map((stage) => stage.id);
  return ids.includes(id) ? null : noStage(id, ids);
}

/**
 * What happens to a stage's id wherever it is named: another id, or null (gone). `gone` is called with
 * the place for each thing that is left out.
 */
interface Rewriting {
  id: string;
  to: string | null;
  gone: (place: string) => void;
}

/** Gives a stage another id, in parents, targets and pointers. Its shown name stays. */
export function renameStage(
  document: PipelineDocument,
  from: string,
  to: string,
): Result<PipelineDocument> {
  const unknown = known(document, from);
  if (unknown !== null) return fail(unknown);
  if (from === to) return ok(document);
  const fault = idFault(to);
  if (fault !== null) return fail(`the new id ${fault}`);
  if (known(document, to) === null) return fail(`there is a stage "${to}" already`);
  const stages = document.stages.map((stage) => (stage.id === from ? { ...stage, id: to } : stage));
  return accepted(document, rewritten({ ...document, stages }, { id: from, to, gone: () => {} }));
}

/**
 * Takes a stage out. `dangling` says, a sentence each, what named it and was taken out with it, and
 * which stages are now fed by the source.
 */
export function removeStage(
  document: PipelineDocument,
  id: string,
): Result<{ document: PipelineDocument; dangling: string[] }> {
  const unknown = known(document, id);
  if (unknown !== null) return fail(unknown);
  if (document.stages.length === 1)
    return fail(`"${id}" is the last stage: a pipeline needs at least one`);
  const dangling: string[] = [];
  for (const stage of document.stages) {
    if (stage.id === id || !stage.after?.includes(id)) continue;
    const left = stage.after.filter((parent) => parent !== id);
    const feed = left.length === 0 ? 'the source' : left.map((parent) => `"${parent}"`).join(', ');
    dangling.push(`"${stage.id}" took the outputs of "${id}" and is now fed by ${feed}.`);
  }
  const gone = (place: string): void => {
    dangling.push(`${place} pointed to "${id}" and was taken out.`);
  };
  const stages = document.stages.filter((stage) => stage.id !== id);
  const result = accepted(document, rewritten({ ...document, stages }, { id, to: null, gone }));
  return result.ok ? ok({ document: result.value, dangling }) : result;
}

function rewritten(document: PipelineDocument, by: Rewriting): PipelineDocument {
  const result: PipelineDocument = {
    ...document,
    stages: document.stages.map((s) => withParents(s, by)),
  };
  if (document.targets?.stages) {
    const stages = withKeys(
      document.targets.stages,
      (id) => (id === by.id ? by.to : id),
      'the target',
      by,
    );
    result.targets = { ...document.targets, stages };
  }
  if (document.variants) {
    result.variants = document.variants.map((variant) => ({
      ...variant,
      set: withPointers(variant.set, `the variant "${variant.name}"`, by),
    }));
  }
  if (document.sweep) {
    result.sweep = withPointers(document.sweep, 'the sweep', by);
  }
  if (document.lesson) {
    result.lesson = document.lesson.map((step) =>
      step.set
        ? { ...step, set: withPointers(step.set, `the lesson step "${step.title}"`, by) }
        : step,
    );
  }
  return result;
}

function withParents(stage: StageDocument, by: Rewriting): StageDocument {
  if (!stage.after?.includes(by.id)) return stage;
  const after = renamed(stage.after, by);
  if (after.length > 0) return { ...stage, after };
  const { after: _, ...rest } = stage;
  return rest;
}

function renamed(ids: readonly string[], by: Rewriting): string[] {
  return ids.flatMap((id) => (id !== by.id ? [id] : by.to === null ? [] : [by.to]));
}

/** Keys rewritten in place (their order is kept); null takes the entry out. */
function withKeys<T>(
  table: Record<string, T>,
  rename: (key: string) => string | null,
  place: string,
  by: Rewriting,
): Record<string, T> {
  const entries = Object.entries(table).flatMap(([key, value]): [string, T][] => {
    const to = rename(key);
    if (to === null) by.gone(place);
    return to === null ? [] : [[to, value]];
  });
  return Object.fromEntries(entries);
}

function withPointers<T>(set: Record<string, T>, place: string, by: Rewriting): Record<string, T> {
  const rename = (pointer: string): string | null => {
    const segments = parsePointer(pointer);
    const first =
      segments?.[0] === 'stages'
        ? 1
        : segments?.[0] === 'targets' && segments[1] === 'stages'
          ? 2
          : -1;
    if (!segments || first < 0 || segments[first] !== by.id) return pointer;
    if (by.to === null) return null;
    return formatPointer(segments.with(first, by.to));
  };
  const result = withKeys(set, rename, place, by);
  for (const [pointer, value] of Object.entries(result)) {
    if (/^\/stages\/[^/]+\/after$/.test(pointer)) result[pointer] = withIds(value, by);
  }
  return result;
}

/** A value of ".../after": a list of ids, or (in a sweep) a list of such lists. */
function withIds<T>(value: T, by: Rewriting): T {
  if (!Array.isArray(value)) return value;
  const nested = value.map((entry: unknown) => (Array.isArray(entry) ? withIds(entry, by) : entry));
  return nested.flatMap((entry: unknown) =>
    entry !== by.id ? [entry] : by.to === null ? [] : [by.to],
  ) as T;
}
