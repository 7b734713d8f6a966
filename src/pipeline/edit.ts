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

/** A copy of a stage with the same parents, right after it in the list. */
export function duplicateStage(
  document: PipelineDocument,
  id: string,
): Result<{ document: PipelineDocument; id: string }> {
  const stage = stageOf(document, id);
  if (!stage.ok) return stage;
  const copyId = freeId(id, document);
  const { name, ...rest } = structuredClone(stage.value);
  const copy = {
    ...rest,
    id: copyId,
    ...(name === undefined ? {} : { name: `${name} copy`.slice(0, 200) }),
  };
  const stages = document.stages.flatMap((other) => (other.id === id ? [other, copy] : [other]));
  const result = accepted(document, { ...document, stages });
  return result.ok ? ok({ document: result.value, id: copyId }) : result;
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
    if (parent === id) return fail(`"${id}" can't take its own outputs`);
    if (after.indexOf(parent) !== after.lastIndexOf(parent)) {
      return fail(`"${id}" takes the outputs of "${parent}" already`);
    }
    const back = old.includes(parent) ? null : pathBetween(document.stages, id, parent);
    if (back) {
      return fail(
        `connecting "${parent}" to "${id}" would close a cycle: ${[...back, id].join(' → ')}`,
      );
    }
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
