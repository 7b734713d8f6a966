import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ResultStore } from '../../src/cache/store/result-store.ts';
import { compressFromBytes } from '../../src/cache/store/stored-record.ts';
import { entryOverheadBytes } from '../../src/base/cache-facts.ts';
import { entry, freshName, keyOf, lookUnder, readRaw, settings } from './store-probe.ts';

const space = 'A document/with a "name" of its own 🧮';

async function opened(more = {}, name = freshName()) {
  const clock = { now: Date.now() };
  const store = new ResultStore(name, () => clock.now);
  await store.keep(space, settings(more));
  return { store, name, clock, reopen: () => new ResultStore(name, () => clock.now) };
}
const rowsOf = async (store: ResultStore) => (await store.rows(space, 0, 1000, 'age')).rows;

describe('a result store', () => {
  test('gives back what was put, before it is written and after a reload', async () => {
    const { store, reopen, name } = await opened();
    const writing = store.put(space, [entry(1, { a: [1, 2n] }), entry(2, 'two')]);
    expect(await store.get(space, [keyOf(2), keyOf(3), keyOf(1)])).toEqual([
      'two',
      null,
      { a: [1, 2n] },
    ]);
    await writing;
    expect(await lookUnder(name, space)).toMatchObject({ entries: 2 });
    expect(await reopen().get(space, [keyOf(1), keyOf(2)])).toEqual([{ a: [1, 2n] }, 'two']);
    expect(await reopen().get('another', [keyOf(1)])).toEqual([null]);
  });

  test('counts, and keeps hits and last use of an entry through a reload', async () => {
    const { store, reopen, clock } = await opened();
    await store.put(space, [entry(1, 'x'.repeat(50)), entry(2, 'y', { stage: 'embed' })]);
    clock.now += 10;
    await store.get(space, [keyOf(1), keyOf(9)]);
    await store.get(space, [keyOf(1)]);
    const { metrics, entries, bytes } = await store.state(space);
    expect(metrics).toMatchObject({ hits: 2, misses: 1, sets: 2, bytesSaved: 200, evictions: 0 });
    expect({ entries, bytes }).toEqual({ entries: 2, bytes: 102 + 2 * entryOverheadBytes });
    await store.settle(space);
    const [, first] = await rowsOf(reopen());
    expect(first).toEqual({
      key: keyOf(1),
      stage: 'parse',
      bytes: 100,
      storedBytes: 100 + entryOverheadBytes,
      storedAt: clock.now - 10,
      usedAt: clock.now,
      expiresAt: Infinity,
      hits: 2,
    });
  });

  test('compresses what is large where asked to, and gives exactly that back', async () => {
    const { store, reopen, name } = await opened({ compress: true });
    const text = 'the same again, '.repeat(5000);
    const mixed = { text, numbers: new Float64Array(4000), when: new Date(5), set: new Set([1n]) };
    const noise = crypto.getRandomValues(new Uint8Array(50_000));
    const twice = { text };
    const values = [mixed, noise, [twice, twice, text], 'small'];
    await store.put(
      space,
      values.map((value, i) => entry(i, value)),
    );
    const forms = [...(await readRaw(name)).values()].flatMap((record) => {
      const { form } = record as { form?: string };
      return form === undefined ? [] : [form];
    });
    expect(forms.sort()).toEqual(['gzip', 'plain', 'plain', 'plain']);
    const got = await reopen().get(space, [0, 1, 2, 3].map(keyOf));
    expect(got).toStrictEqual(values);
    const again = got[2] as object[];
    expect(again[0]).toBe(again[1]);
    const [row] = (await rowsOf(store)).filter(({ key }) => key === keyOf(0));
    expect(row!.bytes).toBeGreaterThan(compressFromBytes);
    expect(row!.storedBytes).toBeLessThan(row!.bytes / 20);
    await lookUnder(name, space);
  });

  test('finds what is just being compressed', async () => {
    const { store } = await opened({ compress: true });
    const value = 'again and '.repeat(50_000);
    const writing = store.put(space, [entry(1, value), entry(2, `${value}!`)]);
    expect(await store.get(space, [keyOf(2), keyOf(1)])).toEqual([`${value}!`, value]);
    await writing;
  });

  test('keeps the limit, the least recently used going first, and what is too large not at all', async () => {
    const each = 200 + entryOverheadBytes;
    const { store, name } = await opened({ maxBytes: 3 * each + 10 });
    const put = (n: number, letters = 100) => store.put(space, [entry(n, 'x'.repeat(letters))]);
    await put(1);
    await put(2);
    await put(3);
    await store.get(space, [keyOf(1)]);
    await put(4);
    await put(5, 10_000);
    const keys = (await rowsOf(store)).map(({ key }) => Number(key)).sort();
    expect(keys).toEqual([1, 3, 4]);
    expect(await lookUnder(name, space)).toEqual({ entries: 3, bytes: 3 * each });
    expect((await store.state(space)).metrics).toMatchObject({ sets: 4, evictions: 1 });
    // A smaller limit holds at once.
    await store.keep(space, settings({ maxBytes: each }));
    expect(await lookUnder(name, space)).toEqual({ entries: 1, bytes: each });
  });

  test('counts what a value really takes: also the whole buffer behind a small view', async () => {
    const { store, name } = await opened({ maxBytes: 5000 });
    const view = new Uint8Array(4000).subarray(0, 10);
    await store.put(space, [entry(1, view)]);
    await store.put(space, [entry(2, [new Uint8Array(9000).subarray(5, 6)])]);
    await store.put(space, [entry(3, new ImageData(100, 100))]);
    expect(await store.state(space)).toMatchObject({
      entries: 1,
      bytes: 4000 + entryOverheadBytes,
    });
    const [record] = [...(await readRaw(name)).values()].filter(
      (one) => 'value' in (one as object),
    );
    expect((record as { value: Uint8Array }).value.buffer.byteLength).toBe(4000);
  });

  test('writes nothing where nothing has changed', async () => {
    const { store, name } = await opened();
    await store.put(space, [entry(0, 'first')]);
    const journal = async () =>
      [...(await readRaw(name))].filter(([place]) => place.includes('/j/')).map(([, one]) => one);
    const before = (await journal()).length;
    // Each comes while the write before waits for what other tabs wrote, and goes with it.
    for (let n = 1; n <= 5; n++) {
      const writing = store.put(space, [entry(n, 'x')]);
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
      await Promise.all([writing, store.put(space, [entry(n + 100, 'y')])]);
    }
    expect((await journal()).length - before).toBe(5);
    expect(await lookUnder(name, space)).toMatchObject({ entries: 11 });
  });

  test('a time to live of 0 is none; one that is over is over', async () => {
    const { store, clock, name } = await opened();
    await store.put(space, [entry(1, 'a', { ttlMs: 0 }), entry(2, 'b', { ttlMs: 100 })]);
    clock.now += 99;
    expect(await store.get(space, [keyOf(1), keyOf(2)])).toEqual(['a', 'b']);
    clock.now += 1;
    expect(await store.get(space, [keyOf(1), keyOf(2)])).toEqual(['a', null]);
    expect((await store.state(space)).metrics).toMatchObject({
      expirations: 1,
      hits: 3,
      misses: 1,
    });
    await store.settle(space);
    expect(await lookUnder(name, space)).toMatchObject({ entries: 1 });
    clock.now += 1e12;
    expect(await store.get(space, [keyOf(1)])).toEqual(['a']);
  });

  test('a clock that is put back makes nothing younger', async () => {
    const { store, clock, reopen } = await opened();
    await store.put(space, [entry(1, 'a', { ttlMs: 1000 }), entry(2, 'b')]);
    clock.now -= 3600_000;
    expect(await reopen().get(space, [keyOf(1), keyOf(2)])).toEqual([null, 'b']);
    expect(await store.get(space, [keyOf(1), keyOf(2)])).toEqual([null, 'b']);
    await store.put(space, [entry(3, 'c', { ttlMs: 1000 })]);
    clock.now += 999;
    expect(await store.get(space, [keyOf(3)])).toEqual(['c']);
  });

  test('lists, removes and clears, each namespace for itself', async () => {
    const { store, name } = await opened();
    await store.put(space, [
      entry(1, 'x'.repeat(9)),
      entry(2, 'x'.repeat(99)),
      entry(3, 'x'.repeat(50)),
    ]);
    await store.put('b/', [entry(1, 'b')]);
    await store.get(space, [keyOf(3)]);
    const firstBy = async (order: 'age' | 'size' | 'hits' | 'use') =>
      Number((await store.rows(space, 0, 1, order)).rows[0]!.key);
    expect([await firstBy('age'), await firstBy('size'), await firstBy('hits')]).toEqual([3, 2, 3]);
    expect(await store.rows(space, 1, 1, 'size')).toMatchObject({
      total: 3,
      rows: [{ key: keyOf(3) }],
    });
    expect((await store.namespaces()).map((one) => [one.name, one.entries])).toEqual([
      [space, 3],
      ['b/', 1],
    ]);
    await store.remove(space, [keyOf(2), keyOf(77)]);
    expect(await lookUnder(name, space)).toMatchObject({ entries: 2 });
    expect((await store.state(space)).metrics).toMatchObject({ deletes: 1 });
    await store.clear(space);
    expect(await store.state(space)).toMatchObject({ entries: 0, bytes: 0, metrics: { sets: 0 } });
    expect(await lookUnder(name, space)).toEqual({ entries: 0, bytes: 0 });
    expect(await store.get('b/', [keyOf(1)])).toEqual(['b']);
    await store.clearAll();
    expect(await store.namespaces()).toEqual([]);
  });

  test('tells its journal anew before it grows long', async () => {
    const { store, name, reopen } = await opened();
    for (let round = 0; round < 30; round++) {
      const batch = Array.from({ length: 300 }, (_, i) => entry(i, round));
      await store.put(space, batch);
    }
    const records = [...(await readRaw(name)).keys()].filter((key) => key.includes('/j/'));
    expect(records.length).toBeLessThan(20);
    expect(await lookUnder(name, space)).toMatchObject({ entries: 300 });
    expect(await reopen().get(space, [keyOf(7)])).toEqual([29]);
  });

  test('another policy takes over what is there', async () => {
    const { store } = await opened({ maxBytes: 10 * entryOverheadBytes });
    for (let n = 0; n < 9; n++) await store.put(space, [entry(n, n)]);
    for (let i = 0; i < 5; i++) await store.get(space, [keyOf(0)]);
    for (const policy of ['lfu', 'fifo', 'w-tinylfu', 'lru-buckets', 'lru'] as const) {
      await store.keep(space, settings({ policy, maxBytes: 10 * entryOverheadBytes }));
      expect(await store.get(space, [keyOf(0)])).toEqual([0]);
    }
  });
});

