/** What a cache tells of itself: plain data that the store, the page and the lab share. */

/** Counts since the cache was made, or emptied. */
export interface CacheMetrics {
  hits: number;
  misses: number;
  /** Entries taken in; one that replaces its older self counts once. */
  sets: number;
  /** Entries taken out by hand. */
  deletes: number;
  /** Entries that went to make room. */
  evictions: number;
  /** Entries whose time was over, found when read or by a sweep. */
  expirations: number;
  /** Bytes of the results that hits handed out. */
  bytesSaved: number;
}

export const noMetrics = (): CacheMetrics => ({
  hits: 0,
  misses: 0,
  sets: 0,
  deletes: 0,
  evictions: 0,
  expirations: 0,
  bytesSaved: 0,
});

/** What is known of an entry without reading its value. Times in ms since 1970, or of the virtual clock. */
export interface CacheEntryFacts {
  bytes: number;
  storedAt: number;
  usedAt: number;
  /** Infinity: never. */
  expiresAt: number;
  hits: number;
}

/** An entry as the page lists it. */
export interface CacheRow extends CacheEntryFacts {
  key: string;
  /** Id of the stage that computed it. */
  stage: string;
  /** Bytes it takes in storage, compressed or not. */
  storedBytes: number;
}

/** By which the page lists entries: newest, largest, most often found, most lately used first. */
export type CacheOrder = 'age' | 'size' | 'hits' | 'use';

/** What is kept under one name. */
export interface CacheNamespace {
  name: string;
  entries: number;
  bytes: number;
}

/** Look-ups in the order they were asked, to be replayed. */
export interface AccessTrace {
  /** One a look-up: the number of its key. */
  keys: Uint32Array;
  /** One a key: what its entry takes. */
  bytes: Float64Array;
  /** There were more than are kept here. */
  isCut: boolean;
}

/** A namespace as the page shows it. */
export interface CacheState {
  entries: number;
  bytes: number;
  maxBytes: number;
  metrics: CacheMetrics;
  /** null, or why there is no storage: one sentence. */
  why: string | null;
}

/** Share of look-ups that were hits; NaN: nothing was asked. */
export const hitRate = ({ hits, misses }: Pick<CacheMetrics, 'hits' | 'misses'>): number =>
  hits / (hits + misses);

/**
 * Beside its value an entry takes its key twice (64 letters each, in the record and in the journal), 64 bytes
 * of numbers in the journal, and the database's own key.
 */
export const entryOverheadBytes = 256;
