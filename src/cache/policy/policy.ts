import type { CacheSettings } from '../../base/cache-port.ts';

/** The same words as in the document's `cache.policy`. */
export type PolicyName = CacheSettings['policy'];

/** Which entry goes next. Knows slots, their sizes and their order. */
export interface Policy {
  /** An entry was read. */
  used(slot: number): void;
  /**
   * Makes room for an arrival of so many bytes (at most the cache's limit) by letting others go through
   * `evict`; false: the arrival is not let in, and nobody had to go for it.
   */
  makeRoom(key: string | number, bytes: number, evict: (slot: number) => void): boolean;
  /** The arrival that room was just made for has come in. */
  added(slot: number): void;
  /** An entry has gone, for whatever reason; its size is still known. */
  removed(slot: number): void;
  /** The limit in bytes has changed: lets go through `evict` what is too much. */
  resized(evict: (slot: number) => void): void;
  clear(): void;
  /** All slots, who goes first first. */
  inOrder(): Iterable<number>;
}
