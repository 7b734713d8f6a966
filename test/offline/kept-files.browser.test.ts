import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { versionMeta, type BuildFacts } from '../../src/offline/build-facts.ts';
import { KeptFiles } from '../../src/offline/kept-files.ts';
import { pageLock } from '../../src/offline/signals.ts';

/** Real Cache Storage and web locks; the network is a table. */
const scope = `${location.origin}/page/`;
let network: Map<string, string>;
let asked: string[];

beforeEach(() => {
  network = new Map();
  asked = [];
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (url) => {
    const path = String(url).slice(scope.length);
    asked.push(path);
    const text = network.get(path);
    if (text === undefined) throw new TypeError('no connection');
    return new Response(text);
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  for (const name of await caches.keys()) await caches.delete(name);
});

/** A build whose files say which version they are of, and its files on the network. */
function deployed(version: string, shared: readonly string[] = []): KeptFiles {
  const own = `assets/of-${version}.js`;
  const build: BuildFacts = {
    version,
    files: [
      ...[own, ...shared].map((path) => ({
        path,
        integrity: '',
        isNamedByContent: true,
        isKeptAhead: true,
      })),
      { path: 'icon.svg', integrity: '', isNamedByContent: false, isKeptAhead: true },
      { path: 'assets/large.js', integrity: '', isNamedByContent: true, isKeptAhead: false },
    ],
  };
  for (const { path } of build.files) network.set(path, `${path} of ${version}`);
  network.set('', `<head>${versionMeta(version)}</head>`);
  return new KeptFiles(build, scope);
}
const mayGoOn = async (): Promise<void> => {};
const textOf = async (response: Promise<Response | null>): Promise<string | null> =>
  (await response)?.text() ?? null;

it('keeps all but what is large, asks before each, and fetches nothing twice', async () => {
  const files = deployed('one');
  const asks = vi.fn(mayGoOn);
  await files.fill(asks);
  expect(asked).toEqual(['assets/of-one.js', 'icon.svg', '']);
  expect(asks).toHaveBeenCalledTimes(3);
  await files.fill(asks);
  expect(asked).toHaveLength(3);
  network.clear();
  expect(await textOf(files.page())).toContain(versionMeta('one'));
  expect(await textOf(files.file(`${scope}icon.svg`))).toBe('icon.svg of one');
  expect(await files.file(`${scope}assets/large.js`)).toBeNull();
});

it('keeps what is large when it was asked for, and nothing it does not know', async () => {
  const files = deployed('one');
  network.set('stranger.js', 'not ours');
  expect(await textOf(files.fetchKept(`${scope}assets/large.js`))).toBe('assets/large.js of one');
  expect(await files.fetchKept(`${scope}stranger.js`)).toBeNull();
  network.clear();
  await expect
    .poll(() => textOf(files.file(`${scope}assets/large.js`)))
    .toBe('assets/large.js of one');
});

it('takes what an older version has under the same name, and leaves that its own', async () => {
  const one = deployed('one', ['assets/shared.js']);
  await one.fill(mayGoOn);
  const two = deployed('two', ['assets/shared.js']);
  asked = [];
  await two.fill(mayGoOn);
  // Named by content, so it need not come again; the icon is another one under the same name.
  expect(asked).toEqual(['assets/of-two.js', 'icon.svg', '']);
  expect(await textOf(two.file(`${scope}icon.svg`))).toBe('icon.svg of two');
  expect(await textOf(one.file(`${scope}icon.svg`))).toBe('icon.svg of one');
  // A tab of the older one asks the newer worker.
  expect(await textOf(two.file(`${scope}assets/of-one.js`))).toBe('assets/of-one.js of one');
});

it('fails when a file is missing or the page is that of another version, and goes on from there', async () => {
  const files = deployed('one');
  network.set('', `<head>${versionMeta('two')}</head>`);
  await expect(files.fill(mayGoOn)).rejects.toThrow('another version');
  network.delete('icon.svg');
  network.set('', `<head>${versionMeta('one')}</head>`);
  asked = [];
  await files.fill(mayGoOn);
  expect(asked).toEqual(['']);
});

it('does without what a full disk does not take, and without storage at all', async () => {
  const files = deployed('one');
  const put = vi.spyOn(Cache.prototype, 'put').mockImplementation(async () => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  await files.fill(mayGoOn);
  expect(await textOf(files.fetchKept(scope))).toContain('one');
  put.mockRestore();
  vi.spyOn(CacheStorage.prototype, 'open').mockRejectedValue(
    new DOMException('refused', 'SecurityError'),
  );
  await files.fill(mayGoOn);
  expect(await files.page()).toBeNull();
  expect(await textOf(files.fetchKept(scope))).toContain('one');
});

it('lets older versions go that no tab shows, and no others', async () => {
  const [one, two, three] = ['one', 'two', 'three'].map((version) => deployed(version));
  for (const [version, files] of [
    ['one', one],
    ['two', two],
    ['three', three],
  ] as const) {
    network.set('', `<head>${versionMeta(version)}</head>`);
    await files!.fill(mayGoOn);
  }
  await caches.open('of somebody else');
  await navigator.locks.request(pageLock('one'), { mode: 'shared' }, () => three!.letGoOfOlder());
  expect((await caches.keys()).sort()).toEqual([
    'millrace-files-one',
    'millrace-files-three',
    'of somebody else',
  ]);
});

it('knows both names of the page, whatever is asked for with it', () => {
  const files = deployed('one');
  expect([scope, `${scope}index.html`, `${scope}?x=1#y`].every((url) => files.isPage(url))).toBe(
    true,
  );
  expect(files.isPage(`${scope}other.html`)).toBe(false);
});