describe('two tabs on one database', () => {
  const limit = 4000;
  type Tab = 0 | 1;
  type Step =
    | { do: 'put'; tab: Tab; keys: number[]; letters: number; ttlMs: number | null }
    | { do: 'get'; tab: Tab; keys: number[] }
    | { do: 'remove'; tab: Tab; keys: number[] }
    | { do: 'clear' | 'reload' | 'look'; tab: Tab }
    | { do: 'wait'; ms: number };
  const tab = fc.constantFrom<Tab>(0, 1);
  const keys = fc.array(fc.nat(11), { minLength: 1, maxLength: 5 });
  const ttlMs = fc.constantFrom(null, 0, 50);
  const step: fc.Arbitrary<Step> = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant('put' as const),
        tab,
        keys,
        letters: fc.nat(700),
        ttlMs,
      }),
    },
    { weight: 6, arbitrary: fc.record({ do: fc.constant('get' as const), tab, keys }) },
    fc.record({ do: fc.constant('remove' as const), tab, keys }),
    fc.record({ do: fc.constantFrom('clear' as const, 'reload' as const, 'look' as const), tab }),
    fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: -30, max: 60 }) }),
  );
  const policy = fc.constantFrom('lru', 'fifo', 'lfu', 'lru-buckets', 'w-tinylfu' as const);

  /** Runs the steps; answers must be what was put (by whichever tab), or nothing. */
  async function play(steps: readonly Step[], how: ReturnType<typeof settings>, wait: boolean) {
    const name = freshName();
    let now = 1e12;
    const open = async (): Promise<ResultStore> => {
      const store = new ResultStore(name, () => now);
      await store.keep(space, how);
      return store;
    };
    const tabs = [await open(), await open()];
    /** Put since it was removed last. A key names all that its value depends on: each of them is right. */
    const current = new Map<number, Set<unknown>>();
    const ever = new Map<number, Set<unknown>>();
    const underWay: Promise<unknown>[] = [];
    let version = 0;
    for (const one of steps) {
      if (one.do === 'wait') {
        now += one.ms;
        continue;
      }
      const store = tabs[one.tab]!;
      const check = async (asked: number[]): Promise<void> => {
        const values = await store.get(space, asked.map(keyOf));
        values.forEach((value, i) => {
          const n = asked[i]!;
          if (wait) expect(value === null || current.get(n)?.has(value)).toBe(true);
          else expect(value === null || ever.get(n)?.has(value)).toBe(true);
        });
      };
      const act = async (): Promise<unknown> => {
        switch (one.do) {
          case 'put': {
            const entries = [...new Set(one.keys)].map((n) => {
              const value = `${n}:${version++}:${'x'.repeat(one.letters)}`;
              for (const all of [current, ever]) all.set(n, (all.get(n) ?? new Set()).add(value));
              return entry(n, value, { ttlMs: one.ttlMs });
            });
            return store.put(space, entries);
          }
          case 'get':
            return check(one.keys);
          case 'remove':
            for (const n of one.keys) current.delete(n);
            return store.remove(space, one.keys.map(keyOf));
          case 'clear':
            current.clear();
            return store.clear(space);
          case 'reload':
            await store.settle(space);
            tabs[one.tab] = await open();
            return undefined;
          case 'look':
            return store.state(space);
        }
      };
      const acting = act();
      if (wait) {
        await acting;
        const laid = await lookUnder(name, space);
        expect(laid.bytes).toBeLessThanOrEqual(how.maxBytes);
      } else underWay.push(acting);
    }
    await Promise.all(underWay);
    // What one finds to be over time goes with its next write.
    for (const store of tabs) {
      await store.state(space);
      await store.settle(space);
    }
    const laid = await lookUnder(name, space);
    expect(laid.bytes).toBeLessThanOrEqual(how.maxBytes);
    for (const store of tabs) expect(await store.state(space)).toMatchObject(laid);
    indexedDB.deleteDatabase(name);
  }

  test.for([true, false])(
    'agree, whatever they do (one after another: %s)',
    { timeout: 60_000 },
    async (wait) => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 30 }), policy, (steps, chosen) =>
          play(steps, settings({ maxBytes: limit, policy: chosen as 'lru' }), wait),
        ),
        { numRuns: 60 },
      );
    },
  );
});
