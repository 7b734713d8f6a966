import { readJournal, recordOf } from './journal.ts';
import type { NamespaceBook } from './namespace-book.ts';
import type { NamespaceLayout } from './store-layout.ts';
import type { StoredRecord } from './stored-record.ts';

/** So much in the journal, beside one line an entry, and it is told anew. */
const slack = 4096;

/**
 * Keeps the book of a namespace and what lies in the database the same: takes in what other tabs added to the
 * journal, and writes what has changed in the book, each within a transaction of the caller's.
 */
export class NamespaceJournal {
  readonly #layout: NamespaceLayout;
  readonly #book: NamespaceBook;
  /** On their way into the database; whoever asked for the write empties it at its end. */
  readonly inFlight = new Map<string, StoredRecord>();
  /** Nothing of the journal can be used: all is thrown away with the next write. */
  #isSpoilt = false;
  #isCleared = false;
  #lines = 0;

  constructor(layout: NamespaceLayout, book: NamespaceBook) {
    this.#layout = layout;
    this.#book = book;
  }

  /** There is something to be written. */
  get hasWork(): boolean {
    return this.#book.hasChanges || this.#isCleared;
  }

  /** Asks for the records that the book does not know yet. */
  news(objects: IDBObjectStore): IDBRequest<unknown[]> {
    return objects.getAll(this.#layout.recordsAfter(this.#book.seq));
  }

  /** @param after the last record known when these were asked for; a write may have been faster. */
  catchUp(records: readonly unknown[], after: number): void {
    const book = this.#book;
    const entries = readJournal(records, after);
    this.#isSpoilt = entries === null;
    if (entries === null) {
      if (book.seq > 0) throw new Error('the list of what is stored is damaged');
      return;
    }
    const news = entries.filter(({ seq }) => seq > book.seq);
    book.apply(news);
    for (const { isWhole, rows, goneIds, used } of news) {
      if (isWhole) this.#lines = 0;
      this.#lines += rows.length + goneIds.length + used.length;
    }
  }

  /** Throws everything away, in the database too. The next write begins a new journal. */
  clear(objects: IDBObjectStore, records: readonly unknown[], after: number): void {
    try {
      // How far it has come, so that what follows is later than any other tab knows.
      this.catchUp(records, after);
    } catch {
      // It is damaged, and about to go.
    }
    this.#book.clear();
    objects.delete(this.#layout.everything);
    this.#isCleared = true;
  }

  /** Writes all that has changed: first deletes, then puts, then adds its own record. */
  write(objects: IDBObjectStore): void {
    const book = this.#book;
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
        this.inFlight.set(key, record);
      } catch (error) {
        if (!(error instanceof DOMException && error.name === 'DataCloneError')) throw error;
        // It came in a message, yet can't be stored (a module of WebAssembly): as if it had never come.
        book.lost(key, id);
      }
    }
    const isWhole = startsAnew || this.#lines > slack + 2 * book.size;
    if (isWhole && !startsAnew) objects.delete(this.#layout.recordsUpTo(book.seq));
    const entry = book.entry(changes, isWhole);
    if (isWhole) this.#lines = 0;
    this.#lines += entry.rows.length + entry.goneIds.length + entry.used.length;
    objects.add(recordOf(entry), this.#layout.record(entry.seq));
    this.#isCleared = false;
    this.#isSpoilt = false;
  }
}
