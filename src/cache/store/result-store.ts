import {
  noMetrics,
  type CacheMetrics,
  type CacheNamespace,
  type CacheOrder,
  type CacheRow,
  type CacheState,
} from '../../base/cache-facts.ts';
import type { CacheEntry, CacheSettings } from '../../base/cache-port.ts';
import { openStore } from './database.ts';
import type { StoredRow } from './journal.ts';
import { NamespaceStore } from './namespace-store.ts';
import { namespacesIn } from './store-layout.ts';

/** The first version had a database beside for the sizes. */
const databaseVersion = 2;
const formerSizesOf = (name: string): string => `${name}-index`;

interface Space {
  settings: CacheSettings;
  metrics: CacheMetrics;
  store: NamespaceStore | null;
}

/**
 * Results of stages in IndexedDB, by namespace and key. Every method throws when storage is refused, absent or
 * full; callers go on without. After that nothing is remembered of what was there: it is read anew.
 *
 * A limit counts what entries take in storage: compressed, and with their keys.
 */
export class ResultStore {
  readonly #use: ReturnType<typeof openStore>;
  readonly #now: () => number;
  readonly #spaces = new Map<string, Space>();

  /**
   * @param now wall clock, ms since 1970: entries outlive the page.
   * @param patienceMs for an old tab that holds the database; left out: 2 s.
   */
  constructor(name: string, now: () => number, patienceMs?: number) {
    const onLost = (): void => {
      for (const { store } of this.#spaces.values()) store?.abandon('the storage was taken away');
    };
    const options = { version: databaseVersion, onLost };
    this.#use = openStore(name, patienceMs === undefined ? options : { ...options, patienceMs });
    this.#now = now;
    dropFormer(formerSizesOf(name));
  }

  /** One answer a key, in their order; null: not there, or its time is over. */
  get(namespace: string, keys: readonly string[]): Promise<unknown[]> {
    return this.#store(namespace).get(keys);
  }

  /** Keeps what fits, and lets go what has to go for it. Resolves when it is stored. */
  async put(namespace: string, entries: readonly CacheEntry[]): Promise<void> {
    const { settings } = this.#space(namespace);
    await this.#store(namespace).put(entries, settings.compress);
  }

  /** How a namespace is kept from now on; whoever no longer fits goes. */
  async keep(namespace: string, settings: CacheSettings): Promise<void> {
    this.#space(namespace).settings = settings;
    await this.#store(namespace).limit(settings);
  }

  /** Resolves when all that was put is stored. */
  settle(namespace: string): Promise<void> {
    return this.#store(namespace).settle();
  }

  /** `maxBytes` is Infinity until `keep` has told. Counts are those of this tab. */
  async state(namespace: string): Promise<Omit<CacheState, 'why'>> {
    const { book } = await this.#seen(namespace);
    const { settings, metrics } = this.#space(namespace);
    const { maxBytes } = settings;
    return {
      entries: book.size,
      bytes: book.bytes,
      maxBytes: maxBytes === unlimited.maxBytes ? Infinity : maxBytes,
      metrics: { ...metrics },
    };
  }

  async rows(
    namespace: string,
    from: number,
    count: number,
    order: CacheOrder,
  ): Promise<{ rows: CacheRow[]; total: number }> {
    const { book } = await this.#seen(namespace);
    const all = [...book.rows].sort(orders[order]);
    const rows = all.slice(from, from + count).map(({ id: _, ...row }) => row);
    return { rows, total: all.length };
  }

  async remove(namespace: string, keys: readonly string[]): Promise<void> {
    await this.#store(namespace).remove(keys);
  }

  /** Forgets all entries, and what was counted. */
  async clear(namespace: string): Promise<void> {
    Object.assign(this.#space(namespace).metrics, noMetrics());
    await this.#store(namespace).clear();
  }

  /** Those that hold something. */
  async namespaces(): Promise<CacheNamespace[]> {
    const sizes: CacheNamespace[] = [];
    for (const name of await this.#use('readonly', namespacesIn)) {
      const { book } = await this.#seen(name);
      if (book.size > 0) sizes.push({ name, entries: book.size, bytes: book.bytes });
    }
    return sizes;
  }

  async clearAll(): Promise<void> {
    for (const name of await this.#use('readonly', namespacesIn)) await this.clear(name);
  }

  #space(namespace: string): Space {
    let space = this.#spaces.get(namespace);
    if (space === undefined) {
      space = { settings: unlimited, metrics: noMetrics(), store: null };
      this.#spaces.set(namespace, space);
    }
    return space;
  }

  #store(namespace: string): NamespaceStore {
    const space = this.#space(namespace);
    if (space.store === null || space.store.hasFailed) {
      const { settings, metrics } = space;
      space.store = new NamespaceStore(this.#use, namespace, settings, metrics, this.#now);
    }
    return space.store;
  }

  /** With what other tabs did meanwhile. */
  async #seen(namespace: string): Promise<NamespaceStore> {
    const store = this.#store(namespace);
    await store.ready();
    await store.refresh();
    return store;
  }
}

/** Until a run tells otherwise: merely looking must throw nothing away. */
const unlimited: CacheSettings = {
  maxBytes: Number.MAX_SAFE_INTEGER,
  policy: 'lru',
  compress: false,
};

const orders: Readonly<Record<CacheOrder, (a: StoredRow, b: StoredRow) => number>> = {
  age: (a, b) => b.storedAt - a.storedAt || b.id - a.id,
  size: (a, b) => b.storedBytes - a.storedBytes,
  hits: (a, b) => b.hits - a.hits,
  use: (a, b) => b.usedAt - a.usedAt,
};

function dropFormer(name: string): void {
  try {
    // Whether it works does not matter: nobody reads it.
    indexedDB.deleteDatabase(name);
  } catch {
    // There is no IndexedDB, or none for us.
  }
}
