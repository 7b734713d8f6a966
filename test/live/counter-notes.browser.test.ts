import { afterEach, describe, expect, test, vi } from 'vitest';
import type { NotedCounter } from '../../src/base/counter-port.ts';
import { CounterNotes } from '../../src/cache/store/counter-notes.ts';
import { CounterStore } from '../../src/cache/store/counter-store.ts';
import { cacheClient, code, liveParts, runLive } from './run-live.ts';

// Nothing here is timed: it only must not wait for ever, however busy the machine is.
vi.setConfig({ testTimeout: 60_000 });

const namespace = () => `test-${crypto.randomUUID()}`;
/** Counts on, and gives what it came to, update by update. */
async function countOn(space: string, count: number): Promise<unknown[]> {
  const source = `export default (_, ctx) => ctx.counter.add('cursor');`;
  const report = await runLive(
    {
      source: { kind: 'count', count },
      stages: [code('count', source)],
      machine: { workers: 1 },
    },
    { cacheNamespace: space },
  );
  expect(report.notices).toEqual([]);
  return report.results.map(({ value }) => value);
}
/** What storage has, asked as the trusted side does. */
async function stored(space: string, name: string): Promise<number> {
  const [found] = await new CounterStore('millrace-counters').get(space, [name]);
  return found!.value;
}

describe('what a page that was left has noted', () => {
  const key = 'millrace-counters-note-';
  const notes = () => Object.keys(localStorage).filter((name) => name.startsWith(key));
  afterEach(() => localStorage.clear());

  test('is there when somebody counts on, once, and is noted no more', async () => {
    const space = namespace();
    liveParts.noteCounters!(space)([{ name: 'cursor', value: 70, updates: 7 }]);
    liveParts.noteCounters!(`not ${space}`)([{ name: 'cursor', value: 5, updates: 5 }]);
    expect(notes()).toHaveLength(2);
    expect(await countOn(space, 3)).toEqual([71, 72, 73]);
    // The other's.
    expect(notes()).toHaveLength(1);
    expect(await countOn(space, 3)).toEqual([74, 75, 76]);
  });

  test('changes nothing in storage that has as many updates', async () => {
    const space = namespace();
    await countOn(space, 3);
    const note = liveParts.noteCounters!(space);
    note([
      { name: 'cursor', value: 1, updates: 3 },
      { name: 'other', value: -4, updates: 1 },
    ]);
    expect(await countOn(space, 1)).toEqual([4]);
    expect(await stored(space, 'other')).toBe(-4);
    expect(notes()).toEqual([]);
  });

  test('of two pages counts as far as the one that came further', async () => {
    const space = namespace();
    for (const updates of [4, 9, 2]) {
      liveParts.noteCounters!(space)([{ name: 'cursor', value: updates, updates }]);
    }
    expect(await countOn(space, 1)).toEqual([10]);
  });

  test('goes when the counters are deleted', async () => {
    for (const clear of [
      (space: string) => cacheClient.clear(space),
      () => cacheClient.clearAll(),
    ]) {
      const space = namespace();
      liveParts.noteCounters!(space)([{ name: 'cursor', value: 7, updates: 7 }]);
      await clear(space);
      expect(notes()).toEqual([]);
      expect(await countOn(space, 1)).toEqual([1]);
    }
  });

  test('is not believed when it makes no sense', async () => {
    const space = namespace();
    const right = { name: 'right', value: 3, updates: 2 };
    const cursor = { name: 'cursor', value: 3, updates: 2 };
    const wrong = [
      ...[
        { ...cursor, value: 0.5 },
        { ...cursor, updates: '9' },
        { ...cursor, updates: -1 },
      ],
      ...[{ ...cursor, name: 'a\nb' }, { ...cursor, value: undefined }, null, 7],
    ];
    liveParts.noteCounters!(space)([...wrong, right] as NotedCounter[]);
    liveParts.noteCounters!(space)('all' as never);
    localStorage.setItem(`${key}x`, '{ not JSON');
    expect(await countOn(space, 1)).toEqual([1]);
    expect(await stored(space, 'right')).toBe(3);
    expect(notes()).toEqual([`${key}x`]);
  });

  test('stays noted while storage refuses it', async () => {
    const refused = new CounterNotes();
    const space = namespace();
    refused.ofRun(space)([{ name: 'cursor', value: 7, updates: 7 }]);
    await refused.settle(space, () => Promise.reject(new Error('no room')));
    expect(notes()).toHaveLength(1);
    expect(await countOn(space, 1)).toEqual([8]);
  });
});
