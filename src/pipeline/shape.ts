/** Holds a value against a schema and puts what is wrong into sentences. */
import * as v from 'valibot';
import { asPointer, byId, inWords, type Path, shown, stageNames } from './place.ts';
import type { Schema } from './schema-parts.ts';
import type { Problem } from './types.ts';

interface Fault {
  path: Path;
  /** What follows the name of the place: " is 0: use 1 or more". */
  tail: string;
}

function faultOf(issue: v.BaseIssue<unknown>): Fault {
  const path = (issue.path ?? []).map((item) => (item as { key: unknown }).key as string | number);
  const last = issue.path?.at(-1) as { origin?: string } | undefined;
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    return { path, tail: ` is not a field here: ${issue.message}` };
  }
  const missing = last?.origin === 'key' && /_object$/.test(issue.type);
  if (missing) {
    const hint = issue.message === '' ? '' : `: ${issue.message}`;
    return { path, tail: ` is missing${hint}` };
  }
  return { path, tail: ` is ${shown(issue.input)}: ${issue.message}` };
}

/** What is wrong with the shape of a whole document, in the order of its fields. */
export function shapeProblems(schema: Schema, document: unknown): Problem[] {
  const names = stageNames(document);
  return faults(schema, document).map(({ path, tail }) => {
    const place = byId(path, names);
    const stage = place[0] === 'stages' && typeof place[1] === 'string' ? place[1] : null;
    return {
      severity: 'error' as const,
      pointer: asPointer(place),
      ...(stage === null ? {} : { stage }),
      message: `${inWords(place) || 'the document'}${tail}`,
    };
  });
}

/** The first thing wrong with a value that is to stand at `path`, as a sentence; null: nothing. */
export function shapeFault(schema: Schema, value: unknown, path: Path): string | null {
  const fault = faults(schema, value)[0];
  return fault ? `${inWords([...path, ...fault.path])}${fault.tail}` : null;
}

function faults(schema: Schema, value: unknown): Fault[] {
  const result = v.safeParse(schema, value);
  return result.success ? [] : result.issues.map(faultOf);
}
