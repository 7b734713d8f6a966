import { expect, test } from 'vitest';
import { lostWords } from '../../src/ui/why/lost-words.ts';

const books = (delivered: number, failed: number, dropped: number, cancelled = 0) => ({
  ...{ emitted: delivered + failed + dropped + cancelled, delivered, failed, dropped, cancelled },
});

test('items that came to nothing are said, and nothing of those that came through', () => {
  expect(lostWords(books(60, 0, 0), true)).toBe('');
  expect(lostWords(books(14, 0, 46), true)).toBe('46 of 60 items were dropped.');
  expect(lostWords(books(5, 1, 1), true)).toBe('1 of 7 items failed and 1 was dropped.');
  expect(lostWords(books(0, 20, 0), true)).toBe('Nothing was delivered: all 20 items failed.');
  expect(lostWords(books(0, 12, 8), true)).toBe(
    'Nothing was delivered: 12 of 20 items failed and 8 were dropped.',
  );
  expect(lostWords(books(0, 0, 1), true)).toBe('Nothing was delivered: the one item was dropped.');
  expect(lostWords(books(14, 0, 46), false)).toBe('In the prediction 46 of 60 items were dropped.');
});
