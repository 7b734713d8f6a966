import { clone } from './builtins.ts';
import type { Fault } from '../wire.ts';

const nodesMax = 100_000;

/**
 * Where in a value the part is that cannot be sent to another thread, and what it is:
 * "result.handler is a function".
 */
export function whyUncloneable(value: unknown): string {
  try {
    return findUncloneable(value);
  } catch {
    // A getter or a proxy of the stage's own, which the copy met as well.
    return 'reading a part of the result throws';
  }
}

function findUncloneable(value: unknown): string {
  const seen = new Set<object>();
  const todo: { path: string; value: unknown }[] = [{ path: 'result', value }];
  for (let count = 0; todo.length > 0 && count < nodesMax; count++) {
    const { path, value: part } = todo.pop()!;
    if (typeof part === 'function' || typeof part === 'symbol') {
      return `${path} is a ${typeof part}`;
    }
    if (typeof part !== 'object' || part === null || seen.has(part)) continue;
    seen.add(part);
    const parts = partsOf(part, path);
    if (parts === null || (parts.length === 0 && !canClone(part))) {
      return `${path} is ${article(typeName(part))}`;
    }
    for (let i = parts.length - 1; i >= 0; i--) todo.push(parts[i]!);
  }
  return 'the result is nested too deeply, or too large';
}

/** The parts that are cloned with an object; null: the object itself cannot be. */
function partsOf(value: object, path: string): { path: string; value: unknown }[] | null {
  if (value instanceof Map) {
    return [...value].flatMap(([key, entry]) => [
      { path: `${path} (a key of the Map)`, value: key },
      { path: `${path}.get(${JSON.stringify(key)?.slice(0, 40)})`, value: entry },
    ]);
  }
  if (value instanceof Set) {
    return [...value].map((entry) => ({ path: `${path} (in the Set)`, value: entry }));
  }
  const tag = Object.prototype.toString.call(value);
  if (tag === '[object Promise]' || tag === '[object WeakMap]' || tag === '[object WeakSet]')
    return null;
  if (tag !== '[object Array]' && tag !== '[object Object]') return [];
  const isList = Array.isArray(value);
  return Object.keys(value).map((key) => ({
    path: isList ? `${path}[${key}]` : `${path}.${key}`,
    value: (value as Record<string, unknown>)[key],
  }));
}

function canClone(value: object): boolean {
  try {
    clone(value);
    return true;
  } catch {
    return false;
  }
}

const typeName = (value: object): string =>
  (value.constructor as { name?: string } | undefined)?.name ?? 'object';
const article = (name: string): string => `${/^[AEIOU]/i.test(name) ? 'an' : 'a'} ${name}`;

/** @param what is said to be what cannot be sent. */
export const cannotBeSent = (what: string, value: unknown): Fault => ({
  message: `${what} cannot be sent to another thread: ${whyUncloneable(value)}.`,
  stack: '',
});
