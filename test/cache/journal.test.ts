import { describe, expect, test } from 'vitest';
import { readJournal, recordOf, type JournalEntry } from '../../src/cache/store/journal.ts';
import { rangesOf } from '../../src/cache/store/read-ranges.ts';

const key = (n: number): string => String(n).padStart(64, '0');
const row = (n: number, stage = 'parse') => ({
  key: key(n),
  id: n,
  stage,
  bytes: 100 + n,
  storedBytes: 300 + n,
  storedAt: 1e12 + n,
  usedAt: 2e12 + n,
  expiresAt: n % 2 ? Infinity : 3e12,
  hits: n,
});
const entry = (seq: number, more: Partial<JournalEntry> = {}): JournalEntry => ({
  seq,
  isWhole: false,
  nextId: 100,
  rows: [row(seq), row(seq + 10, 'embed'), row(seq + 20)],
  goneIds: [1, 2],
  used: [{ id: 3, usedAt: 4, hits: 5 }],
  ...more,
});

describe('the journal', () => {
  test('comes back as it was written', () => {
    const entries = [entry(7, { isWhole: true, goneIds: [] }), entry(8), entry(9, { rows: [] })];
    expect(readJournal(structuredClone(entries.map(recordOf)), 0)).toEqual(entries);
    expect(readJournal([], 0)).toEqual([]);
  });

  test('follows on what is known, or tells everything', () => {
    expect(readJournal([recordOf(entry(8))], 7)).toEqual([entry(8)]);
    const whole = entry(9, { isWhole: true });
    expect(readJournal([recordOf(whole)], 7)).toEqual([whole]);
    // A record is missing; nothing is known yet; the same again.
    expect(readJournal([recordOf(entry(9))], 7)).toBe(null);
    expect(readJournal([recordOf(entry(8))], 0)).toBe(null);
    expect(readJournal([recordOf(entry(7))], 7)).toBe(null);
  });

  const right = recordOf(entry(8));
  const numbers = (at: number, value: number) => {
    const rows = right.rows.slice();
    rows[at] = value;
    return { ...right, rows };
  };
  test.for<[string, unknown]>([
    ['nothing', undefined],
    ['a word', 'junk'],
    ['another format', { ...right, format: 1 }],
    ['a list of the first version', { bytes: 1, storedAt: 2, expiresAt: Infinity }],
    ['keys cut off', { ...right, keys: right.keys.slice(1) }],
    ['keys that are none', { ...right, keys: right.keys.replaceAll('0', 'x') }],
    ['columns of another kind', { ...right, rows: [...right.rows] }],
    ['a stage that is not named', { ...right, stages: [] }],
    ['an id that was not given yet', { ...right, nextId: 8 }],
    ['the id of nothing', numbers(0, 0)],
    ['a size that is no number', numbers(3, NaN)],
    ['a negative size', numbers(3, -1)],
    ['a time that is no number', numbers(4, NaN)],
    ['an end that is no number', numbers(6, NaN)],
    ['a number too many', { ...right, used: new Float64Array(4) }],
  ])('is not read with %s in it', ([, record]) => {
    expect(readJournal([record], 7)).toBe(null);
  });
});

describe('ranges to read', () => {
  const wanted = (ids: number[], storedBytes = 300) => ids.map((id) => ({ id, storedBytes }));
  test('take side by side together, and small ones over a small gap', () => {
    expect(rangesOf(wanted([1, 2, 3, 6, 10]))).toEqual([
      { first: 1, last: 6 },
      { first: 10, last: 10 },
    ]);
    expect(rangesOf([])).toEqual([]);
  });
  test('read no large value that nobody asked for', () => {
    expect(rangesOf(wanted([1, 2, 4], 1e6))).toEqual([
      { first: 1, last: 2 },
      { first: 4, last: 4 },
    ]);
  });
  test('are never too long', () => {
    const many = rangesOf(wanted(Array.from({ length: 3000 }, (_, i) => i + 1)));
    expect(many.map(({ first, last }) => last - first + 1)).toEqual([1024, 1024, 952]);
    expect(rangesOf(wanted([1, 2, 3], 5e6))).toHaveLength(3);
  });
});
