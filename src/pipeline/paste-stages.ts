/** Stages of one document put into another, and copies of stages within one. */
import { fail, ok, type Result } from '../base/result.ts';
import { ceilings } from './ceilings.ts';
import { copyStages } from './copy-stages.ts';
import { accepted } from './edit.ts';
import { parseDocument } from './parse.ts';
import { stageInPointer, withRewrittenIds } from './rewrite-ids.ts';
import { freeId } from './rules-graph.ts';
import { noStage } from './schema-at.ts';
import type { PipelineDocument, StageDocument, Variant } from './types.ts';

export interface Pasted {
  document: PipelineDocument;
  /** The new stages, in the order of what was pasted. */
  ids: string[];
  /** What could not be taken over as it was, a sentence each. */
  notes: string[];
}

/** Reads what somebody wants to paste: any document, whole or a part; else the sentence that says why not. */
export function readPasted(text: string): Result<PipelineDocument> {
  if (text.trim() === '')
    return fail('there is no text on the clipboard: copy stages or a document first');
  if (!/^\s*\{/.test(text))
    return fail('the clipboard holds another text: copy stages here, or a whole document');
  const { document, problems } = parseDocument(text);
  if (document !== null) return ok(document);
  const why = problems[0]?.message ?? 'it has no stages';
  return fail(`what is on the clipboard is no pipeline document: ${why}`);
}

/**
 * Adds the stages of `part` behind the others, under free ids, with the edges among them. Those of them
 * that come first in `part` come after the stages that `parentsOf` names (none: fed by the source).
 * Limits, modules, targets, and variants and sweeps of these stages alone come along.
 */
export function pasteStages(
  document: PipelineDocument,
  part: PipelineDocument,
  parentsOf: (id: string) => readonly string[],
): Result<Pasted> {
  const newIds = freshIds(document, part);
  const there = new Set(document.stages.map(({ id }) => id));
  const placed = part.stages.map((stage): StageDocument => {
    const { id, name, after = [], ...rest } = stage;
    const parents =
      after.length > 0
        ? after.map((parent) => newIds.get(parent) ?? parent)
        : parentsOf(id).filter((parent) => there.has(parent));
    return {
      id: newIds.get(id)!,
      ...(name !== undefined && { name }),
      ...(parents.length > 0 && { after: [...parents] }),
      ...rest,
    };
  });
  const notes: string[] = [];
  const limits = merged(document.limits, part.limits, (name, kept, other) =>
    notes.push(`The limit "${name}" stays ${kept}; what was pasted had ${other}.`),
  );
  const modules = merged(document.modules, part.modules, (name) =>
    notes.push(`The module "${name}" stays as it is here; what was pasted had another text.`),
  );
  const renamed = withRewrittenIds({ ...part, stages: [] }, { to: (id) => newIds.get(id) ?? id });
  const stageTargets = { ...document.targets?.stages, ...renamed.targets?.stages };
  const variants = [...(document.variants ?? []), ...ownVariants(document, renamed)];
  const sweep = { ...document.sweep, ...ownSweep(renamed) };
  const next: PipelineDocument = { ...document, stages: [...document.stages, ...placed] };
  if (limits) next.limits = limits;
  if (modules) next.modules = modules;
  if (renamed.targets?.stages) next.targets = { ...document.targets, stages: stageTargets };
  if (variants.length > (document.variants?.length ?? 0)) next.variants = variants;
  if (Object.keys(sweep).length > Object.keys(document.sweep ?? {}).length) next.sweep = sweep;
  const result = accepted(document, next);
  if (!result.ok) return fail(ownFault(part) ?? result.error);
  return ok({ document: result.value, ids: placed.map(({ id }) => id), notes });
}

/** Copies of stages beside them: with the same parents, or the copies of those. Children stay where they are. */
export function duplicateStages(
  document: PipelineDocument,
  ids: readonly string[],
): Result<Pasted> {
  const known = document.stages.map(({ id }) => id);
  const missing = ids.find((id) => !known.includes(id));
  const part = copyStages(document, ids);
  if (missing !== undefined || part === null) return fail(noStage(missing ?? '', known));
  const copied = new Set(ids);
  const parents = new Map(document.stages.map(({ id, after }) => [id, after ?? []]));
  const taken = new Set(document.stages.map(({ name }) => name));
  const named = part.stages.map((stage) => {
    if (stage.name === undefined) return stage;
    const name = freeCopyName(stage.name, taken);
    taken.add(name);
    return { ...stage, name };
  });
  const pasted = pasteStages(document, { ...part, stages: named }, (id) => parents.get(id)!);
  if (!pasted.ok) return pasted;
  const newIds = new Map(part.stages.map(({ id }, at) => [id, pasted.value.ids[at]!]));
  // Parents in their old order, those that were copied too as their copies.
  const order = (stage: StageDocument, original: string): StageDocument => {
    const after = parents.get(original)!.map((id) => (copied.has(id) ? newIds.get(id)! : id));
    return after.length === 0 ? stage : { ...stage, after };
  };
  const copies = pasted.value.document.stages
    .slice(document.stages.length)
    .map((stage, at) => order(stage, part.stages[at]!.id));
  // Listed right after the last of the originals.
  const last = known.findLastIndex((id) => copied.has(id));
  const stages = document.stages.toSpliced(last + 1, 0, ...copies);
  const result = accepted(document, { ...pasted.value.document, stages });
  return result.ok ? ok({ ...pasted.value, document: result.value }) : result;
}

/** "Fast copy", "Fast copy 2": the first that nobody has. */
function freeCopyName(name: string, taken: ReadonlySet<string | undefined>): string {
  for (let number = 1; ; number++) {
    const end = number === 1 ? ' copy' : ` copy ${number}`;
    const free = name.slice(0, ceilings.nameLetters - end.length) + end;
    if (!taken.has(free)) return free;
  }
}

/** What is wrong with the stages by themselves, in the ids that whoever pastes them knows; null: nothing. */
function ownFault({ format, stages, limits, modules }: PipelineDocument): string | null {
  const alone = { format, stages, ...(limits && { limits }), ...(modules && { modules }) };
  const { problems } = parseDocument(alone);
  return problems.find(({ severity }) => severity === 'error')?.message ?? null;
}

function freshIds(document: PipelineDocument, part: PipelineDocument): Map<string, string> {
  const ids = new Map<string, string>();
  // One that no other stage asks for is kept, so that a copy of a copy does not push others aside.
  const grown = { ...document, stages: [...document.stages] };
  for (const stage of part.stages) {
    const id = freeId(stage.id, grown);
    ids.set(stage.id, id);
    grown.stages.push({ ...stage, id });
  }
  return ids;
}

/** What is there stays; undefined: there is nothing on either side. */
function merged<T>(
  table: Record<string, T> | undefined,
  other: Record<string, T> | undefined,
  clash: (name: string, kept: T, other: T) => void,
): Record<string, T> | undefined {
  if (!other) return table;
  const result: Record<string, T> = { ...table };
  for (const [name, value] of Object.entries(other)) {
    if (!Object.hasOwn(result, name)) result[name] = value;
    else if (result[name] !== value) clash(name, result[name]!, value);
  }
  return result;
}

const isOfStages = (pointer: string): boolean => stageInPointer(pointer) !== null;

/** Variants that change nothing but stages, under names that are free. */
function ownVariants(document: PipelineDocument, { variants = [] }: PipelineDocument): Variant[] {
  const taken = new Set(document.variants?.map(({ name }) => name));
  return variants.flatMap((variant) => {
    const pointers = Object.keys(variant.set);
    if (pointers.length === 0 || !pointers.every(isOfStages)) return [];
    let { name } = variant;
    for (let n = 2; taken.has(name); n++) name = `${variant.name} ${n}`;
    taken.add(name);
    return [{ ...variant, name }];
  });
}

function ownSweep({ sweep = {} }: PipelineDocument): Record<string, unknown[]> {
  return Object.fromEntries(Object.entries(sweep).filter(([pointer]) => isOfStages(pointer)));
}
