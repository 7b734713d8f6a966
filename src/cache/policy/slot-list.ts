import type { Slots } from './slots.ts';

/** A doubly linked list of slots, oldest first, threaded through the columns `older` and `newer`. */
export class SlotList {
  /** -1: empty. */
  oldest = -1;
  newest = -1;
  size = 0;
  bytes = 0;
  readonly #slots: Slots;

  constructor(slots: Slots) {
    this.#slots = slots;
  }

  /** Takes in a slot that is in no list. */
  add(slot: number): void {
    const { older, newer, bytesOf } = this.#slots;
    const neighbour = this.newest;
    older[slot] = neighbour;
    newer[slot] = -1;
    if (neighbour < 0) this.oldest = slot;
    else newer[neighbour] = slot;
    this.newest = slot;
    this.size++;
    this.bytes += bytesOf[slot]!;
  }

  /** Takes out a slot that is in this list. */
  remove(slot: number): void {
    const { older, newer, bytesOf } = this.#slots;
    const before = older[slot]!;
    const after = newer[slot]!;
    if (before < 0) this.oldest = after;
    else newer[before] = after;
    if (after < 0) this.newest = before;
    else older[after] = before;
    this.size--;
    // Sums of fractions may leave a rest behind.
    this.bytes = this.size === 0 ? 0 : this.bytes - bytesOf[slot]!;
  }

  /** Makes a slot of this list the newest. */
  renew(slot: number): void {
    if (slot === this.newest) return;
    const { older, newer } = this.#slots;
    const before = older[slot]!;
    const after = newer[slot]!;
    if (before < 0) this.oldest = after;
    else newer[before] = after;
    older[after] = before;
    older[slot] = this.newest;
    newer[slot] = -1;
    newer[this.newest] = slot;
    this.newest = slot;
  }

  clear(): void {
    this.oldest = -1;
    this.newest = -1;
    this.size = 0;
    this.bytes = 0;
  }

  /** Oldest first. The list must not change meanwhile. */
  *inOrder(): Iterable<number> {
    for (let slot = this.oldest; slot >= 0; slot = this.#slots.newer[slot]!) yield slot;
  }
}
