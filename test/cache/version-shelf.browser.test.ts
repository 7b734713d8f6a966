import { afterEach, expect, it, vi } from 'vitest';
import type { KeptFacts } from '../../src/cache/store/thin-versions.ts';
import { VersionShelf, versionLimits } from '../../src/cache/store/version-shelf.ts';

interface Facts extends KeptFacts {
  runs: number;
}
afterEach(() => vi.restoreAllMocks());

const shelfName = (): string => `test-${Math.random()}`;
const facts = (id: string, keptAt: number, more: Partial<Facts> = {}): Facts => ({
  id,
  keptAt,
  bytes: 100,
  isByHand: false,
  runs: 0,
  ...more,
});
const again = (newest: Facts): Facts => ({ ...newest, runs: newest.runs + 1 });
const ids = async (shelf: VersionShelf<Facts>, work: string): Promise<string[]> =>
  (await shelf.list(work)).map(({ id }) => id);

it('lists versions newest first, each with its text, each work apart', async () => {
  const shelf = new VersionShelf<Facts>(shelfName());
  await shelf.keep('w', facts('a', 1), 'text a', again);
  await shelf.keep('w', facts('b', 2), 'text b', again);
  await shelf.keep('other', facts('c', 3), 'text c', again);
  expect(await ids(shelf, 'w')).toEqual(['b', 'a']);
  expect(await shelf.texts('w', ['a', 'b', 'c'])).toEqual(['text a', 'text b', null]);
  // Put back: where its time belongs.
  await shelf.keep('w', facts('z', 1.5), 'text z', again);
  expect(await ids(shelf, 'w')).toEqual(['b', 'z', 'a']);
});

it('keeps the same text once, and says so in the newest', async () => {
  const shelf = new VersionShelf<Facts>(shelfName());
  await shelf.keep('w', facts('a', 1), 'same', again);
  await shelf.keep('w', facts('b', 2), 'same', again);
  expect(await shelf.list('w')).toEqual([facts('a', 1, { runs: 1 })]);
  expect(await shelf.texts('w', ['b'])).toEqual([null]);
});

it('changes and removes a version, its text with it', async () => {
  const shelf = new VersionShelf<Facts>(shelfName());
  await shelf.keep('w', facts('a', 1), 'text a', again);
  await shelf.keep('w', facts('b', 2), 'text b', again);
  await shelf.change('w', 'a', (one) => ({ ...one, isByHand: true }));
  await shelf.change('w', 'b', () => null);
  expect(await shelf.list('w')).toEqual([facts('a', 1, { isByHand: true })]);
  expect(await shelf.texts('w', ['a', 'b'])).toEqual(['text a', null]);
});

it('loses nothing to another tab that writes at the same time', async () => {
  const name = shelfName();
  const tabs = [new VersionShelf<Facts>(name), new VersionShelf<Facts>(name)];
  await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      tabs[at % 2]!.keep('w', facts(`v${at}`, at), `text ${at}`, again),
    ),
  );
  expect(await ids(tabs[0]!, 'w')).toEqual(Array.from({ length: 20 }, (_, at) => `v${19 - at}`));
});

it('holds no more than its limits, and lets texts go with their versions', async () => {
  const shelf = new VersionShelf<Facts>(shelfName());
  const all = Array.from({ length: versionLimits.count + 5 }, (_, at) => `v${at}`);
  for (const [at, id] of all.entries())
    await shelf.keep('w', facts(id, at * 60_000), `text ${at}`, again);
  const kept = await ids(shelf, 'w');
  expect(kept).toHaveLength(versionLimits.count);
  const texts = await shelf.texts('w', all);
  expect(all.filter((_, at) => texts[at] !== null).reverse()).toEqual(kept);
});

it('changes nothing when the browser has no more room', async () => {
  const shelf = new VersionShelf<Facts>(shelfName());
  await shelf.keep('w', facts('a', 1), 'text a', again);
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  await expect(shelf.keep('w', facts('b', 2), 'text b', again)).rejects.toThrow('full');
  put.mockRestore();
  expect(await ids(shelf, 'w')).toEqual(['a']);
  await shelf.keep('w', facts('b', 2), 'text b', again);
  expect(await ids(shelf, 'w')).toEqual(['b', 'a']);
});
