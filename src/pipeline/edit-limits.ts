/** Renaming and removing a shared limit: the stages that use it, and pointers to it, follow. */
import { formatPointer, parsePointer } from '../base/json-pointer.ts';
import { fail, ok, type Result } from '../base/result.ts';
import { accepted } from './edit.ts';
import type { PipelineDocument, StageDocument } from './types.ts';

/** Gives a limit another name everywhere. */
export function renameLimit(
  document: PipelineDocument,
  from: string,
  to: string,
): Result<PipelineDocument> {
  if (from === to) return ok(document);
  if (to.trim() === '') return fail('a limit needs a name, such as "api"');
  if (document.limits && Object.hasOwn(document.limits, to))
    return fail(`there is a limit "${to}" already: choose another name`);
  return accepted(document, withLimit(document, from, to));
}

/** Takes a limit out, and with it every use of it. */
export function removeLimit(document: PipelineDocument, name: string): Result<PipelineDocument> {
  return accepted(document, withLimit(document, name, null));
}

/** @param to the new name; null: it is gone. */
function withLimit(document: PipelineDocument, from: string, to: string | null): PipelineDocument {
  const renamed = (name: string): string | null => (name === from ? to : name);
  const { limits, sweep, variants, lesson, ...rest } = document;
  const left = withKeys(limits, renamed);
  const inSet = <T>(set: Record<string, T> | undefined) =>
    withKeys(set, (pointer) => pointerOf(pointer, renamed));
  const swept = inSet(sweep);
  return {
    ...rest,
    stages: document.stages.map((stage) => withUses(stage, from, renamed)),
    ...(left && { limits: left }),
    ...(swept && { sweep: swept }),
    ...(variants && {
      variants: variants.map((variant) => ({ ...variant, set: inSet(variant.set) ?? {} })),
    }),
    ...(lesson && {
      lesson: lesson.map((step) => (step.set ? { ...step, set: inSet(step.set) ?? {} } : step)),
    }),
  };
}

function withUses(
  stage: StageDocument,
  from: string,
  renamed: (name: string) => string | null,
): StageDocument {
  if (!stage.uses || !Object.hasOwn(stage.uses, from)) return stage;
  const { uses, ...rest } = stage;
  const left = withKeys(uses, renamed);
  return left ? { ...rest, uses: left } : rest;
}

/** "/limits/api", "/stages/call/uses/api": by the limit's new name; null: it names one that is gone. */
function pointerOf(pointer: string, renamed: (name: string) => string | null): string | null {
  const segments = parsePointer(pointer) ?? [];
  const at =
    segments[0] === 'limits' ? 1 : segments[0] === 'stages' && segments[2] === 'uses' ? 3 : -1;
  const name = segments[at];
  if (name === undefined) return pointer;
  const to = renamed(name);
  return to === null ? null : formatPointer(segments.with(at, to));
}

/** Keys rewritten in place; undefined: nothing is left. */
function withKeys<T>(
  table: Record<string, T> | undefined,
  rename: (key: string) => string | null,
): Record<string, T> | undefined {
  const entries = Object.entries(table ?? {}).flatMap(([key, value]): [string, T][] => {
    const to = rename(key);
    return to === null ? [] : [[to, value]];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
