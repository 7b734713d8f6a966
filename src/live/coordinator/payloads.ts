import { assert } from '../../base/assert.ts';
import { byteSize } from '../../base/digest.ts';

const pageBits = 10;
const pageRows = 1 << pageBits;

/**
 * Payloads of 1,024 item rows in columns: a run with a million items under way has no object an item
 * beyond the values themselves.
 */
interface Page {
  values: unknown[];
  bytes: Float64Array;
  /** Readers that have not let go, + 1; 0: nothing is held. */
  readers: Uint16Array;
  used: number;
}

/** Stands for a value that can be made again whenever it is read. */
export const remade = Symbol('remade');

/** The values in flight, each counted once however many read it. */
export class Payloads {
  /** Bytes of all values held. */
  heldBytes = 0;
  /** Stage + 1 → what it put out. */
  readonly #stages: StagePayloads[] = [];
  readonly #remake: (item: number) => unknown;

  /** @param remake the value of a source item that was put as `remade`. */
  constructor(remake: (item: number) => unknown = () => undefined) {
    this.#remake = remake;
  }

  #of(stage: number): StagePayloads {
    return (this.#stages[stage + 1] ??= new StagePayloads());
  }

  /** @param readers child stages; 0: it is delivered. Returns its size in bytes. */
  put(stage: number, item: number, value: unknown, readers: number, knownBytes?: number): number {
    const bytes = knownBytes ?? byteSize(value);
    this.#of(stage).put(item, value, bytes, readers);
    this.heldBytes += bytes;
    return bytes;
  }

  has(stage: number, item: number): boolean {
    return this.#of(stage).bytesOf(item) !== undefined;
  }

  get(stage: number, item: number): unknown {
    const held = this.#of(stage);
    const row = held.rowOf(item);
    const value = held.valueAt(row);
    return value === remade ? this.#remake(row) : value;
  }

  /** One of its readers will ask, and let go, under another name. */
  alias(stage: number, item: number, copy: number): void {
    this.#of(stage).alias(item, copy);
  }

  release(stage: number, item: number): void {
    this.heldBytes -= this.#of(stage).release(item);
  }

  /** Bytes of what is held. */
  bytesOf(stage: number, item: number): number {
    return this.#of(stage).bytesOf(item) ?? 0;
  }

  /** Takes a result out. */
  take(stage: number, item: number): unknown {
    const value = this.get(stage, item);
    const held = this.#of(stage);
    this.heldBytes -= held.forget(held.rowOf(item));
    return value;
  }
}

/** What one stage (or the source) has put out. */
class StagePayloads {
  readonly #pages: (Page | undefined)[] = [];
  /** The last page that became empty, for the next one: a row that comes and goes at once makes none. */
  #spare: Page | undefined;
  /** Name of a copy → the item it was put out for. */
  readonly #originals = new Map<number, number>();
  /** Item → its copies. */
  readonly #copies = new Map<number, number[]>();

  /** The row that something is held in, by whatever name. */
  rowOf(item: number): number {
    return this.#originals.size === 0 ? item : (this.#originals.get(item) ?? item);
  }

  #page(row: number): Page {
    const page = this.#pages[row >> pageBits];
    assert(page !== undefined && page.readers[row & (pageRows - 1)]! > 0, 'a payload is held');
    return page;
  }

  put(row: number, value: unknown, bytes: number, readers: number): void {
    const page = (this.#pages[row >> pageBits] ??= this.#emptyPage());
    const slot = row & (pageRows - 1);
    if (page.readers[slot] === 0) page.used++;
    page.values[slot] = value;
    page.bytes[slot] = bytes;
    page.readers[slot] = readers + 1;
  }

  valueAt(row: number): unknown {
    return this.#page(row).values[row & (pageRows - 1)];
  }

  bytesOf(item: number): number | undefined {
    const row = this.rowOf(item);
    const page = this.#pages[row >> pageBits];
    const slot = row & (pageRows - 1);
    return page !== undefined && page.readers[slot]! > 0 ? page.bytes[slot] : undefined;
  }

  alias(item: number, copy: number): void {
    const row = this.rowOf(item);
    this.#page(row);
    this.#originals.set(copy, row);
    const copies = this.#copies.get(row);
    if (copies) copies.push(copy);
    else this.#copies.set(row, [copy]);
  }

  /** Returns the bytes that nobody reads any more. */
  release(item: number): number {
    const row = this.rowOf(item);
    const page = this.#page(row);
    const slot = row & (pageRows - 1);
    page.readers[slot]!--;
    // Gone with its last reader; under the name of a copy, which has one reader, at once.
    if (page.readers[slot]! <= 1) return this.forget(row);
    if (item !== row) this.#originals.delete(item);
    return 0;
  }

  /** Returns its bytes. */
  forget(row: number): number {
    const page = this.#page(row);
    const slot = row & (pageRows - 1);
    page.values[slot] = undefined;
    page.readers[slot] = 0;
    if (this.#copies.size > 0) {
      for (const copy of this.#copies.get(row) ?? []) this.#originals.delete(copy);
      this.#copies.delete(row);
    }
    if (--page.used === 0) {
      this.#pages[row >> pageBits] = undefined;
      this.#spare = page;
    }
    return page.bytes[slot]!;
  }

  #emptyPage(): Page {
    const page = this.#spare;
    this.#spare = undefined;
    if (page) return page;
    return {
      // Of its full length at once: a list that grows is copied over and over.
      values: new Array<unknown>(pageRows),
      bytes: new Float64Array(pageRows),
      readers: new Uint16Array(pageRows),
      used: 0,
    };
  }
}
