import { delMany, entries, getMany, setMany, type UseStore } from 'idb-keyval';
import { byteSize } from '../../base/byte-size.ts';
import type { CacheEntry } from '../../base/cache-port.ts';
import { openStore } from './database.ts';

/** What is known of a stored result without reading it. */
interface IndexRow {
  bytes: number;
  storedAt: number;
  /** Infinity: never. */
  expiresAt: number;
}

interface StoredResult {
  value: unknown;
  expiresAt: number;
}

export interface CacheUsage {
  entries: number;
  bytes: number;
}

/**
 * Results of stages in IndexedDB, by namespace and key. Values and an index of their sizes live in two
 * databases, so that asking for the usage reads no value. Every method throws when storage is refused,
 * absent or full; callers go on without.
 */
export class ResultStore {
  readonly #values: UseStore;
  readonly #index: UseStore;
  readonly #now: () => number;
  #rows: Promise<Map<string, IndexRow>> | null = null;

  /** @param now wall clock, ms since 1970: entries outlive the page. */
  constructor(name: string, now: () => number) {
    this.#values = openStore(name);
    this.#index = openStore(`${name}-index`);
    this.#now = now;
  }

  /** One answer a key, in their order; null: not there, or expired. */
  async get(namespace: string, keys: readonly string[]): Promise<unknown[]> {
    const names = keys.map((key) => fullName(namespace, key));
    const stored = await getMany<StoredResult | undefined>(names, this.#values);
    const now = this.#now();
    return stored.map((result) => (result && result.expiresAt > now ? result.value : null));
  }

  /** Stores all of them, then deletes the oldest of the namespace until it fits `maxBytes`. */
  async put(namespace: string, added: readonly CacheEntry[], maxBytes: number): Promise<void> {
    const now = this.#now();
    const rows: [string, IndexRow][] = [];
    const values: [string, StoredResult][] = [];
    for (const { key, value, ttlMs } of added) {
      const bytes = byteSize(value);
      if (bytes > maxBytes || ttlMs === 0) continue;
      const name = fullName(namespace, key);
      const expiresAt = ttlMs === null ? Infinity : now + ttlMs;
      rows.push([name, { bytes, storedAt: now, expiresAt }]);
      values.push([name, { value, expiresAt }]);
    }
    await setMany(values, this.#values);
    await setMany(rows, this.#index);
    const known = await this.#known();
    for (const [name, row] of rows) known.set(name, row);
    await this.#evict(namespace, known, maxBytes);
  }

  async usage(namespace: string): Promise<CacheUsage> {
    let count = 0;
    let bytes = 0;
    for (const [, row] of rowsOf(await this.#known(), namespace)) {
      count++;
      bytes += row.bytes;
    }
    return { entries: count, bytes };
  }

  async clear(namespace: string): Promise<void> {
    const known = await this.#known();
    await this.#remove(
      known,
      rowsOf(known, namespace).map(([name]) => name),
    );
  }

  async #evict(namespace: string, known: Map<string, IndexRow>, maxBytes: number): Promise<void> {
    const now = this.#now();
    const rows = rowsOf(known, namespace);
    let bytes = rows.reduce((sum, [, row]) => sum + row.bytes, 0);
    // What has expired goes first, then what was stored first.
    rows.sort(
      ([, a], [, b]) =>
        Number(b.expiresAt <= now) - Number(a.expiresAt <= now) || a.storedAt - b.storedAt,
    );
    const gone: string[] = [];
    for (const [name, row] of rows) {
      if (bytes <= maxBytes && row.expiresAt > now) break;
      gone.push(name);
      bytes -= row.bytes;
    }
    if (gone.length > 0) await this.#remove(known, gone);
  }

  async #remove(known: Map<string, IndexRow>, names: string[]): Promise<void> {
    await delMany(names, this.#values);
    await delMany(names, this.#index);
    for (const name of names) known.delete(name);
  }

  #known(): Promise<Map<string, IndexRow>> {
    this.#rows ??= entries<string, IndexRow>(this.#index).then((rows) => new Map(rows));
    this.#rows.catch(() => (this.#rows = null));
    return this.#rows;
  }
}

// A namespace never holds a line break, so no key of one can be taken for a key of another.
const fullName = (namespace: string, key: string): string => `${namespace}\n${key}`;

function rowsOf(known: Map<string, IndexRow>, namespace: string): [string, IndexRow][] {
  return [...known].filter(([name]) => name.startsWith(`${namespace}\n`));
}
