/**
 * A heap of ids under a comparator (negative: a goes first). An id is in it at most once; after its
 * key has changed call `update`. push, update, remove and pop take O(log n), the rest O(1).
 */
export class IndexedHeap {
  readonly #compare: (a: number, b: number) => number;
  #heap: Int32Array;
  /** Place of an id in the heap + 1; 0: not in it. */
  #place: Int32Array;
  #size = 0;

  constructor(compare: (a: number, b: number) => number, capacity = 16) {
    this.#compare = compare;
    this.#heap = new Int32Array(Math.max(1, capacity));
    this.#place = new Int32Array(Math.max(1, capacity));
  }

  get size(): number {
    return this.#size;
  }

  has(id: number): boolean {
    return id < this.#place.length && this.#place[id]! > 0;
  }

  /** The first id; -1 when empty. */
  top(): number {
    return this.#size === 0 ? -1 : this.#heap[0]!;
  }

  /** Adds an id, or moves it if it is in already. */
  push(id: number): void {
    if (id >= this.#place.length || this.#size >= this.#heap.length) this.#grow(id);
    if (this.#place[id]! > 0) this.update(id);
    else this.#siftUp(this.#size++, id);
  }

  #grow(id: number): void {
    if (id >= this.#place.length) this.#place = grown(this.#place, id + 1);
    if (this.#size >= this.#heap.length) this.#heap = grown(this.#heap, this.#size + 1);
  }

  /** Restores the order after the key of `id` has changed. */
  update(id: number): void {
    const at = this.#place[id]! - 1;
    if (at > 0 && this.#compare(id, this.#heap[(at - 1) >> 1]!) < 0) this.#siftUp(at, id);
    else this.#siftDown(at, id);
  }

  /** Takes an id out; does nothing if it is not in. */
  remove(id: number): void {
    if (!this.has(id)) return;
    const at = this.#place[id]! - 1;
    this.#place[id] = 0;
    const moved = this.#heap[--this.#size]!;
    if (moved !== id) this.#fill(at, moved);
  }

  #fill(hole: number, id: number): void {
    this.#heap[hole] = id;
    this.#place[id] = hole + 1;
    this.update(id);
  }

  /** Takes the first id; -1 when empty. */
  pop(): number {
    const id = this.top();
    if (id >= 0) this.remove(id);
    return id;
  }

  clear(): void {
    for (let i = 0; i < this.#size; i++) this.#place[this.#heap[i]!] = 0;
    this.#size = 0;
  }

  #siftUp(hole: number, id: number): void {
    const heap = this.#heap;
    let at = hole;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const other = heap[parent]!;
      if (this.#compare(id, other) >= 0) break;
      heap[at] = other;
      this.#place[other] = at + 1;
      at = parent;
    }
    heap[at] = id;
    this.#place[id] = at + 1;
  }

  #siftDown(hole: number, id: number): void {
    const heap = this.#heap;
    let at = hole;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.#size) break;
      const right = child + 1;
      if (right < this.#size && this.#compare(heap[right]!, heap[child]!) < 0) child = right;
      const other = heap[child]!;
      if (this.#compare(id, other) <= 0) break;
      heap[at] = other;
      this.#place[other] = at + 1;
      at = child;
    }
    heap[at] = id;
    this.#place[id] = at + 1;
  }
}

function grown(old: Int32Array, atLeast: number): Int32Array {
  const wider = new Int32Array(Math.max(atLeast, old.length * 2));
  wider.set(old);
  return wider;
}
