import type { UseStore } from 'idb-keyval';

/** An open that neither succeeds nor fails within so long (an old tab blocks it) counts as refused. */
const openPatienceMs = 2000;

export interface StoreOptions {
  /** What an older version of the database held is thrown away. */
  version?: number;
  patienceMs?: number;
  /** `relaxed` (left out): a write is done when the system has it; `strict`: when the disk has it, where the browser can tell. */
  durability?: 'relaxed' | 'strict';
  /** The connection is gone, and with it perhaps what was in the database. */
  onLost?: () => void;
}

const storeName = 'entries';

/**
 * A database with one key-value store, for `idb-keyval`'s functions, opened on first use. Like its own
 * `createStore`, but writes are relaxed (handed to the system, not flushed to the disk one by one:
 * most of what is kept can be worked out again) and a refused or blocked open is an error, not a wait.
 */
export function openStore(databaseName: string, options: StoreOptions = {}): UseStore {
  const { durability = 'relaxed' } = options;
  let opened: Promise<IDBDatabase> | null = null;
  const lost = (): void => {
    opened = null;
    options.onLost?.();
  };
  return async (mode, use) => {
    const opening = (opened ??= open(databaseName, options, lost));
    try {
      const database = await opening;
      const transaction = database.transaction(storeName, mode, { durability });
      return use(transaction.objectStore(storeName));
    } catch (error) {
      // A failure is not kept: the next call may find the storage free again.
      if (opened === opening) opened = null;
      throw error;
    }
  };
}

function open(
  name: string,
  { version = 1, patienceMs = openPatienceMs }: StoreOptions,
  onLost: () => void,
): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    if (typeof indexedDB === 'undefined') {
      reject(new Error('this browser has no IndexedDB'));
      return;
    }
    const request = indexedDB.open(name, version);
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      reject(new Error('another tab holds the storage'));
    }, patienceMs);
    request.onupgradeneeded = () => {
      const database = request.result;
      for (const old of database.objectStoreNames) database.deleteObjectStore(old);
      database.createObjectStore(storeName);
    };
    request.onerror = () => {
      clearTimeout(timer);
      reject(request.error ?? new Error('storage was refused'));
    };
    request.onsuccess = () => {
      clearTimeout(timer);
      const database = request.result;
      // Nobody would use it, and others might have to wait for it.
      if (isLate) database.close();
      database.onversionchange = () => {
        database.close();
        onLost();
      };
      database.onclose = onLost;
      resolve(database);
    };
  });
}

/** The browser gives no more room. */
export const isQuotaError = (error: unknown): boolean =>
  error instanceof Error && error.name === 'QuotaExceededError';

/** Breaks a transaction off, unless it has broken off by itself. */
export function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch {
    // It is over.
  }
}
