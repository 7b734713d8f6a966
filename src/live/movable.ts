/**
 * Buffers that a value can be moved with. Moving takes them from whoever had the value, at no cost whatever their size;
 * a copy costs the more, the larger they are.
 */
import { OwnSet } from './own-collections.ts';

/** Stage code may replace what is global; these were taken before. */
const { isView } = ArrayBuffer;
const Buffer = ArrayBuffer;
const { apply, getPrototypeOf } = Reflect;
const isInstance = Function.prototype[Symbol.hasInstance];
const isA = <T>(value: object, of: abstract new (...args: never[]) => T): value is object & T =>
  // Nearly always; the other way is a call that engines do not see into.
  getPrototypeOf(value) === of.prototype || apply(isInstance, of, [value]);
const getterOf = (prototype: object, name: string): (() => unknown) =>
  Object.getOwnPropertyDescriptor(prototype, name)!.get as () => unknown;
const arrays = getPrototypeOf(Uint8Array.prototype) as object;
const bufferOfArray = getterOf(arrays, 'buffer');
/** Of what is no typed array: undefined. */
const kindOfArray = Object.getOwnPropertyDescriptor(arrays, Symbol.toStringTag)!
  .get as () => unknown;
const bufferOfView = getterOf(DataView.prototype, 'buffer');
const Plain = Object.prototype;

/** Calls `use` with each buffer in a buffer, a view of one, or a plain object of such; what lies deeper is copied. */
export function eachMovable(value: unknown, use: (buffer: ArrayBuffer) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if (useOwn(value, use)) return;
  if (getPrototypeOf(value) !== Plain) return;
  for (const key in value) {
    const part = (value as Record<string, unknown>)[key];
    if (typeof part === 'object' && part !== null) useOwn(part, use);
  }
}

/** Whether the value is a buffer or a view. */
function useOwn(value: object, use: (buffer: ArrayBuffer) => void): boolean {
  const isAView = isView(value);
  if (!isAView && !isA(value, Buffer)) return false;
  const buffer = isAView ? bufferOf(value) : value;
  // Shared memory is nobody's, and goes along by itself.
  if (isA(buffer, Buffer)) use(buffer);
  return true;
}

function bufferOf(view: object): object {
  const isDataView = apply(kindOfArray, view, []) === undefined;
  return apply(isDataView ? bufferOfView : bufferOfArray, view, []) as object;
}

/** So much is looked through for buffers. */
const partsMax = 100_000;
const { isArray } = Array;
const eachOfMap = Map.prototype.forEach;
const eachOfSet = Set.prototype.forEach;
const AnyMap = Map;
const AnySet = Set;

/** Calls `use` with every buffer anywhere in a value that came in a message, as often as it is in it; false: too much. */
export function eachBuffer(value: unknown, use: (buffer: ArrayBuffer) => void): boolean {
  if (typeof value !== 'object' || value === null || useOwn(value, use)) return true;
  const seen = new OwnSet<object>();
  const todo: unknown[] = [value];
  let length = 1;
  const look = (part: unknown): void => {
    if (typeof part === 'object' && part !== null) todo[length++] = part;
  };
  for (let parts = 0; length > 0; parts++) {
    if (parts === partsMax) return false;
    const part = todo[--length];
    if (typeof part !== 'object' || part === null || useOwn(part, use) || seen.has(part)) continue;
    seen.add(part);
    if (isArray(part)) for (let i = 0; i < part.length; i++) look(part[i]);
    else if (isA(part, AnyMap)) {
      apply(eachOfMap, part, [(entry: unknown, key: unknown) => (look(key), look(entry))]);
    } else if (isA(part, AnySet)) apply(eachOfSet, part, [look]);
    else for (const key in part) look((part as Record<string, unknown>)[key]);
  }
  return true;
}
