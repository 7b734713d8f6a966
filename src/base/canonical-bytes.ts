/**
 * One byte string for each value: equal values give equal bytes, different ones different bytes.
 *
 *   tag (1 byte)  length or count (4 bytes, where it varies)  content
 *
 * - Object keys are sorted. Map and Set keep their order: code that loops over one can tell.
 * - Two references to one object are written twice, as if it were two equal objects; only a cycle is
 *   written as a reference, by how many levels up it points.
 * - -0 differs from 0, a hole from undefined; NaN is always the same NaN.
 * - Blob and File count by name, size and type alone: their content can't be read at once.
 *
 * "Exact" bytes are for those who take a computation's result for that of an equal input: whatever code could
 * tell apart differs. Keys keep their order, two references to one object are one, a view of a part of a buffer
 * counts with the whole of it, and what can't be read through (blobs, pictures, compiled modules) has none.
 */
import { ByteWriter } from './byte-writer.ts';

const tag = {
  undefined: 0x01,
  null: 0x02,
  false: 0x03,
  true: 0x04,
  number: 0x05,
  bigint: 0x06,
  /** UTF-8. */
  string: 0x07,
  /** UTF-16 units: a string with half a surrogate pair has no UTF-8. */
  brokenString: 0x08,
  array: 0x09,
  sparseArray: 0x0a,
  object: 0x0b,
  map: 0x0c,
  set: 0x0d,
  date: 0x0e,
  regExp: 0x0f,
  error: 0x10,
  buffer: 0x11,
  view: 0x12,
  blob: 0x13,
  boxed: 0x14,
  /** How many objects ago it began. */
  cycle: 0x15,
  imageData: 0x16,
  partialView: 0x17,
} as const;

/** A value still to be written, or the end of an object whose parts are all written. */
type Todo = { value: unknown } | { leave: object };

const defaultLimitBytes = 2 ** 30;
const text = new TextEncoder();
const halfSurrogate = /\p{Surrogate}/u;

/**
 * The canonical bytes of a structured-cloneable value.
 * @throws TypeError for functions and symbols, RangeError if they take more than `limitBytes`.
 */
export const canonicalBytes = (
  value: unknown,
  limitBytes = defaultLimitBytes,
): Uint8Array<ArrayBuffer> => bytesOf(value, limitBytes, false);

/**
 * Bytes that differ wherever code could tell two values apart.
 * @throws TypeError also for what can't be read through.
 */
export const exactBytes = (value: unknown, limitBytes: number): Uint8Array<ArrayBuffer> =>
  bytesOf(value, limitBytes, true);

function bytesOf(value: unknown, limitBytes: number, isExact: boolean): Uint8Array<ArrayBuffer> {
  const out = new ByteWriter(limitBytes);
  /** Objects being written, outermost first, with their depth; exact: all there were so far. */
  const open = new Map<object, number>();
  // A stack of its own: a list linked 100,000 deep must not overflow the engine's.
  const todo: Todo[] = [{ value }];
  let next: Todo | undefined;
  while ((next = todo.pop()) !== undefined) {
    if ('leave' in next) {
      if (!isExact) open.delete(next.leave);
      continue;
    }
    const item = next.value;
    if (typeof item !== 'object' || item === null) {
      writePrimitive(out, item);
      continue;
    }
    const depth = open.get(item);
    if (depth !== undefined) {
      out.byte(tag.cycle);
      out.uint32(open.size - depth);
      continue;
    }
    const parts = writeObject(out, item, isExact);
    if (parts === null) continue;
    open.set(item, open.size);
    todo.push({ leave: item });
    for (let i = parts.length - 1; i >= 0; i--) todo.push({ value: parts[i] });
  }
  return out.finish();
}

function writePrimitive(out: ByteWriter, value: unknown): void {
  switch (typeof value) {
    case 'undefined':
      return out.byte(tag.undefined);
    case 'boolean':
      return out.byte(value ? tag.true : tag.false);
    case 'number':
      out.byte(tag.number);
      return out.float64(Number.isNaN(value) ? NaN : value);
    case 'bigint':
      out.byte(tag.bigint);
      return writeCounted(out, text.encode(value.toString(16)));
    case 'string':
      return writeString(out, value);
    case 'object':
      return out.byte(tag.null);
    default:
      throw new TypeError(`a ${typeof value} can't be part of a result: it can't be copied`);
  }
}

function writeCounted(out: ByteWriter, bytes: Uint8Array): void {
  out.uint32(bytes.length);
  out.bytes(bytes);
}

/** Up to this length strings without accents are written as they are; the encoder costs more. */
const shortMax = 64;

function isShortAscii(value: string): boolean {
  if (value.length > shortMax) return false;
  for (let i = 0; i < value.length; i++) if (value.charCodeAt(i) > 0x7f) return false;
  return true;
}

