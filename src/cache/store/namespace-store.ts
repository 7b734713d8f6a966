import { promisifyRequest, type UseStore } from 'idb-keyval';
import type { CacheMetrics } from '../../base/cache-facts.ts';
import type { CacheEntry } from '../../base/cache-port.ts';
import { abort, isQuotaError } from './database.ts';
import { Encodings } from './encodings.ts';
import { GatheredWrites } from './gathered-writes.ts';
import { NamespaceBook, type Limits } from './namespace-book.ts';
import { NamespaceJournal } from './namespace-journal.ts';
import { readValues } from './read-values.ts';
import { NamespaceLayout } from './store-layout.ts';
import { decodeRecord, encodePlain, encodeSmaller, isLarge } from './stored-record.ts';

/** Uses of entries are written so long after the first of them, unless a batch goes before. ms. */
const usedWriteDelayMs = 1000;
/** What is over time is looked for so often. ms. */
const sweepEveryMs = 60_000;

/**
 * One namespace in the database, for as long as nothing fails: after a failure the book may hold what was never
 * written, so this store refuses everything, and a new one reads what is really there.
 *
 * Writes gather while one is under way and go together in the next: one transaction, which first reads what
 * other tabs wrote to the journal (transactions of all tabs follow one another), then deletes, then puts, then
 * adds its own record. Each of them leaves the namespace within the limit.
 */
export class NamespaceStore {
  readonly #use: UseStore;
  readonly #layout: NamespaceLayout;
  readonly #now: () => number;
  readonly book: NamespaceBook;
  readonly #journal: NamespaceJournal;
  readonly #opened: Promise<void>;
  readonly #encodings = new Encodings();
  readonly #writes = new GatheredWrites(() => this.#write());
  #usedTimer: ReturnType<typeof setTimeout> | undefined;
  #sweptAt: number;
  #failure: { error: unknown } | null = null;

  constructor(
    use: UseStore,
    namespace: string,
    limits: Limits,
    metrics: CacheMetrics,
    now: () => number,
  ) {
    this.#use = use;
    this.#layout = new NamespaceLayout(namespace);
    this.#now = now;
    this.#sweptAt = now();
    this.book = new NamespaceBook(limits, metrics, now);
    this.#journal = new NamespaceJournal(this.#layout, this.book);
    this.#opened = this.refresh();
    // Whoever uses it is told.
    this.#opened.catch(() => null);
  }

  get hasFailed(): boolean {
    return this.#failure !== null;
  }

  /** What it knows may no longer be so: it refuses everything from now on. */
  abandon(why: string): void {
    this.#failure ??= { error: new Error(why) };
    clearTimeout(this.#usedTimer);
  }

  /** Takes in what other tabs have written. */
  async refresh(): Promise<void> {
    const after = this.book.seq;
    try {
      const records = await this.#use('readonly', (objects) =>
        promisifyRequest(this.#journal.news(objects)),
      );
      this.#journal.catchUp(records, after);
    } catch (error) {
      this.#fail(error);
    }
  }

  async ready(): Promise<void> {
    await this.#opened;
    if (this.#failure) throw this.#failure.error;
  }

  /** One answer a key, in their order; null: not there, or its time is over. */
  async get(keys: readonly string[]): Promise<unknown[]> {
    await this.ready();
    await this.#encodings.of(keys);
    const rows = keys.map((key) => this.book.find(key));
    const records = new Map<string, unknown>();
    const stored = rows.flatMap((row) => {
      if (row === undefined) return [];
      const { key } = row;
      const record = this.book.unwritten(key) ?? this.#journal.inFlight.get(key);
      if (record) records.set(key, record);
      return record ? [] : [{ id: row.id, storedBytes: row.storedBytes }];
    });
    if (stored.length > 0) {
      await readValues(this.#use, this.#layout, stored, (record) => {
        const { key } = (record ?? {}) as { key?: unknown };
        if (typeof key === 'string' && !records.has(key)) records.set(key, record);
      });
    }
    const values: unknown[] = [];
    for (const [i, key] of keys.entries()) {
      const row = rows[i];
      const decoded = row ? decodeRecord(records.get(key), key) : null;
      const found = decoded instanceof Promise ? await decoded : decoded;
      if (found) this.book.hit(key);
      else this.book.miss();
      if (row && !found) this.book.lost(key, row.id);
      values.push(found ? found.value : null);
    }
    if (this.book.hasChanges) this.#writeLater();
    return values;
  }

  /** Resolves when they are in the database, or have gone for others. */
  async put(entries: readonly CacheEntry[], compress: boolean): Promise<void> {
    await this.ready();
    const large = this.#putSmall(entries, compress);
    if (large.length > 0) await this.#encodings.run(large, (entry) => this.#putLarge(entry));
    await this.write();
  }

  /** Puts what can be put at once; gives the others. */
  #putSmall(entries: readonly CacheEntry[], compress: boolean): CacheEntry[] {
    return entries.filter(({ key, stage, value, ttlMs }) => {
      if (compress && isLarge(value)) return true;
      this.book.put(key, stage, encodePlain(key, value), ttlMs);
      return false;
    });
  }

