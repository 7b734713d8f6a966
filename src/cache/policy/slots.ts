/** What one entry of a cache is, in columns: a slot is a number, used again once its entry has gone. */
export class Slots {
  /** Bytes of all entries. */
  bytes = 0;
  /** Number of entries. */
  size = 0;
  maxBytes: number;
  readonly maxEntries: number;
  readonly keys: (string | number)[] = [];
  bytesOf = new Float64Array(firstRoom);
  storedAt = new Float64Array(firstRoom);
  usedAt = new Float64Array(firstRoom);
  /** Infinity: never. */
  expiresAt = new Float64Array(firstRoom);
  hits = new Float64Array(firstRoom);
  /** Neighbours in the one list of its policy that a slot is in; -1: none. */
  older = new Int32Array(firstRoom);
  newer = new Int32Array(firstRoom);
  /** Slots whose entries have gone, a stack. */
  #free = new Int32Array(firstRoom);
  #freeCount = 0;

  constructor(maxBytes: number, maxEntries: number) {
    this.maxBytes = maxBytes;
    this.maxEntries = maxEntries;
  }

  /** Number of slots there is room for; it only grows. */
  get room(): number {
    return this.bytesOf.length;
  }

  hasRoomFor(bytes: number): boolean {
    return this.bytes + bytes <= this.maxBytes && this.size < this.maxEntries;
  }

  /** Only for the moment in which the limit has just become smaller. */
  get isOver(): boolean {
    return this.bytes > this.maxBytes;
  }

  /** A slot without an entry. */
  take(): number {
    if (this.#freeCount > 0) return this.#free[--this.#freeCount]!;
    const slot = this.keys.length;
    if (slot === this.room) this.#grow();
    return slot;
  }

  giveBack(slot: number): void {
    // Let go of a string that nobody else may hold.
    this.keys[slot] = 0;
    this.#free[this.#freeCount++] = slot;
  }

  clear(): void {
    this.keys.length = 0;
    this.#freeCount = 0;
    this.bytes = 0;
    this.size = 0;
  }

  #grow(): void {
    const room = this.room * 2;
    this.bytesOf = wider(this.bytesOf, new Float64Array(room));
    this.storedAt = wider(this.storedAt, new Float64Array(room));
    this.usedAt = wider(this.usedAt, new Float64Array(room));
    this.expiresAt = wider(this.expiresAt, new Float64Array(room));
    this.hits = wider(this.hits, new Float64Array(room));
    this.older = wider(this.older, new Int32Array(room));
    this.newer = wider(this.newer, new Int32Array(room));
    this.#free = wider(this.#free, new Int32Array(room));
  }
}

const firstRoom = 64;

/** The old column at the start of a new one. */
export function wider<Column extends Float64Array | Int32Array>(
  old: Column,
  column: Column,
): Column {
  column.set(old);
  return column;
}