function writeString(out: ByteWriter, value: string): void {
  if (isShortAscii(value)) {
    out.byte(tag.string);
    out.uint32(value.length);
    for (let i = 0; i < value.length; i++) out.byte(value.charCodeAt(i));
    return;
  }
  if (!halfSurrogate.test(value)) {
    out.byte(tag.string);
    return writeCounted(out, text.encode(value));
  }
  const units = new Uint8Array(value.length * 2);
  for (let i = 0; i < value.length; i++) {
    units[2 * i] = value.charCodeAt(i) & 0xff;
    units[2 * i + 1] = value.charCodeAt(i) >>> 8;
  }
  out.byte(tag.brokenString);
  writeCounted(out, units);
}

/** Writes the head of an object; returns the parts to write after it, null if there are none. */
function writeObject(out: ByteWriter, value: object, isExact: boolean): unknown[] | null {
  if (Array.isArray(value)) return writeArray(out, value, isExact);
  if (ArrayBuffer.isView(value)) {
    writeView(out, value, isExact);
    return null;
  }
  const kind = Object.prototype.toString.call(value);
  switch (kind) {
    case '[object ArrayBuffer]':
    case '[object SharedArrayBuffer]':
      if (isExact) refuseGrowing(value as ArrayBuffer);
      out.byte(tag.buffer);
      writeCounted(out, new Uint8Array(value as ArrayBuffer));
      return null;
    case '[object Map]': {
      const map = value as Map<unknown, unknown>;
      out.byte(tag.map);
      out.uint32(map.size);
      return [...map].flat(1);
    }
    case '[object Set]': {
      const set = value as Set<unknown>;
      out.byte(tag.set);
      out.uint32(set.size);
      return [...set];
    }
    case '[object Date]':
      out.byte(tag.date);
      out.float64((value as Date).getTime());
      return null;
    case '[object RegExp]':
      out.byte(tag.regExp);
      writeString(out, (value as RegExp).source);
      writeString(out, (value as RegExp).flags);
      return null;
    case '[object Error]': {
      // Not the stack: it names the URLs of this very run.
      const error = value as Error;
      out.byte(tag.error);
      writeString(out, String(error.name));
      writeString(out, String(error.message));
      return [error.cause];
    }
    case '[object ImageData]': {
      const { width, height, colorSpace, data } = value as ImageData;
      out.byte(tag.imageData);
      return [width, height, colorSpace, data];
    }
    case '[object Blob]':
    case '[object File]': {
      if (isExact) throw unreadable(kind);
      const blob = value as Blob & { name?: string };
      out.byte(tag.blob);
      writeString(out, blob.name ?? '');
      out.float64(blob.size);
      writeString(out, blob.type);
      return null;
    }
    case '[object Number]':
    case '[object String]':
    case '[object Boolean]':
    case '[object BigInt]':
      out.byte(tag.boxed);
      writePrimitive(out, value.valueOf());
      return null;
    default:
      if (isExact && kind !== '[object Object]') throw unreadable(kind);
      return writePlainObject(out, value as Record<string, unknown>, isExact);
  }
}

const unreadable = (kind: string): TypeError => new TypeError(`what ${kind} holds can't be read`);

/** Code can tell such a buffer from one that never changes its size, though both hold the same. */
function refuseGrowing(
  buffer: ArrayBufferLike & { resizable?: boolean; growable?: boolean },
): void {
  if (buffer.resizable === true || buffer.growable === true) throw unreadable('a growing buffer');
}

function writeView(out: ByteWriter, view: ArrayBufferView, isExact: boolean): void {
  const { buffer, byteOffset, byteLength } = view;
  const isPart = isExact && byteLength !== buffer.byteLength;
  if (isExact) refuseGrowing(buffer as ArrayBuffer);
  out.byte(isPart ? tag.partialView : tag.view);
  writeString(out, Object.prototype.toString.call(view).slice(8, -1));
  if (isPart) {
    out.float64(byteOffset);
    out.float64(byteLength);
  }
  writeCounted(
    out,
    isPart ? new Uint8Array(buffer) : new Uint8Array(buffer, byteOffset, byteLength),
  );
}

function writePlainObject(
  out: ByteWriter,
  value: Record<string, unknown>,
  isExact: boolean,
): unknown[] {
  const keys = Object.keys(value);
  if (!isExact) keys.sort();
  out.byte(tag.object);
  out.uint32(keys.length);
  // All keys first: the values are written later, in the same order.
  for (const key of keys) writeString(out, key);
  return keys.map((key) => value[key]);
}

function writeArray(out: ByteWriter, value: unknown[], isExact: boolean): unknown[] {
  const keys = Object.keys(value);
  // Indexes come first in Object.keys: as many keys as entries, the last one an index, means no holes.
  const full =
    keys.length === value.length &&
    (value.length === 0 || keys[keys.length - 1] === String(value.length - 1));
  if (full) {
    out.byte(tag.array);
    out.uint32(value.length);
    return value;
  }
  out.byte(tag.sparseArray);
  out.uint32(value.length);
  // Indexes, in order, then other keys (a RegExp match has some).
  const isIndex = (key: string): boolean => /^\d+$/.test(key) && Number(key) < value.length;
  const others = keys.filter((key) => !isIndex(key));
  if (!isExact) others.sort();
  const ordered = [...keys.filter(isIndex), ...others];
  out.uint32(ordered.length);
  for (const key of ordered) writeString(out, key);
  return ordered.map((key) => (value as unknown as Record<string, unknown>)[key]);
}
