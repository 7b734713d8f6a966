import { transfer, wrap } from 'comlink';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ResultStore } from '../../src/cache/store/result-store.ts';
import type { CacheApi } from '../../workers/cache.ts';
import CacheWorker from '../../workers/cache.ts?worker';
import {
  entry,
  freshName,
  keyOf,
  lookUnder,
  openRaw,
  readRaw,
  settings,
  writeRaw,
} from './store-probe.ts';

const space = 'n';
const many = (count: number, letters = 100) =>
  Array.from({ length: count }, (_, n) => entry(n, `${n} ${'x'.repeat(letters)}`));

async function filled(values: readonly unknown[], more = {}) {
  const name = freshName();
  const store = new ResultStore(name, Date.now);
  await store.keep(space, settings(more));
  await store.put(
    space,
    values.map((value, n) => entry(n, value)),
  );
  return { name, store, reopen: () => new ResultStore(name, Date.now) };
}
const placeOf = async (name: string, n: number): Promise<string> => {
  const found = [...(await readRaw(name))].find(
    ([place, record]) => place.includes('/v/') && (record as { key: string }).key === keyOf(n),
  );
  return found![0];
};
const change = async (name: string, place: string, value: unknown): Promise<void> =>
  writeRaw(name, new Map([[place, value]]));

afterEach(() => vi.restoreAllMocks());

describe('an entry that is damaged', () => {
  const text = 'again and '.repeat(10_000);
  test.for<[string, (record: { key: string; bytes: Uint8Array }) => unknown]>([
    ['junk', () => 'junk'],
    ['nothing', () => undefined],
    ['null', () => null],
    ['a result of the first version', () => ({ value: 'old', expiresAt: Infinity })],
    ['the value of another key', (record) => ({ ...record, key: keyOf(1) })],
    ['a form of tomorrow', (record) => ({ ...record, form: 'brotli' })],
    ['cut off', (record) => ({ ...record, bytes: record.bytes.slice(0, -20) })],
    [
      'changed inside',
      (record) => ({
        ...record,
        bytes: record.bytes.map((byte, i) => (i === 60 ? byte ^ 1 : byte)),
      }),
    ],
    ['no gzip', (record) => ({ ...record, bytes: new Uint8Array(50) })],
    ['of another length', (record) => ({ ...record, length: 5 })],
    ['without its bytes', ({ key }) => ({ key, form: 'gzip', length: 5 })],
  ])('is a miss, and gone: %s', async ([, damage]) => {
    const { name, store, reopen } = await filled([text, 'other'], { compress: true });
    const place = await placeOf(name, 0);
    const record = (await readRaw(name)).get(place) as { key: string; bytes: Uint8Array };
    expect(record).toMatchObject({ form: 'gzip' });
    await change(name, place, damage(record));
    for (const one of [store, reopen()]) {
      expect(await one.get(space, [keyOf(0), keyOf(1)])).toEqual([null, 'other']);
      await one.settle(space);
    }
    expect(await lookUnder(name, space)).toMatchObject({ entries: 1 });
    await store.put(space, [entry(0, text)]);
    expect(await reopen().get(space, [keyOf(0)])).toEqual([text]);
  });
});

describe('a journal that is damaged', () => {
  const lastOf = async (name: string): Promise<[string, Record<string, unknown>]> =>
    [...(await readRaw(name))].filter(([place]) => place.includes('/j/')).at(-1) as [
      string,
      Record<string, unknown>,
    ];
  test.for<[string, (record: Record<string, unknown>) => unknown]>([
    ['junk', () => 'junk'],
    ['gone', () => undefined],
    ['of an older format', (record) => ({ ...record, format: 1 })],
    ['keys cut off', ({ keys, ...rest }) => ({ ...rest, keys: (keys as string).slice(9) })],
  ])('is begun anew, without anything of it: %s', async ([, damage]) => {
    const { name, store, reopen } = await filled(['a', 'b']);
    await store.put(space, [entry(2, 'c')]);
    const [place, record] = await lastOf(name);
    const first = [...(await readRaw(name)).keys()].find((key) => key.includes('/j/'))!;
    await change(name, damage(record) === undefined ? first : place, damage(record));
    const again = reopen();
    expect(await again.get(space, [0, 1, 2].map(keyOf))).toEqual([null, null, null]);
    expect(await again.state(space)).toMatchObject({ entries: 0, bytes: 0 });
    await again.put(space, [entry(5, 'new')]);
    expect(await lookUnder(name, space)).toMatchObject({ entries: 1 });
    // Who still knows the old one answers from it no more, and finds its way back.
    expect(await store.get(space, [keyOf(0)])).toEqual([null]);
    await store.put(space, [entry(6, 'more')]);
    expect(await reopen().get(space, [keyOf(5), keyOf(6)])).toEqual(['new', 'more']);
    await lookUnder(name, space);
  });
});

