import { FrequencySketch } from './frequency-sketch.ts';
import { keyHash } from './key-hash.ts';
import type { Policy } from './policy.ts';
import { SlotList } from './slot-list.ts';
import { wider, type Slots } from './slots.ts';

const windowShare = 0.01;
/** Of the main part. */
const protectedShare = 0.8;

/**
 * W-TinyLFU (G. Einziger, R. Friedman, B. Manes, "TinyLFU: A Highly Efficient Cache Admission Policy",
 * ACM Transactions on Storage 13 (4), 2017): new entries pass through a small LRU window; who falls out of it
 * gets into the main part, a segmented LRU, only if it was asked for more often of late than those who
 * would have to go for it, by a sketch of frequencies.
 *
 *   arrival ─▶ window (1 %) ─▶ asked for more often? ─▶ probation ◀─▶ protected (80 % of the rest)
 *                                     └ no: it goes          └ goes     read again
 *
 * Sizes: shares are of bytes (and of entries, where those are limited), and who wants in must have been
 * asked for more often than all of its victims together (aggregated victims: Einziger, Eytan, Friedman, Manes,
 * "Lightweight Robust Size Aware Cache Management", ACM Transactions on Storage 18 (3), 2022). What is larger
 * than the window stands at the gate of the main part at once; what is larger than that is not kept.
 * A key's frequency grows when its entry is read and when it is stored: once a request.
 */
export class WTinyLfu implements Policy {
  readonly #slots: Slots;
  readonly #sketch = new FrequencySketch();
  readonly #window: SlotList;
  readonly #probation: SlotList;
  readonly #protected: SlotList;
  /** Slot → hash of its key, and the segment it is in. */
  #hashes = new Int32Array(0);
  #segment = new Int32Array(0);
  #windowMaxBytes = 0;
  #windowMaxEntries = 0;
  #protectedMaxBytes = 0;
  #protectedMaxEntries = 0;
  /** Of the arrival that room was made for. */
  #arrivingHash = 0;
  #arrivesIn: number = Segment.window;

  constructor(slots: Slots) {
    this.#slots = slots;
    this.#window = new SlotList(slots);
    this.#probation = new SlotList(slots);
    this.#protected = new SlotList(slots);
    this.#share();
  }

