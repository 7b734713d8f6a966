import { expect, it } from 'vitest';
import { LedgerShelf } from '../../src/ui/ledger/ledger-shelf.ts';
import type { LedgerFacts } from '../../src/ui/services.ts';
import { ledgerFileText } from '../../src/share/ledger/ledger-file.ts';
import type { LedgerResult } from '../../src/explore/ledger/outcome.ts';
import { sampleClaims } from '../share/ledger/sample-ledger.ts';
import { fakeShelf } from './fake-shelf.ts';

const result = (at: number): LedgerResult => {
  const { id, trials } = sampleClaims[at]!;
  const none = { verdict: null, measured: null, predicted: null, unit: '×', note: 'Why.' };
  return {
    ...{ measuredAt: '2026-11-22T09:00:00.000Z', environment: null },
    outcomes: [{ id, verdict: null, tookMs: 1, trials: [{ ...none, name: trials[0]!.name }] }],
  };
};
const kept = (id: string, origin?: 'added'): LedgerFacts => ({
  ...{ id, keptAt: 1, bytes: 2, isByHand: true },
  ...(origin && { origin }),
});

it('an own record that cannot be read is not thrown away with the next outcome', async () => {
  const open = fakeShelf<LedgerFacts>();
  const store = await open();
  await store.keep('own', kept('broken'), '{"format":"millrace-ledger/9"}', () => kept('broken'));
  const shelf = new LedgerShelf(open);
  expect((await shelf.read(sampleClaims)).own).toEqual([]);
  await shelf.keepOwn([result(0)]);
  await shelf.keepOwn([result(0), result(1)]);
  const ids = (await store.list('own')).map(({ id }) => id);
  expect([ids.length, ids.includes('broken')]).toEqual([2, true]);
  const { own } = await new LedgerShelf(open).read(sampleClaims);
  expect(own.flatMap(({ outcomes }) => outcomes)).toHaveLength(2);
});

it('another ledger that cannot be read is shown as such, so that it can be let go', async () => {
  const open = fakeShelf<LedgerFacts>();
  const store = await open();
  const good = ledgerFileText([result(0)]);
  await store.keep('others', kept('good', 'added'), good, () => kept('good', 'added'));
  await store.keep('others', kept('bad', 'added'), '{}', () => kept('bad', 'added'));
  const shelf = new LedgerShelf(open);
  const { others } = await shelf.read(sampleClaims);
  const counts = Object.fromEntries(others.map(({ id, results }) => [id, results.length]));
  expect(counts).toEqual({ good: 1, bad: 0 });
  await shelf.removeOther('bad');
  expect((await shelf.read(sampleClaims)).others.map(({ id }) => id)).toEqual(['good']);
});
