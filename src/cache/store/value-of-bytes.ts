import { depthMax, isViewName, tag, viewKinds } from './value-bytes.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @throws when these are not the bytes of one whole value. */
export function valueOfBytes(bytes: Uint8Array<ArrayBuffer>): unknown {
  const reader = new ValueReader(bytes);
  const value = reader.value(0);
  if (!reader.isAtEnd) throw new RangeError('there is more than one value');
  return value;
}

class ValueReader {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  value(depth: number): unknown {
    if (depth > depthMax) throw new RangeError('too deep');
    const inner = depth + 1;
    switch (this.#byte()) {
      case tag.undefined:
        return undefined;
      case tag.null:
        return null;
      case tag.false:
        return false;
      case tag.true:
        return true;
      case tag.integer:
        return this.#uint32() | 0;
      case tag.number:
        return this.#float64();
      case tag.bigint:
        return BigInt(utf8.decode(this.#counted()));
      case tag.string:
        return utf8.decode(this.#counted());
      case tag.brokenString:
        return this.#brokenString();
      case tag.array:
        return Array.from({ length: this.#count() }, () => this.value(inner));
      case tag.object:
        return this.#object(inner);
      case tag.map: {
        const map = new Map<unknown, unknown>();
        for (let left = this.#count(); left > 0; left--)
          map.set(this.value(inner), this.value(inner));
        return map;
      }
      case tag.set: {
        const set = new Set<unknown>();
        for (let left = this.#count(); left > 0; left--) set.add(this.value(inner));
        return set;
      }
      case tag.date:
        return new Date(this.#float64());
      case tag.buffer:
        return this.#counted().slice().buffer;
      case tag.view:
        return this.#typedArray();
      default:
        throw new RangeError('an unknown kind of value');
    }
  }

  #object(depth: number): object {
    const object: Record<string, unknown> = {};
    for (let left = this.#count(); left > 0; left--) {
      const name = this.value(depth);
      if (typeof name !== 'string') throw new RangeError('a name that is no string');
      const value = this.value(depth);
      // Assigned, it would change what the object is.
      if (name !== '__proto__') object[name] = value;
      else {
        const own = { value, writable: true, enumerable: true, configurable: true };
        Object.defineProperty(object, name, own);
      }
    }
    return object;
  }

  #typedArray(): ArrayBufferView {
    const name = this.value(depthMax);
    const { buffer } = this.#counted().slice();
    if (typeof name !== 'string' || !isViewName(name)) throw new RangeError('an unknown view');
    const View = viewKinds[name] as new (buffer: ArrayBuffer) => ArrayBufferView;
    return new View(buffer);
  }

  #brokenString(): string {
    const bytes = this.#counted();
    const parts: string[] = [];
    for (let i = 0; i < bytes.length; i += 2) {
      parts.push(String.fromCharCode(bytes[i]! | (bytes[i + 1]! << 8)));
    }
    return parts.join('');
  }

  #byte(): number {
    return this.#view.getUint8(this.#skip(1));
  }
  #uint32(): number {
    return this.#view.getUint32(this.#skip(4), true);
  }
  #float64(): number {
    return this.#view.getFloat64(this.#skip(8), true);
  }

  /** Every part takes a byte at least, so that a false count can't ask for more memory than there is. */
  #count(): number {
    const count = this.#uint32();
    if (count > this.#bytes.length - this.#at) throw new RangeError('it ends too early');
    return count;
  }

  #counted(): Uint8Array<ArrayBuffer> {
    const length = this.#uint32();
    const from = this.#skip(length);
    return this.#bytes.subarray(from, from + length);
  }

  #skip(length: number): number {
    const from = this.#at;
    if (length > this.#bytes.length - from) throw new RangeError('it ends too early');
    this.#at += length;
    return from;
  }
}
