/** Rules about the pointers and values of variants, sweep and lesson. */
import { withAt } from './pointer.ts';
import type { Path } from './place.ts';
import type { Findings } from './rules.ts';
import { parsePointer } from '../base/json-pointer.ts';
import type { Schema } from './schema-parts.ts';
import { stage as stageSchema } from './schema-stage.ts';
import { schemaAt } from './schema-at.ts';
import { shapeFault } from './shape.ts';
import type { PipelineDocument, Problem } from './types.ts';

/** The errors of a document by all rules but those of this file. */
export type Judge = (document: PipelineDocument) => Problem[];

export function checkSettings(document: PipelineDocument, findings: Findings, judge: Judge): void {
  const { variants = [], sweep = {}, lesson = [] } = document;
  let known: Set<string> | null = null;
  const freshError = (changed: PipelineDocument): string | null => {
    known ??= new Set(judge(document).map((problem) => problem.message));
    return judge(changed).find((problem) => !known!.has(problem.message))?.message ?? null;
  };
  const names = new Set<string>();
  for (const [index, variant] of variants.entries()) {
    if (names.has(variant.name)) {
      findings.error(
        ['variants', index, 'name'],
        `is "${variant.name}" again: give each variant its own name`,
      );
    }
    names.add(variant.name);
    checkSet(document, variant.set, ['variants', index, 'set'], findings, freshError);
  }
  for (const [pointer, values] of Object.entries(sweep)) {
    const found = schemaAt(document, pointer);
    if ('error' in found) findings.error(['sweep', pointer], `points nowhere: ${found.error}`);
    else {
      values.forEach((value, index) => {
        checkValue(found.schema, pointer, value, ['sweep', pointer, index], findings);
      });
    }
  }
  for (const [index, step] of lesson.entries()) {
    if (step.set) checkSet(document, step.set, ['lesson', index, 'set'], findings, freshError);
  }
}

function checkSet(
  document: PipelineDocument,
  set: Record<string, unknown>,
  path: Path,
  findings: Findings,
  freshError: (changed: PipelineDocument) => string | null,
): void {
  let changed: PipelineDocument | null = document;
  let good = true;
  for (const [pointer, value] of Object.entries(set)) {
    const found = schemaAt(document, pointer);
    if ('error' in found) {
      findings.error([...path, pointer], `points nowhere: ${found.error}`);
      good = false;
      continue;
    }
    good = checkValue(found.schema, pointer, value, [...path, pointer], findings) && good;
    if (changed) changed = withAt(changed, pointer, value);
  }
  if (!good || !changed || changed === document) return;
  // Fields that are right one by one may still not go together.
  const fault = changedShapeFault(document, changed) ?? freshError(changed);
  if (fault !== null) findings.error(path, `leads to a document that can't run: ${fault}`);
}

function checkValue(
  schema: Schema,
  pointer: string,
  value: unknown,
  path: Path,
  findings: Findings,
): boolean {
  const fault = shapeFault(schema, value, parsePointer(pointer) ?? []);
  if (fault !== null) findings.error(path, `does not fit: ${fault}`);
  return fault === null;
}

/** What is wrong with the shape of the parts that differ; the rest is shared and known to be right. */
function changedShapeFault(before: PipelineDocument, after: PipelineDocument): string | null {
  const [old, now] = [before as unknown as Fields, after as unknown as Fields];
  for (const key of Object.keys(now)) {
    if (old[key] === now[key]) continue;
    const fault =
      key === 'stages'
        ? firstFault(
            after.stages
              .filter((stage, index) => stage !== before.stages[index])
              .map((stage) => ({ schema: stageSchema, value: stage, path: ['stages', stage.id] })),
          )
        : firstFault([{ schema: fieldSchema(before, key), value: now[key], path: [key] }]);
    if (fault !== null) return fault;
  }
  return null;
}

type Fields = Record<string, unknown>;

function fieldSchema(document: PipelineDocument, key: string): Schema | null {
  const found = schemaAt(document, `/${key}`);
  return 'schema' in found ? found.schema : null;
}

function firstFault(parts: { schema: Schema | null; value: unknown; path: Path }[]): string | null {
  for (const { schema, value, path } of parts) {
    const fault = schema && shapeFault(schema, value, path);
    if (fault !== null) return fault;
  }
  return null;
}
