import type { CacheMetrics } from '../../base/cache-facts.ts';
import type { CacheSettings } from '../../base/cache-port.ts';
import { CacheIndex } from '../policy/cache-index.ts';
import type { JournalEntry, StoredRow } from './journal.ts';
import type { EncodedValue, StoredRecord } from './stored-record.ts';

export type Limits = Pick<CacheSettings, 'maxBytes' | 'policy'>;

/** What a write has to do, in this order. */
export interface Changes {
  goneIds: number[];
  puts: { id: number; key: string; record: StoredRecord }[];
}

/** Beyond so many uses a policy that counts them learns nothing more from being told again. */
const usesRetoldMax = 15;

/**
 * What a namespace holds, in memory: which entries, and what of that the database does not know yet. It changes
 * at once and is written later, so entries that go again soon are never written at all. What is in the database
 * was within the limit, and is so again after each write.
 *
 * Other tabs write to the same journal; `apply` takes in what they did. Where two kept the
 * same key one of both stays: the key names all that its value depends on, so either is right.
 */
export class NamespaceBook {
  readonly metrics: CacheMetrics;
  readonly #now: () => number;
  #limits: Limits;
  #index: CacheIndex<string>;
  readonly #rows = new Map<string, StoredRow>();
  readonly #keys = new Map<number, string>();
  /** Last record known; 0: none. */
  seq = 0;
  #nextId = 1;
  // ── what the database has not been told ──
  readonly #unwritten = new Map<string, StoredRecord>();
  readonly #gone = new Set<number>();
  readonly #used = new Set<string>();

  /** @param metrics counted on: a book may be made anew. @param now ms since 1970. */
  constructor(limits: Limits, metrics: CacheMetrics, now: () => number) {
    this.#limits = limits;
    this.#index = new CacheIndex(limits);
    this.metrics = metrics;
    this.#now = now;
  }

  get bytes(): number {
    return this.#index.bytes;
  }
  get size(): number {
    return this.#index.size;
  }
  get rows(): Iterable<StoredRow> {
    return this.#rows.values();
  }
  get hasChanges(): boolean {
    return this.#unwritten.size > 0 || this.#gone.size > 0 || this.#used.size > 0;
  }

