/** Nobody holds this item: it is in the buffer. */
export const noHolder = -2;

/**
 * A first-in first-out ring of waiting items, in typed columns: 20 bytes an item.
 * `holder` is the task whose blocked output this is (offers), or what a caller likes.
 */
export class EntryQueue {
  #capacity = 16;
  #head = 0;
  #length = 0;
  #item = new Int32Array(16);
  #holder = new Int32Array(16);
  #arrive = new Float64Array(16);
  #ready = new Float64Array(16);

  get length(): number {
    return this.#length;
  }

  push(item: number, arriveMs: number, readyMs: number, holder: number): void {
    if (this.#length === this.#capacity) this.#grow();
    const at = (this.#head + this.#length) & (this.#capacity - 1);
    this.#item[at] = item;
    this.#arrive[at] = arriveMs;
    this.#ready[at] = readyMs;
    this.#holder[at] = holder;
    this.#length++;
  }

  #slot(index: number): number {
    return (this.#head + index) & (this.#capacity - 1);
  }
  itemAt(index: number): number {
    return this.#item[this.#slot(index)]!;
  }
  arriveAt(index: number): number {
    return this.#arrive[this.#slot(index)]!;
  }
  readyAt(index: number): number {
    return this.#ready[this.#slot(index)]!;
  }
  holderAt(index: number): number {
    return this.#holder[this.#slot(index)]!;
  }

  /** Exchanges an entry with the one before it. */
  swapWithPrevious(index: number): void {
    const a = this.#slot(index);
    const b = this.#slot(index - 1);
    for (const column of [this.#item, this.#holder, this.#arrive, this.#ready]) {
      const kept = column[a]!;
      column[a] = column[b]!;
      column[b] = kept;
    }
  }

  /** The first of those that became ready last. The ready column never falls under `lifo`, which alone asks, so halving finds it. */
  firstOfNewest(): number {
    const newest = this.readyAt(this.#length - 1);
    let from = 0;
    let to = this.#length - 1;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.readyAt(middle) < newest) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /** Takes an entry out of the middle: the shorter side closes the gap. */
  removeAt(index: number): void {
    if (index < this.#length / 2) {
      for (let i = index; i > 0; i--) this.swapWithPrevious(i);
      this.dropFirst();
    } else {
      for (let i = index + 1; i < this.#length; i++) this.swapWithPrevious(i);
      this.dropLast();
    }
  }

  dropFirst(): void {
    this.#head = (this.#head + 1) & (this.#capacity - 1);
    this.#length--;
  }
  dropLast(): void {
    this.#length--;
  }

  #grow(): void {
    const twice = this.#capacity * 2;
    const unroll = <T extends Int32Array | Float64Array>(from: T, into: T): T => {
      into.set(from.subarray(this.#head));
      into.set(from.subarray(0, this.#head), this.#capacity - this.#head);
      return into;
    };
    this.#item = unroll(this.#item, new Int32Array(twice));
    this.#holder = unroll(this.#holder, new Int32Array(twice));
    this.#arrive = unroll(this.#arrive, new Float64Array(twice));
    this.#ready = unroll(this.#ready, new Float64Array(twice));
    this.#head = 0;
    this.#capacity = twice;
  }
}
