/**
 * Two array binary heaps on typed arrays.
 *
 *   EventHeap    events of a virtual clock: (time, rank, order) → value, smallest first
 *   IndexedHeap  ids 0…n-1 under a comparator, each at most once, movable when its key changes
 */

/**
 * A min-heap of events keyed by time, then `rank` (what kind of event goes first at one instant),
 * then `order` (which one of that kind). Four parallel columns; no object is made for an event.
 */
export class EventHeap {
  #time: Float64Array;
  #rank: Int32Array;
  #order: Int32Array;
  #value: Int32Array;
  #size = 0;
  /** Time of the first event; Infinity when empty. Read-only: a field, since it is asked for at every instant. */
  topTime = Infinity;

  constructor(capacity = 64) {
    const room = Math.max(1, capacity);
    this.#time = new Float64Array(room);
    this.#rank = new Int32Array(room);
    this.#order = new Int32Array(room);
    this.#value = new Int32Array(room);
  }

  get size(): number {
    return this.#size;
  }

  /** Whether the first event comes at `time`. */
  isDue(time: number): boolean {
    return this.topTime === time;
  }

  /** Rank, order and value of the first event. Only meaningful when size > 0. */
  get topRank(): number {
    return this.#rank[0]!;
  }
  get topOrder(): number {
    return this.#order[0]!;
  }
  get topValue(): number {
    return this.#value[0]!;
  }

  push(time: number, rank: number, order: number, value: number): void {
    if (this.#size === this.#time.length) this.#grow();
    if (time < this.topTime) this.topTime = time;
    this.#siftUp(this.#size++, time, rank, order, value);
  }

  /** Takes the first event and returns its value; -1 when empty. Read its time before. */
  pop(): number {
    if (this.#size === 0) return -1;
    const value = this.#value[0]!;
    const last = --this.#size;
    if (last > 0) {
      this.#siftDown(this.#time[last]!, this.#rank[last]!, this.#order[last]!, this.#value[last]!);
      this.topTime = this.#time[0]!;
    } else this.topTime = Infinity;
    return value;
  }

  clear(): void {
    this.#size = 0;
    this.topTime = Infinity;
  }

  /** Moves the hole at `hole` up until the new event fits. */
  #siftUp(hole: number, time: number, rank: number, order: number, value: number): void {
    const times = this.#time;
    const ranks = this.#rank;
    const orders = this.#order;
    const values = this.#value;
    let at = hole;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const parentTime = times[parent]!;
      if (parentTime < time) break;
      if (parentTime === time) {
        const parentRank = ranks[parent]!;
        if (parentRank < rank || (parentRank === rank && orders[parent]! <= order)) break;
      }
      times[at] = parentTime;
      ranks[at] = ranks[parent]!;
      orders[at] = orders[parent]!;
      values[at] = values[parent]!;
      at = parent;
    }
    times[at] = time;
    ranks[at] = rank;
    orders[at] = order;
    values[at] = value;
  }

  /** Fills the hole at the top with the smaller child, level by level, until the event fits. */
  #siftDown(time: number, rank: number, order: number, value: number): void {
    const times = this.#time;
    const ranks = this.#rank;
    const orders = this.#order;
    const values = this.#value;
    const size = this.#size;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      const right = child + 1;
      if (right < size && this.#before(right, child)) child = right;
      const childTime = times[child]!;
      if (time < childTime) break;
      if (time === childTime) {
        const childRank = ranks[child]!;
        if (rank < childRank || (rank === childRank && order <= orders[child]!)) break;
      }
      times[at] = childTime;
      ranks[at] = ranks[child]!;
      orders[at] = orders[child]!;
      values[at] = values[child]!;
      at = child;
    }
    times[at] = time;
    ranks[at] = rank;
    orders[at] = order;
    values[at] = value;
  }

  #before(a: number, b: number): boolean {
    const timeA = this.#time[a]!;
    const timeB = this.#time[b]!;
    if (timeA !== timeB) return timeA < timeB;
    const rankA = this.#rank[a]!;
    const rankB = this.#rank[b]!;
    if (rankA !== rankB) return rankA < rankB;
    return this.#order[a]! < this.#order[b]!;
  }

  #grow(): void {
    const room = this.#time.length * 2;
    const time = new Float64Array(room);
    const rank = new Int32Array(room);
    const order = new Int32Array(room);
    const value = new Int32Array(room);
    time.set(this.#time);
    rank.set(this.#rank);
    order.set(this.#order);
    value.set(this.#value);
    this.#time = time;
    this.#rank = rank;
    this.#order = order;
    this.#value = value;
  }
}

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
