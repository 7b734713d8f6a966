/**
 * A value as bytes that give exactly that value back (`valueOfBytes`), so that it can be compressed.
 *
 *   tag (1 byte)  length or count (4 bytes, where it varies)  content
 *
 * Unlike canonical bytes these keep the order of keys. What they could not give back exactly has none: an
 * object that is referred to twice (also in a cycle), arrays with holes, views of a part of a buffer,
 * errors, blobs, regular expressions, boxed primitives.
 */
import { ByteWriter } from '../../base/byte-writer.ts';

export const tag = {
  undefined: 1,
  null: 2,
  false: 3,
  true: 4,
  /** 32 bits, signed. */
  integer: 5,
  number: 6,
  /** Decimal digits. */
  bigint: 7,
  /** UTF-8. */
  string: 8,
  /** UTF-16 units: a string with half a surrogate pair has no UTF-8. */
  brokenString: 9,
  array: 10,
  object: 11,
  map: 12,
  set: 13,
  date: 14,
  buffer: 15,
  view: 16,
} as const;

/** Views that can be written, by name; more may exist one day, and are not written then. */
export const viewKinds = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
  DataView,
} as const;
export type ViewName = keyof typeof viewKinds;
export const isViewName = (name: string): name is ViewName => Object.hasOwn(viewKinds, name);

/** Deeper values are not written: the engine's stack is finite. */
export const depthMax = 500;
const defaultBytesMax = 256 * 1024 * 1024;
const text = new TextEncoder();
const halfSurrogate = /\p{Surrogate}/u;

/** Thrown inside, never seen outside. */
class Unwritable extends Error {}

/** null: it would not come back exactly, or takes more than `bytesMax`. */
export function bytesOfValue(
  value: unknown,
  bytesMax = defaultBytesMax,
): Uint8Array<ArrayBuffer> | null {
  const out = new ByteWriter(bytesMax);
  try {
    write(out, value, new Set(), 0);
    return out.finish();
  } catch (error) {
    if (error instanceof Unwritable || error instanceof RangeError) return null;
    throw error;
  }
}

function write(out: ByteWriter, value: unknown, seen: Set<object>, depth: number): void {
  switch (typeof value) {
    case 'undefined':
      return out.byte(tag.undefined);
    case 'boolean':
      return out.byte(value ? tag.true : tag.false);
    case 'number':
      return writeNumber(out, value);
    case 'bigint':
      out.byte(tag.bigint);
      return writeCounted(out, text.encode(String(value)));
    case 'string':
      return writeString(out, value);
    case 'object':
      return value === null ? out.byte(tag.null) : writeObject(out, value, seen, depth + 1);
    default:
      throw new Unwritable();
  }
}

function writeNumber(out: ByteWriter, value: number): void {
  if ((value | 0) === value && !Object.is(value, -0)) {
    out.byte(tag.integer);
    return out.uint32(value >>> 0);
  }
  out.byte(tag.number);
  out.float64(value);
}

function writeCounted(out: ByteWriter, bytes: Uint8Array): void {
  out.uint32(bytes.length);
  out.bytes(bytes);
}

function writeString(out: ByteWriter, value: string): void {
  if (!halfSurrogate.test(value)) {
    out.byte(tag.string);
    return writeCounted(out, text.encode(value));
  }
  const units = Uint16Array.from({ length: value.length }, (_, i) => value.charCodeAt(i));
  out.byte(tag.brokenString);
  writeCounted(out, new Uint8Array(units.buffer));
}

function writeObject(out: ByteWriter, value: object, seen: Set<object>, depth: number): void {
  if (seen.has(value) || depth > depthMax) throw new Unwritable();
  seen.add(value);
  const part = (one: unknown): void => write(out, one, seen, depth);
  if (Array.isArray(value)) {
    // As many keys as entries, and none of them a hole.
    if (Object.keys(value).length !== value.length) throw new Unwritable();
    out.byte(tag.array);
    out.uint32(value.length);
    for (let i = 0; i < value.length; i++) {
      if (!(i in value)) throw new Unwritable();
      part(value[i]);
    }
  } else if (value instanceof Map) {
    out.byte(tag.map);
    out.uint32(value.size);
    for (const [key, entry] of value) {
      part(key);
      part(entry);
    }
  } else if (value instanceof Set) {
    out.byte(tag.set);
    out.uint32(value.size);
    for (const entry of value) part(entry);
  } else if (value instanceof Date) {
    out.byte(tag.date);
    out.float64(value.getTime());
  } else if (value instanceof ArrayBuffer) {
    out.byte(tag.buffer);
    writeCounted(out, wholeBuffer(value));
  } else if (ArrayBuffer.isView(value)) {
    writeView(out, value, seen);
  } else if (Object.getPrototypeOf(value) === Object.prototype) {
    const keys = Object.keys(value);
    out.byte(tag.object);
    out.uint32(keys.length);
    for (const key of keys) {
      writeString(out, key);
      part((value as Record<string, unknown>)[key]);
    }
  } else throw new Unwritable();
}

function writeView(out: ByteWriter, view: ArrayBufferView, seen: Set<object>): void {
  const name = Object.prototype.toString.call(view).slice(8, -1);
  const { buffer } = view;
  if (!isViewName(name) || !(buffer instanceof ArrayBuffer) || seen.has(buffer)) {
    throw new Unwritable();
  }
  if (view.byteLength !== buffer.byteLength) throw new Unwritable();
  seen.add(buffer);
  out.byte(tag.view);
  writeString(out, name);
  writeCounted(out, wholeBuffer(buffer));
}

function wholeBuffer(buffer: ArrayBuffer): Uint8Array {
  if ((buffer as { resizable?: boolean }).resizable === true) throw new Unwritable();
  return new Uint8Array(buffer);
}
