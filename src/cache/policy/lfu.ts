import type { Policy } from './policy.ts';
import { wider, type Slots } from './slots.ts';

/**
 * Least frequently used goes first; among equals, the one whose last use is longest ago. Constant time by
 * K. Shah, A. Mitra and D. Matani, "An O(1) algorithm for implementing the LFU cache eviction scheme"
 * (2010): a list of counts, rarest first, each with the list of the entries used that often.
 *
 *   count 1 ◀──▶ count 2 ◀──▶ count 7
 *    a ↔ d        c            b ↔ e      oldest use first
 */
export class Lfu implements Policy {
  readonly #slots: Slots;
  /** Slot → its count's place in the columns below. */
  #place = new Int32Array(firstRoom);
  // Of a place: the count, its neighbours, its entries. Places are used again.
  #count = new Float64Array(firstRoom);
  #rarer = new Int32Array(firstRoom);
  #commoner = new Int32Array(firstRoom);
  #oldest = new Int32Array(firstRoom);
  #newest = new Int32Array(firstRoom);
  #places = 0;
  /** First place that is free again, the others chained through `#commoner`; -1: none. */
  #freePlace = -1;
  #rarest = -1;

  constructor(slots: Slots) {
    this.#slots = slots;
  }

  used(slot: number): void {
    const place = this.#place[slot]!;
    const count = this.#count[place]! + 1;
    const next = this.#commoner[place]!;
    const isNext = next >= 0 && this.#count[next] === count;
    if (!isNext && this.#oldest[place] === this.#newest[place]) {
      // Alone with its count, and nobody has the next one: the count itself moves on.
      this.#count[place] = count;
      return;
    }
    const target = isNext ? next : this.#insertAfter(place, count);
    this.#leave(slot, place);
    this.#enter(slot, target);
  }

  makeRoom(_key: string | number, bytes: number, evict: (slot: number) => void): boolean {
    while (!this.#slots.hasRoomFor(bytes)) evict(this.#victim);
    return true;
  }

  added(slot: number): void {
    if (slot >= this.#place.length) {
      this.#place = wider(this.#place, new Int32Array(this.#slots.room));
    }
    const rarest = this.#rarest;
    const isOne = rarest >= 0 && this.#count[rarest] === 1;
    this.#enter(slot, isOne ? rarest : this.#insertAfter(-1, 1));
  }

  removed(slot: number): void {
    this.#leave(slot, this.#place[slot]!);
  }

  resized(evict: (slot: number) => void): void {
    while (this.#slots.isOver) evict(this.#victim);
  }

  clear(): void {
    this.#places = 0;
    this.#freePlace = -1;
    this.#rarest = -1;
  }

  *inOrder(): Iterable<number> {
    for (let place = this.#rarest; place >= 0; place = this.#commoner[place]!) {
      for (let slot = this.#oldest[place]!; slot >= 0; slot = this.#slots.newer[slot]!) yield slot;
    }
  }

  get #victim(): number {
    return this.#oldest[this.#rarest]!;
  }

  #enter(slot: number, place: number): void {
    const { older, newer } = this.#slots;
    const neighbour = this.#newest[place]!;
    older[slot] = neighbour;
    newer[slot] = -1;
    if (neighbour < 0) this.#oldest[place] = slot;
    else newer[neighbour] = slot;
    this.#newest[place] = slot;
    this.#place[slot] = place;
  }

  #leave(slot: number, place: number): void {
    const { older, newer } = this.#slots;
    const before = older[slot]!;
    const after = newer[slot]!;
    if (before < 0) this.#oldest[place] = after;
    else newer[before] = after;
    if (after < 0) this.#newest[place] = before;
    else older[after] = before;
    if (before < 0 && after < 0) this.#dropPlace(place);
  }

  /** A new count, without entries, after the one at `place` (-1: as the rarest). */
  #insertAfter(place: number, count: number): number {
    const made = this.#takePlace();
    const next = place < 0 ? this.#rarest : this.#commoner[place]!;
    this.#count[made] = count;
    this.#oldest[made] = -1;
    this.#newest[made] = -1;
    this.#rarer[made] = place;
    this.#commoner[made] = next;
    if (place < 0) this.#rarest = made;
    else this.#commoner[place] = made;
    if (next >= 0) this.#rarer[next] = made;
    return made;
  }

  #dropPlace(place: number): void {
    const before = this.#rarer[place]!;
    const after = this.#commoner[place]!;
    if (before < 0) this.#rarest = after;
    else this.#commoner[before] = after;
    if (after >= 0) this.#rarer[after] = before;
    this.#commoner[place] = this.#freePlace;
    this.#freePlace = place;
  }

  #takePlace(): number {
    const free = this.#freePlace;
    if (free >= 0) {
      this.#freePlace = this.#commoner[free]!;
      return free;
    }
    if (this.#places === this.#count.length) this.#grow();
    return this.#places++;
  }

  #grow(): void {
    const room = this.#count.length * 2;
    this.#count = wider(this.#count, new Float64Array(room));
    this.#rarer = wider(this.#rarer, new Int32Array(room));
    this.#commoner = wider(this.#commoner, new Int32Array(room));
    this.#oldest = wider(this.#oldest, new Int32Array(room));
    this.#newest = wider(this.#newest, new Int32Array(room));
  }
}

const firstRoom = 64;
