import { wider, type Slots } from './slots.ts';

/** 0: this very ms or earlier; b: the highest bit in which a deadline differs from the last sweep's ms is bit b − 1. */
const buckets = 54;
const high32 = 4294967296;

/**
 * Whose time is over, without looking at the others: a radix heap (Ahuja, Mehlhorn, Orlin, Tarjan 1990) on
 * whole ms. Adding and removing take O(1). A sweep looks at those that are over and at those of one more
 * bucket, which move to lower buckets; as each only ever moves down, that is O(1) an entry over its life.
 */
export class Deadlines {
  readonly #slots: Slots;
  /** ms of the last sweep, whole. */
  #lastMs = 0;
  #count = 0;
  readonly #head = new Int32Array(buckets).fill(-1);
  #deadline = new Float64Array(0);
  /** Bucket of a slot + 1; 0: it has no deadline. */
  #bucket = new Int32Array(0);
  #previous = new Int32Array(0);
  #next = new Int32Array(0);

  constructor(slots: Slots) {
    this.#slots = slots;
  }

  /** Times in ms; the deadline may be Infinity. */
  add(slot: number, deadlineMs: number, nowMs: number): void {
    // Beyond whole numbers there is no bucket; nobody lives to see it.
    if (deadlineMs > Number.MAX_SAFE_INTEGER) return;
    if (slot >= this.#bucket.length) this.#grow();
    if (this.#count++ === 0) this.#lastMs = Math.max(0, Math.floor(nowMs));
    this.#deadline[slot] = deadlineMs;
    this.#put(slot);
  }

  /** Does nothing if the slot has no deadline. */
  remove(slot: number): void {
    if (slot >= this.#bucket.length || this.#bucket[slot] === 0) return;
    const before = this.#previous[slot]!;
    const after = this.#next[slot]!;
    if (before < 0) this.#head[this.#bucket[slot]! - 1] = after;
    else this.#next[before] = after;
    if (after >= 0) this.#previous[after] = before;
    this.#bucket[slot] = 0;
    this.#count--;
  }

  /** Calls `over` for each slot whose deadline is at `nowMs` or earlier; `over` must remove it. */
  sweep(nowMs: number, over: (slot: number) => void): void {
    if (this.#count === 0) return;
    const ms = Math.floor(nowMs);
    if (ms > this.#lastMs) {
      const highest = this.#bucketOf(ms);
      this.#lastMs = ms;
      // Below the highest bit that has changed, deadlines lack that bit: they are over. Those that have it move.
      for (let bucket = 0; bucket <= highest; bucket++) this.#look(bucket, nowMs, over);
    } else this.#look(0, nowMs, over);
  }

  clear(): void {
    this.#head.fill(-1);
    this.#bucket.fill(0);
    this.#count = 0;
  }

  #look(bucket: number, nowMs: number, over: (slot: number) => void): void {
    let slot = this.#head[bucket]!;
    while (slot >= 0) {
      const next = this.#next[slot]!;
      if (this.#deadline[slot]! <= nowMs) over(slot);
      else {
        this.remove(slot);
        this.#count++;
        this.#put(slot);
      }
      slot = next;
    }
  }

  #put(slot: number): void {
    const bucket = this.#bucketOf(Math.floor(this.#deadline[slot]!));
    const first = this.#head[bucket]!;
    this.#previous[slot] = -1;
    this.#next[slot] = first;
    if (first >= 0) this.#previous[first] = slot;
    this.#head[bucket] = slot;
    this.#bucket[slot] = bucket + 1;
  }

  #bucketOf(ms: number): number {
    const last = this.#lastMs;
    if (ms <= last) return 0;
    const upper = Math.floor(ms / high32) ^ Math.floor(last / high32);
    if (upper !== 0) return 64 - Math.clz32(upper);
    return 32 - Math.clz32((ms >>> 0) ^ (last >>> 0));
  }

  #grow(): void {
    const room = this.#slots.room;
    this.#deadline = wider(this.#deadline, new Float64Array(room));
    this.#bucket = wider(this.#bucket, new Int32Array(room));
    this.#previous = wider(this.#previous, new Int32Array(room));
    this.#next = wider(this.#next, new Int32Array(room));
  }
}
