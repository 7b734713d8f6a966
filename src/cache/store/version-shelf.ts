import { get, getMany, keys } from 'idb-keyval';
import { abort, openStore } from './database.ts';
import { thinVersions, type KeptFacts } from './thin-versions.ts';

/** Of one piece of work. Its text may have 4 MiB, and most have a few kB. */
export const versionLimits = { count: 60, bytes: 12 * 2 ** 20 };
/** Of so many pieces of work; those whose versions are oldest go first. */
const worksMax = 40;

const listKey = (workId: string): string => `list ${workId}`;
const textKey = (workId: string, id: string): string => `text ${workId} ${id}`;

/** Which keys a list stands for. */
const keysOf = (workId: string, list: readonly KeptFacts[]): string[] => [
  listKey(workId),
  ...list.map(({ id }) => textKey(workId, id)),
];

/**
 * Earlier states of each piece of work, in IndexedDB: under one key the list of what there is, under one
 * each the texts, all that belongs together changed in one transaction. @throws when storage is refused or full.
 */
export class VersionShelf<Facts extends KeptFacts> {
  readonly #store: ReturnType<typeof openStore>;

  constructor(name: string) {
    this.#store = openStore(`millrace-${name}`);
  }

  /** Newest first. */
  async list(workId: string): Promise<Facts[]> {
    return (await get<Facts[]>(listKey(workId), this.#store)) ?? [];
  }

  /** In the order of the ids; null: it is no longer there. */
  async texts(workId: string, ids: readonly string[]): Promise<(string | null)[]> {
    const wanted = ids.map((id) => textKey(workId, id));
    const found = await getMany<string | undefined>(wanted, this.#store);
    return found.map((text) => text ?? null);
  }

  /**
   * Puts a version where its time belongs. The same text as the newest is no new version: then that one
   * takes over what `same` makes of it.
   */
  async keep(
    workId: string,
    facts: Facts,
    text: string,
    same: (newest: Facts) => Facts,
  ): Promise<void> {
    let isFirst = false;
    await this.#change(workId, async (list, store) => {
      isFirst = list.length === 0;
      const [newest] = list;
      if (newest && (await done(store.get(textKey(workId, newest.id)))) === text)
        return [same(newest), ...list.slice(1)];
      store.put(text, textKey(workId, facts.id));
      return [facts, ...list].sort((a, b) => b.keptAt - a.keptAt);
    });
    if (isFirst) await this.#letGo(workId).catch(() => null);
  }

  /** What `edit` makes of a version; null: it goes. */
  change(workId: string, id: string, edit: (facts: Facts) => Facts | null): Promise<void> {
    return this.#change(workId, async (list) =>
      list.flatMap((facts) => (facts.id === id ? (edit(facts) ?? []) : [facts])),
    );
  }

  /** One transaction: the list as it is, what it becomes, and the texts of those that left it. */
  #change(
    workId: string,
    edit: (list: Facts[], store: IDBObjectStore) => Promise<Facts[]>,
  ): Promise<void> {
    return this.#store('readwrite', async (store) => {
      const over = ended(store.transaction);
      try {
        const list = (await done(store.get(listKey(workId)))) as Facts[] | undefined;
        const before = list ?? [];
        const edited = await edit(before, store);
        const after = thinVersions(edited, versionLimits);
        store.put(after, listKey(workId));
        const stays = new Set(after.map(({ id }) => id));
        for (const { id } of [...before, ...edited])
          if (!stays.has(id)) store.delete(textKey(workId, id));
      } catch (error) {
        abort(store.transaction);
        await over.catch(() => null);
        throw error;
      }
      await over;
    });
  }

  /** Versions of work that has not been touched for longest. @param workId stays. */
  async #letGo(workId: string): Promise<void> {
    const lists = (await keys<string>(this.#store)).filter((key) => key.startsWith(listKey('')));
    if (lists.length <= worksMax) return;
    const all = await Promise.all(
      lists.map(async (key) => {
        const work = key.slice(listKey('').length);
        return { work, list: await this.list(work) };
      }),
    );
    const old = all
      .filter(({ work }) => work !== workId)
      .sort((a, b) => (b.list[0]?.keptAt ?? 0) - (a.list[0]?.keptAt ?? 0))
      .slice(worksMax - 1);
    await this.#store('readwrite', async (store) => {
      const over = ended(store.transaction);
      for (const { work, list } of old) for (const key of keysOf(work, list)) store.delete(key);
      await over;
    });
  }
}

const done = <Value>(request: IDBRequest<Value>): Promise<Value> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('storage was refused'));
  });

function ended(transaction: IDBTransaction): Promise<void> {
  const over = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('storage was refused'));
  });
  // It may break off while something else is awaited, which then fails as well.
  over.catch(() => null);
  return over;
}
