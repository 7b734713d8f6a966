import { assert } from '../../base/assert.ts';
import { noMetrics, type CacheEntryFacts, type CacheMetrics } from '../../base/cache-facts.ts';
import { Deadlines } from './deadlines.ts';
import { makePolicy } from './make-policy.ts';
import type { Policy, PolicyName } from './policy.ts';
import { Slots } from './slots.ts';

export type { PolicyName } from './policy.ts';

export interface CacheLimits {
  /** A whole number; 0: nothing of any size is kept. */
  maxBytes: number;
  /** Left out: as many as fit. */
  maxEntries?: number;
  policy: PolicyName;
  /** ms after its time is over for which an entry is still handed out, as 'stale'; left out: 0. */
  staleMs?: number;
}

/**
 * - `hit`: there, and its time is not over.
 * - `stale`: its time is over, but no longer than `staleMs` ago: hand it out, and compute it anew.
 * - `miss`: not there. One found too old has gone with this look-up.
 */
export type Found = 'hit' | 'stale' | 'miss';

export interface Taken<Key> {
  /** false: larger than the limit, or the policy would rather keep others. */
  kept: boolean;
  /**
   * Who went for it, in that order: first who was over time, then who made room. Holds the key itself if it was
   * there before and is not kept.
   */
  gone: readonly Key[];
}

/**
 * Which results a cache holds, by which policy: keys, sizes and times, but no values. Every call takes O(1)
 * (a sweep: for each that is over; making room: for each that goes or is weighed against the arrival), and a
 * hit makes no object.
 *
 * - The size is never above the limit, not even within a call: room is made before an entry comes in.
 * - An entry larger than the limit is not taken in, and nobody goes for it.
 * - Storing a key again is one `set`: its older self goes uncounted, and the new one is new in every respect.
 * - A time to live of null or 0 is none. `nowMs` is of any one clock.
 * - A version belongs in the key: an entry of another version is another entry, and goes unread by the policy.
 */
