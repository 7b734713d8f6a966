import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ClaimOutcome } from '../../../src/explore/ledger/outcome.ts';
import { ledgerCsv, ledgerMarkdown } from '../../../src/share/ledger/ledger-table.ts';
import { sumsWords, sumWords, whyWords } from '../../../src/share/ledger/ledger-words.ts';
import { sampleClaims, wholeResult } from './sample-ledger.ts';

it('the table for spreadsheets has a line a trial, each as long as its heading', () => {
  fc.assert(
    fc.property(wholeResult, (result) => {
      const [head, ...rows] = ledgerCsv(sampleClaims, [result]);
      const trials = sampleClaims.map((claim) => Math.max(1, claim.trials.length));
      expect(rows.length).toBe(trials.reduce((sum, count) => sum + count, 0));
      expect(new Set(rows.map((row) => row.length))).toEqual(new Set([head!.length]));
    }),
    { numRuns: 10 },
  );
});

it('in Markdown each claim has a row with its figures and its verdict', () => {
  const [claim] = sampleClaims;
  const text = ledgerMarkdown(
    [claim!],
    [{ letter: 'A', name: 'First', about: 'one of five' }],
    [
      {
        ...{ measuredAt: '2026-11-22T09:00:00.000Z', environment: null },
        outcomes: [
          {
            ...{ id: 'A1', verdict: 'fell short', tookMs: 1 },
            trials: [
              {
                ...{ name: claim!.trials[0]!.name, verdict: 'fell short', unit: '×', note: '' },
                ...{ measured: { value: 1.5, low: 1.4, high: 1.6, samples: 12 }, predicted: 1.6 },
              },
            ],
          },
        ],
      },
    ],
    'now',
  );
  expect(text).toContain('## A. First');
  expect(text).toMatch(
    /\| A1 \|.*tested: 2–5×.*\| 1\.60× \| 1\.5× \(1\.4–1\.6\) \| fell short \| It is so\./,
  );
});

it('what sums alone decide is said in tables as on the page, run or not', () => {
  const working = { working: '12 ÷ 5', unit: '×', follows: 'So it is.', result: 2.4 };
  const [sample] = sampleClaims;
  const added = { ...sample!, trials: [], sums: [{ ...working, claimed: { low: 5 } }] };
  const lost = { ...sample!, id: 'A2', trials: [], untestable: 'Nobody can.' };
  const csv = ledgerCsv([added, lost, { ...sample!, id: 'A3' }], []);
  expect(csv.slice(1).map((row) => row[3])).toEqual([
    'cannot add up',
    'not testable',
    ...sample!.trials.map(() => 'not run'),
  ]);
  const systems = [{ letter: 'A', name: 'First', about: 'one of five' }] as const;
  const text = ledgerMarkdown([added, lost], systems, [], 'now');
  expect(text).toMatch(/\| A1 \|.*\| cannot add up \| It is so\./);
  expect(text).toMatch(/\| A2 \|.*\| not testable \| Nobody can\./);
});

it('a row says whose trial is open and why, and that sums contradict a claim whatever its trials come to', () => {
  const [sample] = sampleClaims;
  const [first] = sample!.trials;
  const working = { working: '12 ÷ 5', unit: '×', follows: 'So it is.' };
  const claim = {
    ...sample!,
    trials: [
      { ...first!, name: 'one' },
      { ...first!, name: 'two' },
    ],
    sums: [{ ...working, result: 2.4, claimed: { low: 5 } }],
  };
  const outcome = { verdict: 'reproduced', unit: '×', note: '', measured: null, predicted: null };
  const lost = { ...outcome, name: 'two', verdict: null, note: 'It could not be loaded.' };
  const trials = [{ ...outcome, name: 'one' }, lost] as ClaimOutcome['trials'];
  expect(whyWords(claim, 'no verdict', { id: 'A1', verdict: null, trials, tookMs: 0 })).toBe(
    'two: It could not be loaded.',
  );
  expect(sumsWords(claim)).toBe('sums contradict it');
  expect(sumWords(claim.sums[0]!)).toBe('12 ÷ 5 = 2.40×, claimed at least 5×');
  // Sums that nobody claimed anything of contradict nothing.
  const free = { ...working, result: 2.4 };
  expect(sumsWords({ ...claim, sums: [free] })).toBe('');
  expect(sumWords(free)).toBe('12 ÷ 5 = 2.40×');
});
