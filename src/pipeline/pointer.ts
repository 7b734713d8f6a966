/** Reading and writing one place of a document by JSON Pointer, where stages go by id. */
import { parsePointer } from '../base/json-pointer.ts';
import { defaultSource } from './defaults.ts';

type Json = Record<string, unknown> | unknown[];

function isContainer(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}

/** The key of `segment` in a container: an index for lists, found by id among the stages; null: none. */
function keyIn(
  container: Json,
  segment: string,
  depth: number,
  first: string,
): string | number | null {
  if (!Array.isArray(container)) return segment;
  if (depth === 1 && first === 'stages') {
    const index = container.findIndex(
      (stage) => (stage as { id?: unknown } | null)?.id === segment,
    );
    return index < 0 ? null : index;
  }
  return /^(0|[1-9]\d*)$/.test(segment) && Number(segment) < container.length
    ? Number(segment)
    : null;
}

/** The value at a pointer; undefined if there is none. */
export function getAt(document: unknown, pointer: string): unknown {
  const segments = parsePointer(pointer);
  if (segments === null) return undefined;
  let at: unknown = document;
  for (const [depth, segment] of segments.entries()) {
    if (!isContainer(at)) return undefined;
    const key = keyIn(at, segment, depth, segments[0]!);
    if (key === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string | number, unknown>)[key];
  }
  return at;
}

/**
 * A copy of the document with another value at a pointer; everything else is shared. Undefined takes
 * the field out (back to its default), and with it objects that become empty. null: no such place.
 */
export function withAt<T>(document: T, pointer: string, value: unknown): T | null {
  const segments = parsePointer(pointer);
  if (segments === null) return null;
  if (segments.length === 0) return value as T;
  const result = replaced(document, segments, 0, value);
  return result === null ? null : (result.value as T);
}

/** Objects that are not the same as absent when empty: `cache: {}` turns the cache on. */
const meansSomethingEmpty = new Set(['cache', 'set', 'service', 'files']);

function replaced(
  container: unknown,
  segments: readonly string[],
  depth: number,
  value: unknown,
): { value: unknown } | null {
  if (depth === segments.length) return { value };
  const segment = segments[depth]!;
  if (segment in Object.prototype) return null;
  const old = isContainer(container) ? container : startOf(segments, depth);
  const key = keyIn(old, segment, depth, segments[0]!);
  if (key === null) return null;
  const inner = (old as Record<string | number, unknown>)[key];
  const part = replaced(Object.hasOwn(old, key) ? inner : undefined, segments, depth + 1, value);
  if (part === null) return null;
  if (Array.isArray(old)) {
    if (part.value === undefined) return { value: old.filter((_, index) => index !== key) };
    return { value: old.with(key as number, part.value) };
  }
  const copy: Record<string, unknown> = { ...old };
  if (part.value === undefined) delete copy[key];
  else copy[key] = part.value;
  const emptied =
    part.value === undefined &&
    Object.keys(copy).length === 0 &&
    depth > 0 &&
    !meansSomethingEmpty.has(segments[depth - 1]!);
  return { value: emptied ? undefined : copy };
}

/** What an absent object begins as, when one of its fields is set: most with all other defaults. */
function startOf(segments: readonly string[], depth: number): Record<string, unknown> {
  const name = segments[depth - 1];
  if (depth === 1 && name === 'source') return { ...defaultSource };
  if (depth === 2 && name === 'arrivals' && segments[0] === 'source') return { kind: 'all' };
  return {};
}