export class CacheIndex<Key extends string | number> {
  readonly metrics: CacheMetrics = noMetrics();
  readonly #slots: Slots;
  readonly #slotOf = new Map<Key, number>();
  readonly #policy: Policy;
  readonly #deadlines: Deadlines;
  readonly #staleMs: number;
  /** Filled by the two below, then handed out. */
  #gone: Key[] = [];
  readonly #evict = (slot: number): void => {
    this.metrics.evictions++;
    this.#gone.push(this.#remove(slot));
  };
  readonly #expire = (slot: number): void => {
    this.metrics.expirations++;
    this.#gone.push(this.#remove(slot));
  };

  constructor({ maxBytes, maxEntries = Infinity, policy, staleMs = 0 }: CacheLimits) {
    assertSize(maxBytes);
    assert(maxEntries === Infinity || isSize(maxEntries), 'maxEntries is a whole number');
    assert(staleMs >= 0, 'staleMs is a time');
    this.#slots = new Slots(maxBytes, maxEntries);
    this.#policy = makePolicy(policy, this.#slots);
    this.#deadlines = new Deadlines(this.#slots);
    this.#staleMs = staleMs;
  }

  /** Bytes of all entries. */
  get bytes(): number {
    return this.#slots.bytes;
  }

  /** Number of entries. */
  get size(): number {
    return this.#slots.size;
  }

  get maxBytes(): number {
    return this.#slots.maxBytes;
  }

  /** Counts nothing, is no use, and does not ask for the time. */
  has(key: Key): boolean {
    return this.#slotOf.has(key);
  }

  /**
   * Counts, and is a use of the entry. A stale answer counts as a hit: the asker got one. Who keeps values asks
   * `has` before: what was there and is now a `miss` went by this look-up, and no later call will name it.
   */
  get(key: Key, nowMs: number): Found {
    const slot = this.#slotOf.get(key);
    if (slot === undefined) {
      this.metrics.misses++;
      return 'miss';
    }
    const slots = this.#slots;
    const lateMs = nowMs - slots.expiresAt[slot]!;
    if (lateMs >= this.#staleMs && lateMs >= 0) {
      this.metrics.misses++;
      this.metrics.expirations++;
      this.#remove(slot);
      return 'miss';
    }
    this.metrics.hits++;
    this.metrics.bytesSaved += slots.bytesOf[slot]!;
    slots.hits[slot]!++;
    slots.usedAt[slot] = nowMs;
    this.#policy.used(slot);
    return lateMs >= 0 ? 'stale' : 'hit';
  }

  /** As `has`, with all that is known of it. */
  peek(key: Key): CacheEntryFacts | undefined {
    const slot = this.#slotOf.get(key);
    return slot === undefined ? undefined : this.#facts(slot);
  }

  /**
   * Takes an entry in, after all that must go for it has gone. Values of keys in `gone` are to be deleted;
   * if `kept` is false the new value, too, is not to be stored.
   */
  set(key: Key, bytes: number, nowMs: number, ttlMs: number | null): Taken<Key> {
    assertSize(bytes);
    assert(ttlMs === null || ttlMs >= 0, 'a time to live is null, 0 or more ms');
    const old = this.#slotOf.get(key);
    if (old !== undefined) this.#remove(old);
    const slots = this.#slots;
    this.#deadlines.sweep(nowMs, this.#expire);
    const kept =
      bytes <= slots.maxBytes &&
      slots.maxEntries > 0 &&
      this.#policy.makeRoom(key, bytes, this.#evict);
    if (kept) this.#add(key, bytes, nowMs, ttlMs);
    else if (old !== undefined) {
      this.metrics.evictions++;
      this.#gone.push(key);
    }
    if (this.#gone.length === 0) return kept ? keptForNothing : refused;
    return { kept, gone: this.#takeGone() };
  }

  /** Whether it was there. */
  delete(key: Key): boolean {
    const slot = this.#slotOf.get(key);
    if (slot === undefined) return false;
    this.#remove(slot);
    this.metrics.deletes++;
    return true;
  }

  /** Forgets everything, the counts too. */
  clear(): void {
    this.#slotOf.clear();
    this.#slots.clear();
    this.#policy.clear();
    this.#deadlines.clear();
    Object.assign(this.metrics, noMetrics());
  }

  /** Removes whose time is over (and who may not be handed out stale any more): their keys. */
  sweep(nowMs: number): Key[] {
    this.#deadlines.sweep(nowMs, this.#expire);
    return this.#takeGone();
  }

  /** Another limit: the keys that had to go for it. */
  resize(maxBytes: number): Key[] {
    assertSize(maxBytes);
    this.#slots.maxBytes = maxBytes;
    this.#policy.resized(this.#evict);
    this.#assertFits();
    return this.#takeGone();
  }

  /**
   * Who goes first comes first, as far as that is known before somebody comes ("lru-buckets" and "w-tinylfu" also
   * look at the arrival). Nothing may change meanwhile.
   */
  *entries(): Iterable<[Key, CacheEntryFacts]> {
    for (const slot of this.#policy.inOrder()) {
      yield [this.#slots.keys[slot] as Key, this.#facts(slot)];
    }
  }

  #add(key: Key, bytes: number, nowMs: number, ttlMs: number | null): void {
    const slots = this.#slots;
    const slot = slots.take();
    slots.keys[slot] = key;
    slots.bytesOf[slot] = bytes;
    slots.storedAt[slot] = nowMs;
    slots.usedAt[slot] = nowMs;
    slots.hits[slot] = 0;
    const expiresAt = ttlMs === null || ttlMs === 0 ? Infinity : nowMs + ttlMs;
    slots.expiresAt[slot] = expiresAt;
    this.#slotOf.set(key, slot);
    // The only place where the size grows.
    slots.bytes += bytes;
    slots.size++;
    this.#assertFits();
    this.#policy.added(slot);
    if (expiresAt < Infinity) this.#deadlines.add(slot, expiresAt + this.#staleMs, nowMs);
    this.metrics.sets++;
  }

  #remove(slot: number): Key {
    const slots = this.#slots;
    const key = slots.keys[slot] as Key;
    this.#policy.removed(slot);
    this.#deadlines.remove(slot);
    slots.bytes -= slots.bytesOf[slot]!;
    slots.size--;
    slots.giveBack(slot);
    this.#slotOf.delete(key);
    return key;
  }

  #assertFits(): void {
    const { bytes, maxBytes, size, maxEntries } = this.#slots;
    assert(bytes <= maxBytes && size <= maxEntries, 'a cache is never above its limits');
  }

  #takeGone(): Key[] {
    const gone = this.#gone;
    this.#gone = [];
    return gone;
  }

  #facts(slot: number): CacheEntryFacts {
    const { bytesOf, storedAt, usedAt, expiresAt, hits } = this.#slots;
    return {
      bytes: bytesOf[slot]!,
      storedAt: storedAt[slot]!,
      usedAt: usedAt[slot]!,
      expiresAt: expiresAt[slot]!,
      hits: hits[slot]!,
    };
  }
}

// What most calls answer, made once: frozen, as all callers share it.
const nobody: readonly never[] = Object.freeze([]);
const keptForNothing: Taken<never> = Object.freeze({ kept: true, gone: nobody });
const refused: Taken<never> = Object.freeze({ kept: false, gone: nobody });

const isSize = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
/** An undefined limit would be no limit, and one wrong size would spoil the sum for good. */
function assertSize(bytes: number): void {
  assert(isSize(bytes), 'a size in bytes is a whole number, 0 or more');
}