  used(slot: number): void {
    this.#sketch.add(this.#hashes[slot]!);
    if (this.#segment[slot] !== Segment.probation) this.#listOf(slot).renew(slot);
    else if (this.#slots.bytesOf[slot]! > this.#protectedMaxBytes) this.#probation.renew(slot);
    else {
      this.#move(slot, Segment.protected);
      this.#demote();
    }
  }

  makeRoom(key: string | number, bytes: number, evict: (slot: number) => void): boolean {
    const hash = keyHash(key);
    this.#sketch.ensure(this.#slots.size);
    this.#sketch.add(hash);
    this.#arrivingHash = hash;
    const window = this.#window;
    if (bytes > this.#windowMaxBytes || this.#windowMaxEntries < 1) {
      this.#arrivesIn = Segment.probation;
      return this.#winsRoom(hash, bytes, evict);
    }
    this.#arrivesIn = Segment.window;
    while (
      window.bytes + bytes > this.#windowMaxBytes ||
      window.size + 1 > this.#windowMaxEntries
    ) {
      const leaving = window.oldest;
      const wins = this.#winsRoom(this.#hashes[leaving]!, this.#slots.bytesOf[leaving]!, evict);
      if (wins) this.#move(leaving, Segment.probation);
      else evict(leaving);
    }
    return true;
  }

  added(slot: number): void {
    if (slot >= this.#hashes.length) {
      this.#hashes = wider(this.#hashes, new Int32Array(this.#slots.room));
      this.#segment = wider(this.#segment, new Int32Array(this.#slots.room));
    }
    this.#hashes[slot] = this.#arrivingHash;
    this.#segment[slot] = this.#arrivesIn;
    this.#listOf(slot).add(slot);
  }

  removed(slot: number): void {
    this.#listOf(slot).remove(slot);
  }

  /** Nobody is preferred: the window hands on what it can't hold, then the main part lets its oldest go. */
  resized(evict: (slot: number) => void): void {
    this.#share();
    const window = this.#window;
    while (window.bytes > this.#windowMaxBytes) this.#move(window.oldest, Segment.probation);
    while (this.#mainBytes > this.#slots.maxBytes - this.#windowMaxBytes) evict(this.#victim);
    this.#demote();
  }

  clear(): void {
    this.#sketch.clear();
    this.#window.clear();
    this.#probation.clear();
    this.#protected.clear();
  }

  *inOrder(): Iterable<number> {
    yield* this.#probation.inOrder();
    yield* this.#protected.inOrder();
    yield* this.#window.inOrder();
  }

  #share(): void {
    const { maxBytes, maxEntries } = this.#slots;
    this.#windowMaxBytes = Math.floor(maxBytes * windowShare);
    this.#protectedMaxBytes = Math.floor((maxBytes - this.#windowMaxBytes) * protectedShare);
    if (maxEntries === Infinity) {
      this.#windowMaxEntries = Infinity;
      this.#protectedMaxEntries = Infinity;
    } else {
      this.#windowMaxEntries = Math.floor(maxEntries * windowShare);
      this.#protectedMaxEntries = Math.floor(
        (maxEntries - this.#windowMaxEntries) * protectedShare,
      );
    }
  }

  /** Lets the victims of the main part go if this key was asked for more often than all of them. */
  #winsRoom(hash: number, bytes: number, evict: (slot: number) => void): boolean {
    const { bytesOf, newer } = this.#slots;
    let excess = this.#mainBytes + bytes - (this.#slots.maxBytes - this.#windowMaxBytes);
    let surplus = this.#mainSize + 1 - this.#mainMaxEntries;
    if (excess <= 0 && surplus <= 0) return true;
    const asked = this.#sketch.estimate(hash);
    let victims = 0;
    let askedForVictims = 0;
    let victim = this.#victim;
    while (excess > 0 || surplus > 0) {
      if (victim < 0) return false;
      victims++;
      excess -= bytesOf[victim]!;
      surplus--;
      askedForVictims += this.#sketch.estimate(this.#hashes[victim]!);
      if (askedForVictims >= asked) return false;
      const next = newer[victim]!;
      victim = next < 0 && victim === this.#probation.newest ? this.#protected.oldest : next;
    }
    for (; victims > 0; victims--) {
      evict(this.#victim);
    }
    return true;
  }

  /** Of the main part; -1: it is empty. */
  get #victim(): number {
    return this.#probation.size > 0 ? this.#probation.oldest : this.#protected.oldest;
  }
  get #mainBytes(): number {
    return this.#probation.bytes + this.#protected.bytes;
  }
  get #mainSize(): number {
    return this.#probation.size + this.#protected.size;
  }
  get #mainMaxEntries(): number {
    const { maxEntries } = this.#slots;
    return maxEntries === Infinity ? Infinity : maxEntries - this.#windowMaxEntries;
  }

  /** What has no room among the protected is on probation again. */
  #demote(): void {
    const list = this.#protected;
    while (list.bytes > this.#protectedMaxBytes || list.size > this.#protectedMaxEntries) {
      this.#move(list.oldest, Segment.probation);
    }
  }

  #move(slot: number, segment: number): void {
    this.#listOf(slot).remove(slot);
    this.#segment[slot] = segment;
    this.#listOf(slot).add(slot);
  }

  #listOf(slot: number): SlotList {
    const segment = this.#segment[slot];
    if (segment === Segment.window) return this.#window;
    return segment === Segment.probation ? this.#probation : this.#protected;
  }
}

const Segment = { window: 0, probation: 1, protected: 2 } as const;
