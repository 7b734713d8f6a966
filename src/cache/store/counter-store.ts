import type { UseStore } from 'idb-keyval';
import { promisifyRequest } from 'idb-keyval';
import { assert } from '../../base/assert.ts';
import {
  counterNamesMax,
  type CounterChange,
  type NotedCounter,
  type StoredCounter,
} from '../../base/counter-port.ts';
import { abort, openStore } from './database.ts';

/**
 * Counters in IndexedDB, by namespace and name. Every write is strict: it counts as done when it has reached
 * the disk, where the browser can tell. Every method throws when storage is refused, absent or full.
 */
export class CounterStore {
  readonly #store: UseStore;

  constructor(databaseName: string) {
    this.#store = openStore(databaseName, { durability: 'strict' });
  }

  /** One a name, in their order; 0 for those that were never written. */
  get(namespace: string, names: readonly string[]): Promise<StoredCounter[]> {
    return this.#store('readonly', (entries) =>
      Promise.all(names.map((name) => read(entries, fullName(namespace, name)))),
    );
  }

  /**
   * Adds to all of them in one transaction, whatever other tabs add; gives what they are after it.
   * @throws Error when the namespace would have too many counters, or one would be too large.
   */
  add(namespace: string, changes: readonly CounterChange[]): Promise<StoredCounter[]> {
    return this.#change(namespace, changes, (before, { by, updates }) => ({
      value: before.value + by,
      updates: before.updates + updates,
    }));
  }

  /**
   * Sets, in one transaction, those that have fewer updates here than was noted.
   * @throws Error as `add` does.
   */
  async adopt(namespace: string, noted: readonly NotedCounter[]): Promise<void> {
    await this.#change(namespace, noted, (before, { value, updates }) =>
      before.updates < updates ? { value, updates } : before,
    );
  }

  #change<Change extends { name: string }>(
    namespace: string,
    changes: readonly Change[],
    apply: (before: StoredCounter, change: Change) => StoredCounter,
  ): Promise<StoredCounter[]> {
    return this.#store('readwrite', async (entries) => {
      const { transaction } = entries;
      const done = promisifyRequest(transaction);
      // Whatever fails below aborts; then that is what is told.
      done.catch(() => null);
      try {
        const values: StoredCounter[] = [];
        for (const change of changes) {
          const { name } = change;
          const key = fullName(namespace, name);
          const before = await read(entries, key);
          const after = apply(before, change);
          if (!Number.isSafeInteger(after.value)) throw new Error(`"${name}" has become too large`);
          entries.put(after, key);
          values.push(after);
        }
        const count = await promisifyRequest(entries.count(allOf(namespace)));
        if (count > counterNamesMax)
          throw new Error(`a document may keep ${counterNamesMax} counters`);
        await done;
        return values;
      } catch (error) {
        if (transaction.error === null) abort(transaction);
        throw error;
      }
    });
  }

  clear(namespace: string): Promise<void> {
    return this.#delete(allOf(namespace));
  }

  /** Of all namespaces. */
  clearAll(): Promise<void> {
    return this.#delete(IDBKeyRange.lowerBound(''));
  }

  #delete(range: IDBKeyRange): Promise<void> {
    return this.#store('readwrite', (entries) => {
      entries.delete(range);
      return promisifyRequest(entries.transaction);
    });
  }
}

async function read(entries: IDBObjectStore, key: string): Promise<StoredCounter> {
  const found: unknown = await promisifyRequest(entries.get(key));
  // What is there may be of another version, or damaged: then counting begins anew.
  const { value, updates } = (found ?? {}) as Partial<StoredCounter>;
  return Number.isSafeInteger(value) && Number.isSafeInteger(updates)
    ? { value: value!, updates: updates! }
    : { value: 0, updates: 0 };
}

const fullName = (namespace: string, name: string): string => prefixOf(namespace) + name;
const allOf = (namespace: string): IDBKeyRange =>
  IDBKeyRange.bound(prefixOf(namespace), `${prefixOf(namespace)}\uffff`);

/** No counter of one namespace can be taken for one of another: a namespace holds no line break. */
function prefixOf(namespace: string): string {
  assert(!namespace.includes('\n'), 'a namespace holds no line break');
  return `${namespace}\n`;
}
