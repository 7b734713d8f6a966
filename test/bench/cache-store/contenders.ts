import { get, promisifyRequest, set } from 'idb-keyval';
import type { CacheEntry, CacheSettings, FromCache } from '../../../src/base/cache-port.ts';
import { openStore } from '../../../src/cache/store/database.ts';
import { ResultStore } from '../../../src/cache/store/result-store.ts';
import type { CacheClient } from '../../../workers/cache-client.ts';

/** One way to keep results, in storage of its own that is empty at first. */
export interface Contender {
  name: string;
  /** Slow ones get a part of the entries: what counts is the rate. */
  share: number;
  open(): Promise<Opened>;
}
export interface Opened {
  /** Resolves when all is written. */
  write(entries: readonly CacheEntry[]): Promise<void>;
  /** One value a key, in their order. */
  read(keys: readonly string[]): Promise<unknown[]>;
  drop(): Promise<void>;
}

/** As many as a run's coordinator hands on at once. */
const perMessage = 256;
const settings: CacheSettings = { maxBytes: 1e9, policy: 'lru', compress: false };
const space = 'bench';
const freshName = (): string => `bench-${crypto.randomUUID()}`;

function* batches<T>(all: readonly T[]): Generator<T[]> {
  for (let from = 0; from < all.length; from += perMessage) {
    yield all.slice(from, from + perMessage);
  }
}

const deleted = (name: string): Promise<unknown> =>
  promisifyRequest(indexedDB.deleteDatabase(name));

/** The store itself, asked in batches as a run asks. */
const store: Contender = {
  name: 'millrace',
  share: 1,
  async open() {
    const name = freshName();
    const results = new ResultStore(name, Date.now);
    await results.keep(space, settings);
    return {
      async write(entries) {
        await Promise.all([...batches(entries)].map((batch) => results.put(space, batch)));
      },
      async read(keys) {
        const values: unknown[] = [];
        for (const batch of batches(keys)) values.push(...(await results.get(space, batch)));
        return values;
      },
      drop: async () => void (await deleted(name)),
    };
  },
};

/** The same as a run has it: in its worker, over a port. */
const throughWorker = (client: CacheClient): Contender => ({
  name: 'millrace, in its worker',
  share: 1,
  async open() {
    const namespace = freshName();
    const port = await client.open(namespace, settings);
    const waiting = new Map<number, (values: unknown[]) => void>();
    port.onmessage = ({ data }: MessageEvent<FromCache>) => {
      if (data.type === 'refused') throw new Error(data.why);
      waiting.get(data.request)?.(data.values);
      waiting.delete(data.request);
    };
    let requests = 0;
    const ask = (keys: string[]): Promise<unknown[]> =>
      new Promise((resolve) => {
        const request = requests++;
        waiting.set(request, resolve);
        port.postMessage({ type: 'get', request, keys });
      });
    return {
      async write(entries) {
        for (const batch of batches(entries)) port.postMessage({ type: 'put', entries: batch });
        await ask([]);
      },
      async read(keys) {
        return (await Promise.all([...batches(keys)].map(ask))).flat();
      },
      drop: () => client.clear(namespace),
    };
  },
});

/** The least a page can do: one transaction, relaxed, a request each. */
const rawLoop: Contender = {
  name: 'one raw transaction',
  share: 1,
  async open() {
    const name = freshName();
    const use = openStore(name);
    await use('readonly', () => null);
    return {
      write: (entries) =>
        use('readwrite', (objects) => {
          for (const { key, value } of entries) objects.put(value, key);
          return promisifyRequest(objects.transaction);
        }),
      read: (keys) =>
        use('readonly', async (objects) => {
          const requests = keys.map((key) => objects.get(key) as IDBRequest<unknown>);
          await promisifyRequest(objects.transaction);
          return requests.map(({ result }) => result);
        }),
      drop: async () => void (await deleted(name)),
    };
  },
};

const oneByOne: Contender = {
  name: 'idb-keyval, one by one',
  share: 0.1,
  async open() {
    const name = freshName();
    const use = openStore(name);
    await use('readonly', () => null);
    return {
      async write(entries) {
        for (const { key, value } of entries) await set(key, value, use);
      },
      async read(keys) {
        const values: unknown[] = [];
        for (const key of keys) values.push(await get(key, use));
        return values;
      },
      drop: async () => void (await deleted(name)),
    };
  },
};

export const contenders = (client: CacheClient): Contender[] => [
  store,
  throughWorker(client),
  rawLoop,
  oneByOne,
];
