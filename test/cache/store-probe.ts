/** What tests need to look at a result store from behind: the raw database, keys, entries. */
import { byteSize } from '../../src/base/byte-size.ts';
import type { CacheEntry, CacheSettings } from '../../src/base/cache-port.ts';
import { readJournal } from '../../src/cache/store/journal.ts';
import { entryOverheadBytes } from '../../src/base/cache-facts.ts';

export const settings = (more: Partial<CacheSettings> = {}): CacheSettings => ({
  maxBytes: 1e6,
  policy: 'lru',
  compress: false,
  ...more,
});
export const keyOf = (n: number): string => n.toString(16).padStart(64, '0');
export const entry = (n: number, value: unknown, more: Partial<CacheEntry> = {}): CacheEntry => ({
  key: keyOf(n),
  stage: 'parse',
  value,
  ttlMs: null,
  ...more,
});
export const freshName = (): string => `test-store-${crypto.randomUUID()}`;

export function openRaw(name: string, version?: number): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, version);
    request.onupgradeneeded = () => {
      if (request.result.objectStoreNames.length === 0) request.result.createObjectStore('entries');
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error!);
  });
}

/** Everything in the database, in order. */
export async function readRaw(name: string): Promise<Map<string, unknown>> {
  const database = await openRaw(name);
  const objects = database.transaction('entries').objectStore('entries');
  const keys = objects.getAllKeys();
  const values = objects.getAll();
  await ended(objects.transaction);
  database.close();
  return new Map(keys.result.map((key, i) => [String(key), values.result[i]]));
}

/** Writes behind the store's back. `undefined`: deletes. */
export async function writeRaw(name: string, changes: Map<string, unknown>): Promise<void> {
  const database = await openRaw(name);
  const objects = database.transaction('entries', 'readwrite').objectStore('entries');
  for (const [key, value] of changes) {
    if (value === undefined) objects.delete(key);
    else objects.put(value, key);
  }
  await ended(objects.transaction);
  database.close();
}

const ended = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('aborted'));
  });

export interface Laid {
  /** What the values take, counted anew. */
  bytes: number;
  entries: number;
}

/**
 * What lies under a namespace. Throws unless the journal tells of exactly the values that are there, each
 * under its own key and with its true size.
 */
export async function lookUnder(name: string, namespace: string): Promise<Laid> {
  const raw = [...(await readRaw(name))];
  const part = (letter: string): [string, unknown][] =>
    raw.filter(([key]) => key.startsWith(`${encodeURIComponent(namespace)}/${letter}/`));
  const journal = readJournal(
    part('j').map(([, record]) => record),
    0,
  );
  if (journal === null) throw new Error('the journal cannot be read');
  const told = new Map<number, { key: string; storedBytes: number }>();
  for (const { isWhole, rows, goneIds } of journal) {
    if (isWhole) told.clear();
    for (const id of goneIds) told.delete(id);
    for (const row of rows) told.set(row.id, row);
  }
  let bytes = 0;
  for (const [place, record] of part('v')) {
    const row = told.get(Number(place.slice(place.lastIndexOf('/') + 1)));
    const {
      key,
      value,
      bytes: packed,
    } = record as { key: string; value?: unknown; bytes?: Uint8Array };
    const size = entryOverheadBytes + (packed ? packed.length : byteSize(value));
    if (row?.key !== key || row.storedBytes !== size) {
      throw new Error(`${place} holds ${key} with ${size} bytes; told was ${JSON.stringify(row)}`);
    }
    bytes += size;
    told.delete(Number(place.slice(place.lastIndexOf('/') + 1)));
  }
  if (told.size > 0) throw new Error(`told of, but not there: ${[...told.keys()].join(', ')}`);
  return { bytes, entries: part('v').length };
}