describe('storage as it was first laid out', () => {
  const layOut = async (name: string): Promise<IDBDatabase> => {
    const old = await openRaw(name, 1);
    const objects = old.transaction('entries', 'readwrite').objectStore('entries');
    objects.put({ value: 'old', expiresAt: Infinity }, `${space}\n${keyOf(0)}`);
    const sizes = await openRaw(`${name}-index`, 1);
    sizes.close();
    return old;
  };
  test('is thrown away', async () => {
    const name = freshName();
    (await layOut(name)).close();
    const store = new ResultStore(name, Date.now);
    expect(await store.get(space, [keyOf(0)])).toEqual([null]);
    expect(await readRaw(name)).toEqual(new Map());
    const names = (await indexedDB.databases()).map((one) => one.name);
    expect(names).toContain(name);
    expect(names).not.toContain(`${name}-index`);
  });

  test('held by an old tab, is waited for only so long, and used once it is let go', async () => {
    const name = freshName();
    const old = await layOut(name);
    // It does not even answer that it was asked to let go.
    const store = new ResultStore(name, Date.now, 150);
    await expect(store.keep(space, settings())).rejects.toThrow('another tab holds the storage');
    await expect(store.put(space, [entry(1, 'a')])).rejects.toThrow('another tab');
    old.close();
    await vi.waitFor(() => store.put(space, [entry(1, 'b')]), { timeout: 5000 });
    expect(await store.get(space, [keyOf(0), keyOf(1)])).toEqual([null, 'b']);
  });

  test('is let go by this version when a newer one comes, which it then leaves alone', async () => {
    const { name, store } = await filled(['a']);
    const newer = await openRaw(name, 9);
    await expect(store.get(space, [keyOf(0)])).rejects.toMatchObject({ name: 'VersionError' });
    newer.close();
  });
});

describe('a write that breaks off', () => {
  test('leaves nothing of itself, fails for all who wait, and is forgotten', async () => {
    const { name, store } = await filled(['a', 'b'], { maxBytes: 5000 });
    const before = await lookUnder(name, space);
    // In the middle of the batch, as a full disk does.
    const put = IDBObjectStore.prototype.put;
    let left = 3;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
      this: IDBObjectStore,
      ...args
    ) {
      const request = put.apply(this, args);
      if (--left === 0) this.transaction.abort();
      return request;
    });
    const first = store.put(space, many(9));
    const second = store.put(space, [entry(50, 'x')]);
    await expect(first).rejects.toThrow();
    await expect(second).rejects.toThrow();
    vi.restoreAllMocks();
    expect(await lookUnder(name, space)).toEqual(before);
    expect(await store.state(space)).toMatchObject(before);
    expect(await store.get(space, [0, 1, 5, 50].map(keyOf))).toEqual(['a', 'b', null, null]);
    await store.put(space, many(9));
    expect(await store.get(space, [keyOf(5)])).toEqual([`5 ${'x'.repeat(100)}`]);
  });

  test('a full disk can be cleared', async () => {
    const { name, store, reopen } = await filled(['a', 'b']);
    vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
      throw new DOMException('no room', 'QuotaExceededError');
    });
    await expect(store.put(space, [entry(2, 'c')])).rejects.toThrow('no room');
    expect(await store.get(space, [keyOf(0)])).toEqual(['a']);
    await store.clear(space);
    expect(await readRaw(name)).toEqual(new Map());
    expect(await store.get(space, [keyOf(0)])).toEqual([null]);
    vi.restoreAllMocks();
    await store.put(space, [entry(3, 'd')]);
    expect(await reopen().get(space, [keyOf(0), keyOf(3)])).toEqual([null, 'd']);
  });

  test('a value that no database takes costs the others nothing', async () => {
    const { name, store } = await filled(['a']);
    // The smallest there is: it may be sent, but not stored.
    const module = new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
    await store.put(space, [entry(1, 'b'), entry(2, { module }), entry(3, 'c')]);
    expect(await store.get(space, [0, 1, 2, 3].map(keyOf))).toEqual(['a', 'b', null, 'c']);
    expect(await lookUnder(name, space)).toMatchObject({ entries: 3 });
  });

  test('what the reader cleared in the browser is not there, and new results are kept', async () => {
    const { name, store } = await filled(['a', 'b']);
    const underWay = store.put(space, many(300)).catch(() => null);
    await new Promise<void>((resolve) => {
      indexedDB.deleteDatabase(name).onsuccess = () => resolve();
    });
    await underWay;
    expect(await store.get(space, [keyOf(0)])).toEqual([null]);
    await store.put(space, [entry(1, 'new')]);
    expect(await store.get(space, [keyOf(1)])).toEqual(['new']);
    expect(await lookUnder(name, space)).toMatchObject({ entries: 1 });
  });
});

