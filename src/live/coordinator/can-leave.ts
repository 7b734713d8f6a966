/**
 * Whether a value can leave the sandbox. Shared memory and modules of WebAssembly can not, as the page is
 * another process: a message that holds one anywhere never arrives, with all else that is in it, and nobody hears
 * of that.
 */
export const canLeave = (value: unknown): boolean => costOf(value) >= 0;

/**
 * What it costs the page's own thread to make a copy of it, beside its bytes: 1 an object, less a small value.
 * -1: it can not leave the sandbox.
 */
export function costOf(value: unknown): number {
  if (!isObject(value)) return 0;
  const seen = new Set<object>([value]);
  let small = 0;
  // Grows while it is walked through.
  for (const one of seen) {
    // By name: their constructors may be hidden.
    const kind = Object.prototype.toString.call(one).slice(8, -1);
    if (kind === 'SharedArrayBuffer' || kind === 'WebAssembly.Module') return -1;
    for (const part of partsOf(one)) {
      if (isObject(part)) seen.add(part);
      else small++;
    }
  }
  return seen.size + small / smallInObject;
}

/** What stands in the place of a result that would keep the page from answering. */
export const tooLarge = '(not shown: it is too large to be copied to the page in one piece)';

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

/** Small values that take as long as one object, about. */
const smallInObject = 8;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
