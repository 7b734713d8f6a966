/**
 * Edits of a document as pure functions: a new document, or the sentence that says why not. An edit
 * never makes a sound document unsound; one that has errors already may be edited as long as no new
 * error comes in.
 */
import { fail, ok, type Result } from '../base/result.ts';
import { pathBetween } from './graph.ts';
import { parseDocument } from './parse.ts';
import { withAt } from './pointer.ts';
import { freeId, idFrom } from './rules-graph.ts';
import { noStage, schemaAt } from './schema-at.ts';
import type { PipelineDocument, StageDocument } from './types.ts';

/** What a new stage does until someone says otherwise: 10 ms of CPU. */
const newWork: StageDocument['work'] = { kind: 'synthetic', phases: [{ cpu: 10 }] };

function ids(document: PipelineDocument): string[] {
  return document.stages.map((stage) => stage.id);
}

function stageOf(document: PipelineDocument, id: string): Result<StageDocument> {
  const stage = document.stages.find((candidate) => candidate.id === id);
  return stage ? ok(stage) : fail(noStage(id, ids(document)));
}

/** The changed document, unless it has an error that was not there before. */
export function accepted(
  before: PipelineDocument,
  after: PipelineDocument,
): Result<PipelineDocument> {
  const errors = parseDocument(after).problems.filter((problem) => problem.severity === 'error');
  if (errors.length === 0) return ok(after);
  const known = new Set(parseDocument(before).problems.map((problem) => problem.message));
  const fresh = errors.find((problem) => !known.has(problem.message));
  return fresh ? fail(fresh.message) : ok(after);
}

/** Adds a stage at the end of the list; its id is made of the name. */
export function addStage(
  document: PipelineDocument,
  options: { name?: string; after?: string[]; work?: StageDocument['work'] } = {},
): Result<{ document: PipelineDocument; id: string }> {
  const { name = '', after = [], work = newWork } = options;
  const id = freeId(idFrom(name), document);
  const stage: StageDocument = {
    id,
    ...(name === '' || name === id ? {} : { name }),
    ...(after.length === 0 ? {} : { after }),
    work,
  };
  const result = accepted(document, { ...document, stages: [...document.stages, stage] });
  return result.ok ? ok({ document: result.value, id }) : result;
}

/**
 * Puts a new stage on the way from one stage (null: from the source) to another; the two are no longer
 * connected but through it.
 */
export function insertStage(
  document: PipelineDocument,
  from: string | null,
  to: string,
  name = '',
): Result<{ document: PipelineDocument; id: string }> {
  const added = addStage(document, { name, after: from === null ? [] : [from] });
  if (!added.ok) return added;
  const child = stageOf(document, to);
  if (!child.ok) return child;
  const { after = [] } = child.value;
  if (from === null ? after.length > 0 : !after.includes(from))
    return fail(`"${to}" does not take the outputs of "${from ?? 'the source'}"`);
  const { id } = added.value;
  const parents = from === null ? [id] : after.map((parent) => (parent === from ? id : parent));
  const stages = added.value.document.stages.map((stage) =>
    stage.id === to ? { ...stage, after: parents } : stage,
  );
  // Listed where it stands: between the two.
  const at = stages.findIndex((stage) => stage.id === to);
  const inserted = stages.pop()!;
  const result = accepted(document, { ...document, stages: stages.toSpliced(at, 0, inserted) });
  return result.ok ? ok({ document: result.value, id }) : result;
}

/** Makes `to` take the outputs of `from`. */
export function connect(
  document: PipelineDocument,
  from: string,
  to: string,
): Result<PipelineDocument> {
  const [parent, child] = [stageOf(document, from), stageOf(document, to)];
  if (!parent.ok) return parent;
  if (!child.ok) return child;
  return moveParents(document, to, [...(child.value.after ?? []), from]);
}

/** Takes the connection away; a stage that has lost its last parent is fed by the source. */
export function disconnect(
  document: PipelineDocument,
  from: string,
  to: string,
): Result<PipelineDocument> {
  const child = stageOf(document, to);
  if (!child.ok) return child;
  const after = child.value.after ?? [];
  if (!after.includes(from)) return fail(`"${to}" does not take the outputs of "${from}"`);
  return moveParents(
    document,
    to,
    after.filter((parent) => parent !== from),
  );
}

/**
 * Why these two cannot be connected, as far as the graph alone tells; null: it does not forbid it. Cheap
 * enough to be asked of every stage while a connection is drawn.
 */
export function connectionFault(
  { stages }: PipelineDocument,
  from: string,
  to: string,
): string | null {
  if (from === to) return `"${to}" can't take its own outputs`;
  if (stages.find(({ id }) => id === to)?.after?.includes(from)) return taken(from, to);
  const back = pathBetween(stages, to, from);
  if (back === null) return null;
  return `connecting "${from}" to "${to}" would close a cycle: ${[...back, to].join(' → ')}`;
}

const taken = (from: string, to: string): string =>
  `"${to}" takes the outputs of "${from}" already`;

/** Gives a stage these parents and no others. */
export function moveParents(
  document: PipelineDocument,
  id: string,
  after: readonly string[],
): Result<PipelineDocument> {
  const stage = stageOf(document, id);
  if (!stage.ok) return stage;
  const old = stage.value.after ?? [];
  for (const parent of after) {
    const known = stageOf(document, parent);
    if (!known.ok) return known;
    if (after.indexOf(parent) !== after.lastIndexOf(parent)) return fail(taken(parent, id));
    const fault = old.includes(parent) ? null : connectionFault(document, parent, id);
    if (fault !== null) return fail(fault);
  }
  const { after: _, ...rest } = stage.value;
  const changed: StageDocument = after.length === 0 ? rest : { ...rest, after: [...after] };
  const stages = document.stages.map((other) => (other.id === id ? changed : other));
  return accepted(document, { ...document, stages });
}

/** Sets the value at a pointer; undefined takes it back to its default. */
export function setAt(
  document: PipelineDocument,
  pointer: string,
  value: unknown,
): Result<PipelineDocument> {
  const changed = withAt(document, pointer, value);
  if (changed === null || typeof changed !== 'object') return fail(noPlace(document, pointer));
  return accepted(document, changed);
}

/**
 * The document to run for a variant, a sweep point or a lesson step. It has no variants, sweep and
 * lesson of its own any more: those are about the original, and need not fit this one.
 */
export function applySet(
  document: PipelineDocument,
  set: Readonly<Record<string, unknown>>,
): Result<PipelineDocument> {
  const { variants: _variants, sweep: _sweep, lesson: _lesson, ...base } = document;
  let changed: PipelineDocument = base;
  for (const [pointer, value] of Object.entries(set)) {
    const next = withAt(changed, pointer, value);
    if (next === null) return fail(noPlace(changed, pointer));
    changed = next;
  }
  return accepted(base, changed);
}

function noPlace(document: PipelineDocument, pointer: string): string {
  const found = schemaAt(document, pointer);
  return 'error' in found ? found.error : `there is no place ${pointer} in this document`;
}