  /** Where the value is; undefined: there is none, or its time is over. Counts nothing. */
  find(key: string): StoredRow | undefined {
    const row = this.#rows.get(key);
    if (row === undefined || !this.#isOver(row)) return row;
    this.#index.delete(key);
    this.#drop(row);
    this.metrics.expirations++;
    return undefined;
  }
  unwritten(key: string): StoredRecord | undefined {
    return this.#unwritten.get(key);
  }

  hit(key: string): void {
    this.metrics.hits++;
    const row = this.#rows.get(key);
    // It may have gone while it was being read.
    if (row === undefined) return;
    this.metrics.bytesSaved += row.bytes;
    row.hits++;
    row.usedAt = this.#now();
    // Its time may be over by now.
    if (this.#index.get(key, this.#now()) === 'miss') this.#drop(row);
    else this.#used.add(key);
  }
  miss(): void {
    this.metrics.misses++;
  }
  /** What should lie under this id does not. */
  lost(key: string, id: number): void {
    const row = this.#rows.get(key);
    if (row?.id !== id) return;
    this.#index.delete(key);
    this.#drop(row);
  }

  /** false: it is not kept (too large, or the policy would rather keep others). */
  put(key: string, stage: string, encoded: EncodedValue, ttlMs: number | null): boolean {
    const { record, bytes, storedBytes } = encoded;
    const now = this.#now();
    const old = this.#rows.get(key);
    const { kept, gone } = this.#index.set(key, storedBytes, now, ttlMs);
    if (old) this.#drop(old);
    this.#evicted(gone);
    if (!kept) return false;
    const expiresAt = ttlMs === null || ttlMs === 0 ? Infinity : now + ttlMs;
    const times = { storedAt: now, usedAt: now, expiresAt };
    this.#rows.set(key, { key, id: 0, stage, bytes, storedBytes, ...times, hits: 0 });
    this.#unwritten.set(key, record);
    this.metrics.sets++;
    return true;
  }

  remove(key: string): void {
    const row = this.#rows.get(key);
    if (row === undefined) return;
    this.#index.delete(key);
    this.#drop(row);
    this.metrics.deletes++;
  }

  /** Forgets everything, also what is not written. */
  clear(): void {
    this.#index.clear();
    this.#rows.clear();
    this.#keys.clear();
    this.#unwritten.clear();
    this.#gone.clear();
    this.#used.clear();
  }

  /** Removes what is over time. */
  sweep(): void {
    for (const key of this.#index.sweep(this.#now())) {
      const row = this.#rows.get(key);
      if (row) this.#drop(row);
      this.metrics.expirations++;
    }
  }

  /** Other limits: who has to go for them goes. */
  limit(limits: Limits): void {
    const { maxBytes, policy } = this.#limits;
    this.#limits = limits;
    if (policy !== limits.policy) this.#reindex();
    else if (maxBytes !== limits.maxBytes) this.#evicted(this.#index.resize(limits.maxBytes));
  }

  // ── the journal ─────────────────────────────────────────────────────────────────────────────

  /** Takes in what was written by others, or before; what was taken in already is passed over. */
  apply(entries: readonly JournalEntry[]): void {
    for (const entry of entries) {
      if (entry.seq <= this.seq) continue;
      if (entry.isWhole) this.#forgetWritten();
      for (const id of entry.goneIds) this.#goneElsewhere(id);
      // What came to this tab later stays, also if it has to go for what is taken in now.
      for (const { key, id } of entry.rows) if (this.#unwritten.has(key)) this.#gone.add(id);
      // In order of use, as the policy would have seen them.
      const rows = entry.isWhole ? entry.rows.sort(byUse) : entry.rows;
      for (const row of rows) this.#adopt(row);
      for (const { id, usedAt, hits } of entry.used) {
        const row = this.#rows.get(this.#keys.get(id) ?? '');
        if (row === undefined) continue;
        row.usedAt = Math.max(row.usedAt, usedAt);
        row.hits = Math.max(row.hits, hits);
      }
      this.seq = entry.seq;
      this.#nextId = Math.max(this.#nextId, entry.nextId);
    }
  }

  /** All that is to be written now. Entries get their ids. */
  take(): Changes {
    const goneIds = [...this.#gone];
    this.#gone.clear();
    const puts = [...this.#unwritten].map(([key, record]) => {
      const id = this.#nextId++;
      this.#rows.get(key)!.id = id;
      this.#keys.set(id, key);
      return { id, key, record };
    });
    this.#unwritten.clear();
    return { goneIds, puts };
  }

  /** The record of what was taken; `isWhole`: of everything. */
  entry({ goneIds, puts }: Changes, isWhole: boolean): JournalEntry {
    const used = isWhole ? [] : this.#takeUsed();
    this.#used.clear();
    const written = puts.flatMap(({ key, id }) => {
      const row = this.#rows.get(key);
      return row?.id === id ? [row] : [];
    });
    return {
      seq: ++this.seq,
      isWhole,
      nextId: this.#nextId,
      rows: isWhole ? [...this.#rows.values()].filter(({ id }) => id > 0) : written,
      goneIds: isWhole ? [] : goneIds,
      used,
    };
  }

  /**
   * All that is stored is thrown away; what is not written yet stays. The new journal begins later than any that
   * was here, so that nobody takes it for the old one.
   */
  startAnew(): void {
    this.#forgetWritten();
    this.#gone.clear();
    const now = Math.floor(this.#now());
    this.seq = Math.max(this.seq, now);
    this.#nextId = Math.max(this.#nextId, now * idsPerMs);
  }

  #takeUsed(): JournalEntry['used'] {
    return [...this.#used].flatMap((key) => {
      const row = this.#rows.get(key);
      return row && row.id > 0 ? [{ id: row.id, usedAt: row.usedAt, hits: row.hits }] : [];
    });
  }

  /** A time in the future: the clock was put back, and how old the entry is nobody knows. */
  #isOver({ storedAt, expiresAt }: StoredRow): boolean {
    const now = this.#now();
    return expiresAt <= now || (storedAt > now && expiresAt < Infinity);
  }

  /** The index knows already; the database is told. */
  #drop(row: StoredRow): void {
    this.#rows.delete(row.key);
    this.#unwritten.delete(row.key);
    this.#used.delete(row.key);
    if (row.id > 0) {
      this.#keys.delete(row.id);
      this.#gone.add(row.id);
    }
  }

  #evicted(keys: readonly string[]): void {
    for (const key of keys) {
      const row = this.#rows.get(key);
      if (row === undefined) continue;
      if (row.expiresAt <= this.#now()) this.metrics.expirations++;
      else this.metrics.evictions++;
      this.#drop(row);
    }
  }

  #goneElsewhere(id: number): void {
    this.#gone.delete(id);
    const row = this.#rows.get(this.#keys.get(id) ?? '');
    if (row === undefined) return;
    this.#index.delete(row.key);
    this.#drop(row);
    this.#gone.delete(id);
  }

  #adopt(row: StoredRow): void {
    if (this.#gone.has(row.id)) return;
    if (this.#isOver(row)) {
      this.#gone.add(row.id);
      return;
    }
    const own = this.#rows.get(row.key);
    if (own) this.#drop(own);
    this.#rows.set(row.key, row);
    this.#keys.set(row.id, row.key);
    this.#indexRow(row);
  }

  #indexRow(row: StoredRow): void {
    const now = this.#now();
    // Its time was not over a moment ago, but may be by now.
    const ttlMs = row.expiresAt === Infinity ? null : Math.max(row.expiresAt - now, leastMs);
    const { kept, gone } = this.#index.set(row.key, row.storedBytes, now, ttlMs);
    this.#evicted(gone);
    if (!kept && this.#rows.has(row.key)) this.#evicted([row.key]);
    if (!kept || !countsUses.has(this.#limits.policy)) return;
    for (let i = Math.min(row.hits, usesRetoldMax); i > 0; i--) this.#index.get(row.key, now);
  }

  /** All that the database has; it is about to be told anew. */
  #forgetWritten(): void {
    for (const row of [...this.#rows.values()]) {
      if (row.id === 0) continue;
      this.#index.delete(row.key);
      this.#rows.delete(row.key);
      this.#used.delete(row.key);
    }
    this.#keys.clear();
  }

  #reindex(): void {
    this.#index = new CacheIndex(this.#limits);
    for (const row of [...this.#rows.values()].sort(byUse))
      if (this.find(row.key)) this.#indexRow(row);
  }
}

const byUse = (a: StoredRow, b: StoredRow): number => a.usedAt - b.usedAt || a.id - b.id;
const countsUses: ReadonlySet<Limits['policy']> = new Set(['lfu', 'w-tinylfu']);
/** A time to live that is nearly over; 0 would be none. */
const leastMs = 0.001;
/** No browser keeps a thousand results a ms. */
const idsPerMs = 1000;
