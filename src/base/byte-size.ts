/** Bytes a reference or a small value takes in an object or array. */
const slotBytes = 8;

/**
 * Estimate of the bytes a value retains: typed arrays, buffers and blobs exactly, strings 2 bytes a
 * UTF-16 unit, numbers and references 8, object keys 2 a unit (as if not shared). An object referred
 * to twice counts once. Never throws: what can't be looked into counts as one reference.
 */
export function byteSize(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength;
  const flat = flatSize(value);
  return flat < 0 ? deepSize(value, false) : flat;
}

/**
 * The same of a copy of the value in a message or in storage: a view, however small, takes its whole buffer along
 * (once, whoever shares it), and an error its stack.
 */
export function cloneSize(value: unknown): number {
  const flat = flatSize(value);
  return flat < 0 ? deepSize(value, true) : flat;
}

/** Of what holds nothing but small values, as most results do; -1: that is not so, or not known. */
function flatSize(value: unknown): number {
  if (typeof value !== 'object' || value === null) return smallSize(value);
  try {
    // What says itself what it is, and all but plain objects, is looked at more closely.
    if (Object.getPrototypeOf(value) !== Object.prototype || Symbol.toStringTag in value) return -1;
    let bytes = slotBytes;
    // Faster than a list of its keys, and what a plain object inherits is not listed.
    for (const key in value) {
      const part = smallSize((value as Record<string, unknown>)[key]);
      if (part < 0) return -1;
      bytes += 2 * key.length + part;
    }
    return bytes;
  } catch {
    // A proxy or a getter that throws.
    return -1;
  }
}

function smallSize(value: unknown): number {
  if (typeof value === 'string') return 2 * value.length;
  const isLarge = typeof value === 'bigint' || (typeof value === 'object' && value !== null);
  return isLarge ? -1 : slotBytes;
}

function deepSize(value: unknown, isClone: boolean): number {
  const seen = new Set<object>();
  const todo: unknown[] = [value];
  let bytes = 0;
  while (todo.length > 0) {
    const item = todo.pop();
    if (typeof item === 'string') bytes += 2 * item.length;
    else if (typeof item === 'bigint') bytes += bigintBytes(item);
    else if (typeof item === 'object' && item !== null) {
      if (seen.has(item)) {
        bytes += slotBytes;
        continue;
      }
      seen.add(item);
      try {
        bytes += ownBytes(item, todo, isClone);
      } catch {
        // A proxy or a getter that throws.
        bytes += slotBytes;
      }
    } else bytes += slotBytes;
  }
  return bytes;
}

function bigintBytes(value: bigint): number {
  return slotBytes + Math.ceil(value.toString(16).length / 2);
}

/** Bytes of the object itself; pushes its parts on `todo`. */
function ownBytes(value: object, todo: unknown[], isClone: boolean): number {
  if (ArrayBuffer.isView(value)) {
    if (!isClone) return value.byteLength;
    todo.push(value.buffer);
    return 0;
  }
  switch (Object.prototype.toString.call(value)) {
    case '[object ArrayBuffer]':
    case '[object SharedArrayBuffer]':
      return (value as ArrayBuffer).byteLength;
    case '[object Blob]':
    case '[object File]':
      return (value as Blob).size;
    case '[object Array]': {
      const entries = value as unknown[];
      for (let i = 0; i < entries.length; i++) {
        if (entries[i] === undefined && !(i in entries)) {
          // Sparse: look only at what is there, its length may claim four billion.
          for (const key of Object.keys(entries)) {
            if (Number(key) >= i) todo.push(entries[Number(key)]);
          }
          break;
        }
        todo.push(entries[i]);
      }
      return slotBytes;
    }
    case '[object Map]':
      for (const [key, entry] of value as Map<unknown, unknown>) todo.push(key, entry);
      return slotBytes;
    case '[object Set]':
      for (const entry of value as Set<unknown>) todo.push(entry);
      return slotBytes;
    case '[object Error]':
      todo.push((value as Error).message, (value as Error).cause);
      if (isClone) todo.push((value as Error).stack);
      return slotBytes;
    case '[object ImageData]':
      todo.push((value as ImageData).data);
      return slotBytes;
    case '[object RegExp]':
      return 2 * (value as RegExp).source.length;
    default: {
      let bytes = slotBytes;
      for (const key of Object.keys(value)) {
        bytes += 2 * key.length;
        todo.push((value as Record<string, unknown>)[key]);
      }
      return bytes;
    }
  }
}
