/** A growable ring buffer of 32-bit integers: a queue's hot path without garbage. */
export class Int32Deque {
  #ring: Int32Array;
  #head = 0;
  #length = 0;

  constructor(capacity = 16) {
    this.#ring = new Int32Array(powerOfTwo(capacity));
  }

  get length(): number {
    return this.#length;
  }

  /** The i-th from the front; undefined outside [0, length). */
  at(i: number): number | undefined {
    if (i < 0 || i >= this.#length) return undefined;
    return this.#ring[(this.#head + i) & (this.#ring.length - 1)];
  }

  push(value: number): void {
    if (this.#length === this.#ring.length) this.#grow();
    this.#ring[(this.#head + this.#length) & (this.#ring.length - 1)] = value;
    this.#length++;
  }

  /** Puts one back at the front. */
  unshift(value: number): void {
    if (this.#length === this.#ring.length) this.#grow();
    this.#head = (this.#head - 1) & (this.#ring.length - 1);
    this.#ring[this.#head] = value;
    this.#length++;
  }

  /** Takes the front one; undefined when empty. */
  shift(): number | undefined {
    if (this.#length === 0) return undefined;
    const value = this.#ring[this.#head];
    this.#head = (this.#head + 1) & (this.#ring.length - 1);
    this.#length--;
    return value;
  }

  /** Takes the last one; undefined when empty. */
  pop(): number | undefined {
    if (this.#length === 0) return undefined;
    this.#length--;
    return this.#ring[(this.#head + this.#length) & (this.#ring.length - 1)];
  }

  clear(): void {
    this.#head = 0;
    this.#length = 0;
  }

  #grow(): void {
    const old = this.#ring;
    const ring = new Int32Array(old.length * 2);
    ring.set(old.subarray(this.#head));
    ring.set(old.subarray(0, this.#head), old.length - this.#head);
    this.#ring = ring;
    this.#head = 0;
  }
}

/** The same for numbers (times). */
export class Float64Deque {
  #ring: Float64Array;
  #head = 0;
  #length = 0;

  constructor(capacity = 16) {
    this.#ring = new Float64Array(powerOfTwo(capacity));
  }

  get length(): number {
    return this.#length;
  }

  /** The i-th from the front; undefined outside [0, length). */
  at(i: number): number | undefined {
    if (i < 0 || i >= this.#length) return undefined;
    return this.#ring[(this.#head + i) & (this.#ring.length - 1)];
  }

  push(value: number): void {
    if (this.#length === this.#ring.length) this.#grow();
    this.#ring[(this.#head + this.#length) & (this.#ring.length - 1)] = value;
    this.#length++;
  }

  /** Puts one back at the front. */
  unshift(value: number): void {
    if (this.#length === this.#ring.length) this.#grow();
    this.#head = (this.#head - 1) & (this.#ring.length - 1);
    this.#ring[this.#head] = value;
    this.#length++;
  }

  /** Takes the front one; undefined when empty. */
  shift(): number | undefined {
    if (this.#length === 0) return undefined;
    const value = this.#ring[this.#head];
    this.#head = (this.#head + 1) & (this.#ring.length - 1);
    this.#length--;
    return value;
  }

  /** Takes the last one; undefined when empty. */
  pop(): number | undefined {
    if (this.#length === 0) return undefined;
    this.#length--;
    return this.#ring[(this.#head + this.#length) & (this.#ring.length - 1)];
  }

  clear(): void {
    this.#head = 0;
    this.#length = 0;
  }

  #grow(): void {
    const old = this.#ring;
    const ring = new Float64Array(old.length * 2);
    ring.set(old.subarray(this.#head));
    ring.set(old.subarray(0, this.#head), old.length - this.#head);
    this.#ring = ring;
    this.#head = 0;
  }
}

function powerOfTwo(atLeast: number): number {
  let size = 1;
  while (size < atLeast) size *= 2;
  return size;
}