describe('the worker', () => {
  const database = 'millrace-results';
  function started() {
    const worker = new CacheWorker();
    const remote = wrap<CacheApi>(worker);
    const serve = async (namespace: string, more = {}): Promise<MessagePort> => {
      const { port1, port2 } = new MessageChannel();
      const binding = { namespace, settings: settings(more) };
      await remote.serve(transfer(port1, [port1]), binding);
      return port2;
    };
    return { worker, remote, serve };
  }
  const answerOf = (port: MessagePort, request: number): Promise<unknown[]> =>
    new Promise((resolve) => {
      port.addEventListener('message', ({ data }: MessageEvent) => {
        if (data.type === 'got' && data.request === request) resolve(data.values);
      });
      port.start();
    });

  test(
    'killed while it writes leaves whole batches, and true sizes',
    { timeout: 60_000 },
    async () => {
      const namespace = `killed-${crypto.randomUUID()}`;
      const maxBytes = 300_000;
      const whole: number[] = [];
      for (let round = 0; round < 8; round++) {
        const { worker, serve } = started();
        const port = await serve(namespace, { maxBytes });
        for (let batch = 0; batch < 20; batch++) {
          const entries = Array.from({ length: 60 }, (_, i) => {
            const n = (round * 20 + batch) * 60 + i;
            return entry(n, { n, text: 'x'.repeat(400) });
          });
          port.postMessage({ type: 'put', entries });
        }
        await new Promise((resolve) => setTimeout(resolve, round * 12));
        worker.terminate();
        // Transactions of the dead are broken off before others begin.
        const laid = await lookUnder(database, namespace);
        expect(laid.bytes).toBeLessThanOrEqual(maxBytes);
        whole.push(laid.entries);
      }
      expect(whole.at(-1)).toBeGreaterThan(0);
      const { worker, serve, remote } = started();
      const port = await serve(namespace, { maxBytes });
      const { entries } = await remote.state(namespace);
      const { rows } = await remote.rows(namespace, 0, entries, 'age');
      const got = answerOf(port, 1);
      port.postMessage({ type: 'get', request: 1, keys: rows.map(({ key }) => key) });
      const numbers = (await got).map((value) => (value as { n: number }).n);
      expect(numbers.map(keyOf)).toEqual(rows.map(({ key }) => key));
      await remote.clear(namespace);
      worker.terminate();
    },
  );

  test('beside that of another tab: neither exceeds the limit nor answers wrongly', async () => {
    const namespace = `tabs-${crypto.randomUUID()}`;
    const maxBytes = 100_000;
    const tabs = [started(), started()];
    const ports = await Promise.all(tabs.map(({ serve }) => serve(namespace, { maxBytes })));
    const answers: Promise<unknown[]>[] = [];
    const keys = Array.from({ length: 150 }, (_, n) => keyOf(n));
    for (let batch = 0; batch < 30; batch++) {
      for (const [at, port] of ports.entries()) {
        const entries = Array.from({ length: 40 }, (_, i) => {
          const n = (batch * 31 + i * 7 + at * 3) % 150;
          return entry(n, { n, text: 'x'.repeat(n) });
        });
        port.postMessage({ type: 'put', entries });
        answers.push(answerOf(port, batch));
        port.postMessage({ type: 'get', request: batch, keys });
      }
      if (batch % 5 === 0) {
        expect((await lookUnder(database, namespace)).bytes).toBeLessThanOrEqual(maxBytes);
      }
    }
    let hits = 0;
    for (const values of await Promise.all(answers)) {
      values.forEach((value, n) => {
        if (value === null) return;
        hits++;
        expect(value).toEqual({ n, text: 'x'.repeat(n) });
      });
    }
    expect(hits).toBeGreaterThan(1000);
    expect((await lookUnder(database, namespace)).bytes).toBeLessThanOrEqual(maxBytes);
    await tabs[0]!.remote.clear(namespace);
    for (const { worker } of tabs) worker.terminate();
  });

  test('is thrown off by nothing that comes over a port', async () => {
    const namespace = `hostile-${crypto.randomUUID()}`;
    const { worker, remote, serve } = started();
    const port = await serve(namespace);
    const key = keyOf(1);
    const good = { key, stage: 'parse', value: 'right', ttlMs: null };
    const put = (...entries: unknown[]) => ({ type: 'put', entries });
    const module = new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
    const hostile: unknown[] = [
      ...[null, 1, 'get', [], {}, { type: 'clear' }, { type: 'get' }, { type: 'put' }],
      { type: 'get', request: 0.5, keys: [key] },
      { type: 'get', request: 1, keys: [`../${key}`] },
      { type: 'get', request: 1, keys: new Array(10) },
      { type: 'get', request: 1, keys: Array(20_000).fill(key) },
      put(null),
      put({ ...good, key: 'x' }),
      put({ ...good, stage: 'No Stage' }),
      put({ ...good, stage: 'x'.repeat(5000) }),
      put({ ...good, ttlMs: -1 }),
      put({ ...good, ttlMs: Infinity }),
      { type: 'put', entries: new Array(3) },
      { ...put({ ...good, value: 'wrong', key: 7 }), namespace: 'other' },
    ];
    for (const message of hostile) port.postMessage(message);
    port.postMessage(put({ ...good, key: keyOf(2), value: module }, good));
    const written = answerOf(port, 6);
    port.postMessage({ type: 'get', request: 6, keys: [] });
    await written;
    const got = answerOf(port, 7);
    port.postMessage({ type: 'get', request: 7, keys: [key, keyOf(2)] });
    expect(await got).toEqual(['right', null]);
    expect(await remote.state(namespace)).toMatchObject({ entries: 1, why: null });
    await remote.clear(namespace);
    worker.terminate();
  });
});
