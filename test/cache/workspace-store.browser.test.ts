import { afterEach, expect, it, vi } from 'vitest';
import { BrowserTab } from '../../src/cache/store/browser-tab.ts';
import { WorkspaceShelf, worksKept, type Shelved } from '../../src/cache/store/workspace-store.ts';

interface Work extends Shelved {
  text: string;
}
let shelves = 0;
let shelf = '';
let opened: BrowserTab[] = [];
const noteKey = (id: string): string => `millrace-${shelf}-note-${id}`;

/** A tab with a memory of its own; the same name again is the tab after a reload. */
function tab(name: string): WorkspaceShelf<Work> {
  const own = new BrowserTab(`${shelf}-${name}`);
  opened.push(own);
  let copies = 0;
  return new WorkspaceShelf(shelf, own, () => `${name}-copy-${++copies}`);
}
const end = (): void => opened.splice(0).forEach((own) => own.release());
const work = (id: string, savedAt: number, more: Partial<Work> = {}): Work => ({
  id,
  name: `Name of ${id}`,
  text: `${id} at ${savedAt}`,
  isEdited: true,
  savedAt,
  ...more,
});

// Each test has a database of its own.
function start(): void {
  shelf = `test-${++shelves}-${Math.random()}`;
}
afterEach(() => {
  end();
  opened = [];
  vi.restoreAllMocks();
  localStorage.clear();
  sessionStorage.clear();
});

it('finds what was kept at once, when it is newer than what was saved', async () => {
  start();
  await tab('a').save(work('x', 1));
  tab('a').saveAtOnce(work('x', 2));
  end();
  expect(await tab('a').load()).toEqual(work('x', 2));
  // It has been put with the others, so the note is not needed any more.
  expect(localStorage.getItem(noteKey('x'))).toBeNull();
  await tab('a').save(work('x', 3));
  end();
  expect(await tab('a').load()).toEqual(work('x', 3));
});

it('leaves a note in place that is newer than what is saved only now', async () => {
  start();
  tab('a').saveAtOnce(work('x', 9));
  await tab('a').save(work('x', 8));
  end();
  expect(await tab('a').load()).toEqual(work('x', 9));
});

it('does without a note that cannot be read or written', async () => {
  start();
  await tab('a').save(work('x', 1));
  localStorage.setItem(noteKey('x'), '{ not JSON');
  end();
  expect(await tab('a').load()).toEqual(work('x', 1));
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  tab('a').saveAtOnce(work('x', 5));
  end();
  expect(await tab('a').load()).toEqual(work('x', 1));
});

it('keeps each piece of work, and gives a tab its own after a reload, not the newest', async () => {
  start();
  await tab('a').save(work('first', 1));
  await tab('a').save(work('second', 2));
  await tab('b').save(work('third', 3));
  end();
  expect(await tab('a').load()).toEqual(work('second', 2));
  expect(await tab('b').load()).toEqual(work('third', 3));
  expect((await tab('a').earlier()).map(({ id }) => id)).toEqual(['third', 'second', 'first']);
});

it('gives a new tab the newest work, as its own when no tab has it open, else a copy', async () => {
  start();
  const first = tab('a');
  await first.save(work('x', 1));
  const second = tab('b');
  const copy = work('x', 1, { id: 'b-copy-1', isEdited: false });
  // It is said that it is one, but not kept with it.
  expect(await second.load()).toEqual({ ...copy, isCopy: true });
  expect(await second.load()).toEqual(copy);
  await second.save({ ...copy, text: 'changed in b', isEdited: true, savedAt: 2 });
  expect(await first.reopen('x')).toEqual(work('x', 1));
  end();
  expect(await tab('a').load()).toEqual(work('x', 1));
  expect(await tab('c').load()).toMatchObject({ id: 'b-copy-1', text: 'changed in b' });
});

it('gives a duplicated tab, which remembers the same, a copy', async () => {
  start();
  await tab('a').save(work('x', 1));
  expect(await tab('a').load()).toMatchObject({ id: 'a-copy-1', text: 'x at 1' });
});

it('waits a moment for the page before the reload to let go', async () => {
  start();
  const before = tab('a');
  await before.save(work('x', 1));
  const held = opened.splice(0);
  setTimeout(() => held.forEach((own) => own.release()), 50);
  expect(await tab('a').load()).toEqual(work('x', 1));
});

it('lets the oldest go, but nothing that a tab has open; what was only looked at counts apart', async () => {
  start();
  await tab('a').save(work('open', 0));
  const old = opened.splice(0);
  for (let at = 1; at <= worksKept + 2; at++) {
    await tab('b').save(work(`edited-${at}`, at));
    await tab('b').save(work(`seen-${at}`, at, { isEdited: false }));
    end();
  }
  const ids = (await tab('c').earlier()).map(({ id }) => id);
  expect(ids).toEqual([
    ...Array.from({ length: worksKept }, (_, index) => `edited-${worksKept + 2 - index}`),
    'open',
  ]);
  expect(await tab('c').reopen('seen-1')).toBeNull();
  expect(await tab('c').reopen(`seen-${worksKept + 2}`)).not.toBeNull();
  old.forEach((own) => own.release());
});

it('opens earlier work under its own id, and says when it is no longer there', async () => {
  start();
  await tab('a').save(work('x', 1));
  await tab('a').save(work('y', 2));
  end();
  const again = tab('a');
  expect(await again.reopen('x')).toEqual(work('x', 1));
  expect(await again.reopen('never')).toBeNull();
  end();
  expect(await tab('a').load()).toEqual(work('x', 1));
});
