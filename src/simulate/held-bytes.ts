import type { ItemColumns } from '../trace/types.ts';

/**
 * Bytes in flight, without a record per payload: sizes are draws, so they can be drawn again when a
 * payload is let go. Only payloads with several readers need a count.
 */
export class HeldBytes {
  total = 0;
  /** Nothing put out has any size: there is nothing to count. */
  readonly weightless: boolean;
  readonly #items: ItemColumns;
  readonly #sizeOf: (stage: number, item: number) => number;
  readonly #readersOf: (stage: number) => number;
  /** (stage + 1, item) → readers left, for payloads with more than one. */
  readonly #readersLeft = new Map<number, number>();

  constructor(
    items: ItemColumns,
    sizeOf: (stage: number, item: number) => number,
    readersOf: (stage: number) => number,
    weightless: boolean,
  ) {
    this.weightless = weightless;
    this.#items = items;
    this.#sizeOf = sizeOf;
    this.#readersOf = readersOf;
  }

  put(stage: number, item: number): void {
    if (!this.weightless) this.#put(stage, item);
  }

  #put(stage: number, item: number): void {
    const bytes = this.#sizeOf(stage, item);
    if (bytes === 0) return;
    this.total += bytes;
    const readers = this.#readersOf(stage);
    if (readers > 1) this.#readersLeft.set(this.#name(stage, item), readers);
  }

  release(stage: number, item: number): void {
    if (!this.weightless) this.#release(stage, item);
  }

  /** Bytes of what `item` reads from one of its parents, which may have sent it nothing under `each`. */
  bytesRead(stage: number, item: number, copies: boolean): number {
    if (copies && -1 - this.#items.ordinal[item]! !== stage) return 0;
    return this.#sizeOf(stage, this.#original(stage, item));
  }

  /** A copy under `each` reads the payload of the item it was copied from. */
  #original(stage: number, item: number): number {
    const { parent, ordinal } = this.#items;
    const isCopy = parent[item]! >= 0 && ordinal[item]! < 0 && -1 - ordinal[item]! === stage;
    return isCopy ? parent[item]! : item;
  }

  #release(stage: number, item: number): void {
    const original = this.#original(stage, item);
    const bytes = this.#sizeOf(stage, original);
    if (bytes === 0) return;
    if (this.#readersOf(stage) > 1) {
      const name = this.#name(stage, original);
      const left = (this.#readersLeft.get(name) ?? 1) - 1;
      if (left > 0) {
        this.#readersLeft.set(name, left);
        return;
      }
      this.#readersLeft.delete(name);
    }
    this.total -= bytes;
  }

  /** A result leaves the pipeline. */
  deliver(stage: number, item: number): void {
    if (!this.weightless) this.total -= this.#sizeOf(stage, item);
  }

  #name(stage: number, item: number): number {
    return (stage + 1) * 0x1_0000_0000 + item;
  }
}
