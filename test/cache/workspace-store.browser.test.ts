import { afterEach, expect, it, vi } from 'vitest';
import { WorkspaceShelf } from '../../src/cache/store/workspace-store.ts';

const noteKey = 'millrace-shelf-of-a-test';
const shelf = (): WorkspaceShelf<{ text: string; savedAt: number }> =>
  new WorkspaceShelf('shelf of a test');
afterEach(() => {
  vi.restoreAllMocks();
  localStorage.removeItem(noteKey);
});

it('finds what was kept at once, when it is newer than what was saved', async () => {
  await shelf().save({ text: 'saved', savedAt: 1 });
  shelf().saveAtOnce({ text: 'at once', savedAt: 2 });
  expect(await shelf().load()).toEqual({ text: 'at once', savedAt: 2 });
  await shelf().save({ text: 'later', savedAt: 3 });
  expect(await shelf().load()).toEqual({ text: 'later', savedAt: 3 });
  expect(localStorage.getItem(noteKey)).toBeNull();
});

it('leaves a note in place that is newer than what is saved only now', async () => {
  shelf().saveAtOnce({ text: 'newer', savedAt: 9 });
  await shelf().save({ text: 'slow', savedAt: 8 });
  expect(await shelf().load()).toEqual({ text: 'newer', savedAt: 9 });
});

it('does without a note that cannot be read or written', async () => {
  await shelf().save({ text: 'saved', savedAt: 1 });
  localStorage.setItem(noteKey, '{ not JSON');
  expect(await shelf().load()).toEqual({ text: 'saved', savedAt: 1 });
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  shelf().saveAtOnce({ text: 'too large', savedAt: 5 });
  expect(await shelf().load()).toEqual({ text: 'saved', savedAt: 1 });
});
