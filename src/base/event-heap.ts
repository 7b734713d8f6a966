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
