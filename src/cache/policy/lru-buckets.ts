import type { Policy } from './policy.ts';
import { SlotList } from './slot-list.ts';
import type { Slots } from './slots.ts';

/** Bytes from which on an entry is of the next bucket: below 10 KB, up to 100 KB, above. */
const bounds = [10 * 1024, 100 * 1024 + 1] as const;

/**
 * Least recently used within a bucket of sizes, so that one large entry does not push out hundreds of
 * small ones. Each bucket has a third of the limit as its part, and may borrow what others leave.
 * Room is made by the arrival's own bucket if it would be over its part; else by the bucket that is
 * furthest over its part (bytes ÷ part; the smaller sizes first among equals).
 */
export class LruBuckets implements Policy {
  readonly #slots: Slots;
  readonly #buckets: readonly SlotList[];

  constructor(slots: Slots) {
    this.#slots = slots;
    this.#buckets = [new SlotList(slots), new SlotList(slots), new SlotList(slots)];
  }

  used(slot: number): void {
    this.#bucketOf(slot).renew(slot);
  }

  makeRoom(_key: string | number, bytes: number, evict: (slot: number) => void): boolean {
    const part = this.#slots.maxBytes / this.#buckets.length;
    const own = this.#buckets[bucketFor(bytes)]!;
    while (!this.#slots.hasRoomFor(bytes)) {
      const isOver = own.size > 0 && own.bytes + bytes > part;
      evict((isOver ? own : this.#fullest()).oldest);
    }
    return true;
  }

  added(slot: number): void {
    this.#bucketOf(slot).add(slot);
  }

  removed(slot: number): void {
    this.#bucketOf(slot).remove(slot);
  }

  resized(evict: (slot: number) => void): void {
    while (this.#slots.isOver) evict(this.#fullest().oldest);
  }

  clear(): void {
    for (const bucket of this.#buckets) bucket.clear();
  }

  /** Bucket by bucket, the fullest first: who really goes depends on who comes. */
  *inOrder(): Iterable<number> {
    const fullestFirst = [...this.#buckets].sort((a, b) => b.bytes - a.bytes);
    for (const bucket of fullestFirst) yield* bucket.inOrder();
  }

  #bucketOf(slot: number): SlotList {
    return this.#buckets[bucketFor(this.#slots.bytesOf[slot]!)]!;
  }

  /** Parts are equal, so the furthest over its part holds the most; never an empty one if there is another. */
  #fullest(): SlotList {
    let fullest = this.#buckets[0]!;
    for (const bucket of this.#buckets) {
      if (bucket.bytes > fullest.bytes || fullest.size === 0) fullest = bucket;
    }
    return fullest;
  }
}

const bucketFor = (bytes: number): number => (bytes < bounds[0] ? 0 : bytes < bounds[1] ? 1 : 2);
