import { promisifyRequest, type UseStore } from 'idb-keyval';
import type { CacheMetrics } from '../../base/cache-facts.ts';
import type { CacheEntry } from '../../base/cache-port.ts';
import { abort, isQuotaError } from './database.ts';
import { Encodings } from './encodings.ts';
import { GatheredWrites } from './gathered-writes.ts';
import { readJournal, recordOf } from './journal.ts';
import { NamespaceBook, type Limits } from './namespace-book.ts';
import { readValues } from './read-values.ts';
import { NamespaceLayout } from './store-layout.ts';
import {
  decodeRecord,
  encodePlain,
  encodeSmaller,
  isLarge,
  type StoredRecord,
} from './stored-record.ts';

/** Uses of entries are written so long after the first of them, unless a batch goes before. ms. */
const usedWriteDelayMs = 1000;
/** What is over time is looked for so often. ms. */
const sweepEveryMs = 60_000;
/** So much in the journal, beside one line an entry, and it is told anew. */
const journalSlack = 4096;

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
  readonly #opened: Promise<void>;
  readonly #encodings = new Encodings();
  /** On their way into the database. */
  #inFlight = new Map<string, StoredRecord>();
  readonly #writes = new GatheredWrites(() => this.#write());
  #usedTimer: ReturnType<typeof setTimeout> | undefined;
  #sweptAt: number;
  /** Nothing of the journal can be used: all is thrown away with the next write. */
  #isSpoilt = false;
  #isCleared = false;
  #journalLines = 0;
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
        promisifyRequest<unknown[]>(objects.getAll(this.#layout.recordsAfter(after))),
      );
      this.#catchUp(records, after);
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
      const record = this.book.unwritten(key) ?? this.#inFlight.get(key);
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
      const news = objects.getAll(this.#layout.recordsAfter(after));
      news.onsuccess = () => {
        this.#learnEnd(news.result, after);
        this.book.clear();
        objects.delete(this.#layout.everything);
      };
      return promisifyRequest(objects.transaction);
    });
    this.#isCleared = true;
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
    const hasWork = this.book.hasChanges || this.#isCleared;
    return hasWork ? this.#writes.add() : (this.#writes.current ?? Promise.resolve());
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
      this.#inFlight = new Map();
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
      const news = objects.getAll(this.#layout.recordsAfter(after));
      news.onsuccess = () => {
        try {
          this.#catchUp(news.result, after);
          this.#send(objects);
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

  /** @param after the last record known when these were asked for; a write may have been faster. */
  #catchUp(records: readonly unknown[], after: number): void {
    const { book } = this;
    const entries = readJournal(records, after);
    this.#isSpoilt = entries === null;
    if (entries === null) {
      if (book.seq > 0) throw new Error('the list of what is stored is damaged');
      return;
    }
    const news = entries.filter(({ seq }) => seq > book.seq);
    book.apply(news);
    for (const { isWhole, rows, goneIds, used } of news) {
      if (isWhole) this.#journalLines = 0;
      this.#journalLines += rows.length + goneIds.length + used.length;
    }
  }

  /** How far the journal has come, so that what follows is later than any other tab knows. */
  #learnEnd(records: readonly unknown[], after: number): void {
    try {
      this.#catchUp(records, after);
    } catch {
      // It is damaged, and about to go.
    }
  }

  #send(objects: IDBObjectStore): void {
    const { book } = this;
    const startsAnew = this.#isCleared || this.#isSpoilt || book.seq === 0;
    // The write before took along what this one was for.
    if (!startsAnew && !book.hasChanges) return;
    if (startsAnew) {
      objects.delete(this.#layout.everything);
      book.startAnew();
    }
    const changes = book.take();
    for (const id of changes.goneIds) objects.delete(this.#layout.value(id));
    for (const { id, key, record } of changes.puts) {
      try {
        objects.put(record, this.#layout.value(id));
        this.#inFlight.set(key, record);
      } catch (error) {
        if (!(error instanceof DOMException && error.name === 'DataCloneError')) throw error;
        // It came in a message, yet can't be stored (a module of WebAssembly): as if it had never come.
        book.lost(key, id);
      }
    }
    const isWhole = startsAnew || this.#journalLines > journalSlack + 2 * book.size;
    if (isWhole && !startsAnew) objects.delete(this.#layout.recordsUpTo(book.seq));
    const entry = book.entry(changes, isWhole);
    if (isWhole) this.#journalLines = 0;
    this.#journalLines += entry.rows.length + entry.goneIds.length + entry.used.length;
    objects.add(recordOf(entry), this.#layout.record(entry.seq));
    this.#isCleared = false;
    this.#isSpoilt = false;
  }

  #writeLater(): void {
    this.#usedTimer ??= setTimeout(() => {
      this.#usedTimer = undefined;
      // Nobody waits for it; whoever comes next is told.
      this.write().catch(() => null);
    }, usedWriteDelayMs);
  }
}
