/**
 * Whether a value can leave the sandbox. Shared memory and modules of WebAssembly can not, as the page is
 * another process: a message that holds one anywhere never arrives, with all else that is in it, and nobody hears
 * of that.
 */
export function canLeave(value: unknown): boolean {
  if (!isObject(value)) return true;
  const seen = new Set<object>([value]);
  // Grows while it is walked through.
  for (const one of seen) {
    // By name: their constructors may be hidden.
    const kind = Object.prototype.toString.call(one).slice(8, -1);
    if (kind === 'SharedArrayBuffer' || kind === 'WebAssembly.Module') return false;
    for (const part of partsOf(one)) if (isObject(part)) seen.add(part);
  }
  return true;
}

/** What stands in the place of a result that can not. */
export const cannotLeave =
  '(not shown: it holds shared memory or a module of WebAssembly, which cannot leave the sandbox)';

function partsOf(value: object): Iterable<unknown> {
  if (ArrayBuffer.isView(value)) return [value.buffer];
  if (value instanceof Map) return [...value.keys(), ...value.values()];
  if (value instanceof Set) return value;
  if (value instanceof Error) return [value.cause];
  return Object.values(value);
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