  async #putLarge({ key, stage, value, ttlMs }: CacheEntry): Promise<void> {
    const encoded = await encodeSmaller(key, value);
    if (this.#failure) throw this.#failure.error;
    this.book.put(key, stage, encoded, ttlMs);
  }

  async remove(keys: readonly string[]): Promise<void> {
    await this.ready();
    await this.refresh();
    for (const key of keys) this.book.remove(key);
    await this.write();
  }

  async clear(): Promise<void> {
    // Also where the journal could not be read.
    await this.#opened.catch(() => null);
    if (this.#failure) throw this.#failure.error;
    // By itself, before anything is added: with a full disk nothing else would be let through.
    await this.#use('readwrite', (objects) => {
      const after = this.book.seq;
      const news = this.#journal.news(objects);
      news.onsuccess = () => this.#journal.clear(objects, news.result, after);
      return promisifyRequest(objects.transaction);
    });
    try {
      await this.write();
    } catch (error) {
      if (!isQuotaError(error)) throw error;
    }
  }

  async limit(limits: Limits): Promise<void> {
    await this.ready();
    this.book.limit(limits);
    await this.write();
  }

  /** All that is known of now is in the database when this resolves. */
  async settle(): Promise<void> {
    await this.ready();
    await this.#encodings.all();
    await this.write();
  }

  // ── writing ─────────────────────────────────────────────────────────────────────────────────

  /** Writes all that has changed until now, together with what changes until it begins. */
  write(): Promise<void> {
    if (this.#failure) return Promise.reject(this.#failure.error as Error);
    return this.#journal.hasWork ? this.#writes.add() : (this.#writes.current ?? Promise.resolve());
  }

  async #write(): Promise<void> {
    if (this.#failure) throw this.#failure.error;
    clearTimeout(this.#usedTimer);
    this.#usedTimer = undefined;
    try {
      await this.#writeNow();
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#journal.inFlight.clear();
    }
  }

  #fail(error: unknown): never {
    this.#failure ??= { error };
    clearTimeout(this.#usedTimer);
    throw error;
  }

  async #writeNow(): Promise<void> {
    if (this.#now() - this.#sweptAt > sweepEveryMs) {
      this.#sweptAt = this.#now();
      this.book.sweep();
    }
    let failure: unknown = null;
    await this.#use('readwrite', (objects) => {
      const after = this.book.seq;
      const news = this.#journal.news(objects);
      news.onsuccess = () => {
        try {
          this.#journal.catchUp(news.result, after);
          this.#journal.write(objects);
        } catch (error) {
          failure = error;
          abort(objects.transaction);
        }
      };
      return promisifyRequest(objects.transaction).catch((error: unknown) => {
        throw error ?? failure ?? new Error('the storage broke a write off');
      });
    });
  }

  #writeLater(): void {
    this.#usedTimer ??= setTimeout(() => {
      this.#usedTimer = undefined;
      // Nobody waits for it; whoever comes next is told.
      this.write().catch(() => null);
    }, usedWriteDelayMs);
  }
}
