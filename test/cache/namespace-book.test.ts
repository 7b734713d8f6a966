import { describe, expect, test } from 'vitest';
import { noMetrics } from '../../src/base/cache-facts.ts';
import type { JournalEntry } from '../../src/cache/store/journal.ts';
import { NamespaceBook } from '../../src/cache/store/namespace-book.ts';
import { keyOf } from './store-probe.ts';

const row = (id: number, expiresAt: number) => ({
  ...{ key: keyOf(id), id, stage: 'parse', bytes: 10, storedBytes: 100 },
  ...{ storedAt: 0, usedAt: 0, expiresAt, hits: 1 },
});
const whole = (rows: JournalEntry['rows']): JournalEntry => ({
  ...{ seq: 1, isWhole: true, nextId: 1000, goneIds: [], used: [] },
  rows,
});

describe('the book of a namespace', () => {
  test('is not confused by time that goes on while it reads', () => {
    // Every look at the clock is 2 ms later than the one before.
    let now = 1000;
    const book = new NamespaceBook({ maxBytes: 1e6, policy: 'lru' }, noMetrics(), () => (now += 2));
    const rows = Array.from({ length: 400 }, (_, i) => row(i + 1, 1000 + 4 * i + 0.5));
    book.apply([whole(rows)]);
    book.limit({ maxBytes: 1e6, policy: 'lfu' });
    for (const { key, expiresAt } of rows) {
      const found = book.find(key);
      if (found) expect(found.expiresAt).toBeGreaterThan(now);
      else expect(expiresAt).toBeLessThanOrEqual(now);
    }
    now = 1e6;
    book.sweep();
    expect({ size: book.size, bytes: book.bytes }).toEqual({ size: 0, bytes: 0 });
  });
});
