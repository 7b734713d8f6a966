import type { UseStore } from 'idb-keyval';

/** Milliseconds after which an open that neither succeeds nor fails (an old tab blocks it) counts as refused. */
const openPatienceMs = 5000;
const storeName = 'entries';

/**
 * A database with one key-value store, for `idb-keyval`'s functions, opened on first use. Like its own
 * `createStore`, but writes are relaxed (handed to the system, not flushed to the disk one by one:
 * what is in here can be worked out again) and a refused or blocked open is an error, not a wait.
 */
export function openStore(databaseName: string): UseStore {
  let opened: Promise<IDBDatabase> | null = null;
  return async (mode, use) => {
    opened ??= open(databaseName, () => (opened = null));
    // A failure is not kept: the next call may find the storage free again.
    opened.catch(() => (opened = null));
    const database = await opened;
    return use(
      database.transaction(storeName, mode, { durability: 'relaxed' }).objectStore(storeName),
    );
  };
}

function open(name: string, onClosed: () => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    if (typeof indexedDB === 'undefined') {
      reject(new Error('this browser has no IndexedDB'));
      return;
    }
    const request = indexedDB.open(name, 1);
    const timer = setTimeout(
      () => reject(new Error('another tab holds the storage')),
      openPatienceMs,
    );
    request.onupgradeneeded = () => request.result.createObjectStore(storeName);
    request.onerror = () => {
      clearTimeout(timer);
      reject(request.error ?? new Error('storage was refused'));
    };
    request.onsuccess = () => {
      clearTimeout(timer);
      const database = request.result;
      database.onversionchange = () => {
        database.close();
        onClosed();
      };
      database.onclose = onClosed;
      resolve(database);
    };
  });
}
