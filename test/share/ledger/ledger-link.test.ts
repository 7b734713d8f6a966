import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Interval, LedgerResult, TrialOutcome } from '../../../src/explore/ledger/outcome.ts';
import type { Claim, ClaimVerdict, Trial } from '../../../src/scenarios/claims/claim.ts';
import { claims as realClaims } from '../../../src/scenarios/claims/index.ts';
import { newestOutcomes, onlyNewest, withOutcomes } from '../../../src/share/ledger/kept-ledger.ts';
import { ledgerFileText, readLedgerFile } from '../../../src/share/ledger/ledger-file.ts';
import {
  isLedgerLink,
  ledgerLinkText,
  readLedgerLink,
} from '../../../src/share/ledger/ledger-link.ts';
import { trialCode } from '../../../src/share/ledger/trial-code.ts';
import { toBase64Url } from '../../../src/share/link/base64url.ts';
import { sampleClaims, someResult, wholeResult } from './sample-ledger.ts';

const packed = (value: unknown): string =>
  `#ledger.1.${toBase64Url(new Uint8Array(deflateRawSync(JSON.stringify(value))))}`;
const refusal = async (fragment: string): Promise<string> => {
  const read = await readLedgerLink(fragment, sampleClaims);
  if (read.ok) throw new Error('it was taken');
  return read.error;
};
const at = '2026-11-22T09:00:00.000Z';
const first = sampleClaims[0]!;
const code = trialCode(first.trials[0]!.name);
/** With its first trial alone. */
const single = { ...first, trials: first.trials.slice(0, 1) };

describe('a ledger’s link', () => {
  it('says again what was put into it, each claim once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(someResult, { minLength: 1, maxLength: 4 }), async (results) => {
        const newest = onlyNewest(results);
        const text = await ledgerLinkText(newest);
        expect(isLedgerLink(text)).toBe(true);
        const read = await readLedgerLink(text, sampleClaims);
        expect(read).toEqual({ ok: true, value: { results: newest, unknown: [] } });
      }),
      { numRuns: 60 },
    );
  });

  it('of every claim with every trial has at most 4,000 characters', async () => {
    for (const result of fc.sample(wholeResult, { numRuns: 10, seed: 7 }))
      expect((await ledgerLinkText([result])).length).toBeLessThanOrEqual(4000);
  });

  it('holds no word of a claim', async () => {
    const [result] = fc.sample(wholeResult, { numRuns: 1, seed: 1 });
    const read = await readLedgerLink(await ledgerLinkText([result!]), sampleClaims);
    if (!read.ok) throw new Error(read.error);
    const renamed = sampleClaims.map((claim) => ({
      ...claim,
      trials: claim.trials.map((trial) => ({ ...trial, name: `${trial.name}!` })),
    }));
    const other = await readLedgerLink(await ledgerLinkText([result!]), renamed);
    // Under other names nothing but claims without trials is known.
    const tried = sampleClaims.filter(({ trials }) => trials.length > 0).map(({ id }) => id);
    expect(other).toMatchObject({ ok: true, value: { unknown: tried } });
  });

  it('says which claims are not known here, and keeps the others', async () => {
    const link = packed([
      [
        at,
        0,
        [
          ['A1', 0, 12, [[code, 0, [2, 1.9, null, 12], null]]],
          ['Z9', 1, 0, []],
        ],
      ],
    ]);
    const read = await readLedgerLink(link, [single]);
    if (!read.ok) throw new Error(read.error);
    expect(read.value.unknown).toEqual(['Z9']);
    expect(read.value.results).toEqual([
      {
        ...{ measuredAt: at, environment: null },
        outcomes: [
          {
            ...{ id: 'A1', verdict: 'reproduced', tookMs: 1200 },
            trials: [
              {
                ...{ name: 'A1: as listed', verdict: 'reproduced', unit: '×', note: '' },
                ...{ measured: { value: 2, low: 1.9, high: Infinity, samples: 12 } },
                predicted: null,
              },
            ],
          },
        ],
      },
    ]);
  });

  it.each([
    ['another version', '#ledger.2.abc', /version 2 of ledgers, and this page reads version 1/],
    ['no version', '#ledger.abc', /This is no link to a ledger: one begins with #ledger\.1/],
    ['cut off', '#ledger.1.abcde', /The link is damaged: its end may have been cut off/],
    ['no list', packed({ a: 1 }), /something else than a ledger/],
    [
      'a figure that is none',
      packed([[at, 0, [['A1', 0, 0, [[code, 0, ['2', 1, 3, 1], 0]]]]]]),
      /place 0, 2, 0, 3/,
    ],
    ['a verdict that is none', packed([[at, 0, [['A1', 6, 0, []]]]]), /Wrong is place 0, 2, 0, 1/],
    ['no time', packed([['now', 0, []]]), /Wrong is place 0, 0/],
    [
      'nothing that is known',
      packed([[at, 0, [['Z9', 0, 0, []]]]]),
      /no outcome of a claim that this page knows/,
    ],
    ['a bomb', packed('x'.repeat(3e6)), /unpacks to more than 2 MiB/],
    ['deep', packed(JSON.parse('['.repeat(50) + ']'.repeat(50))), /nested too deeply/],
  ])('%s is refused in a sentence', async (_, fragment, says) => {
    expect(await refusal(fragment)).toMatch(says);
  });

  it('takes what is behind it in a text for no part of it', async () => {
    const text = await ledgerLinkText(fc.sample(someResult, { numRuns: 1, seed: 3 }));
    expect((await readLedgerLink(`${text}.`, sampleClaims)).ok).toBe(true);
  });
});

it('what a link may hold a file may, so that it can be kept', async () => {
  const link = (browser: string, tookDs = 1e10) => {
    const where = [browser, 8, 1, 0.1, 0];
    return packed([[at, where, [[first.id, 0, tookDs, [[code, 0, 0, null]]]]]]);
  };
  const read = await readLedgerLink(link('Chromium 156'), [single]);
  if (!read.ok) throw new Error(read.error);
  const kept = readLedgerFile(ledgerFileText(read.value.results), [single]);
  expect(kept).toEqual({ ok: true, value: { ...read.value, unknown: [] } });
  // Marks that turn a text's direction, and times beyond any ceiling, are refused by both.
  expect(await refusal(link('Chro\u202Emium'))).toMatch(/something else than a ledger/);
  expect(await refusal(link('Chromium', 1e11))).toMatch(/something else than a ledger/);
});

describe('a ledger’s file', () => {
  it('says again what was put into it', () => {
    fc.assert(
      fc.property(fc.array(someResult, { minLength: 1, maxLength: 4 }), (results) => {
        const newest = onlyNewest(results);
        const read = readLedgerFile(ledgerFileText(newest), sampleClaims);
        expect(read).toEqual({ ok: true, value: { results: newest, unknown: [] } });
      }),
      { numRuns: 60 },
    );
  });

  it('cuts a note that is longer than what is read again', () => {
    const [result] = fc.sample(wholeResult, { numRuns: 1, seed: 5 });
    for (const { trials } of result!.outcomes)
      for (const trial of trials) trial.note = `Failed: ${'x'.repeat(2000)}`;
    const read = readLedgerFile(ledgerFileText([result!]), sampleClaims, true);
    if (!read.ok) throw new Error(read.error);
    expect(read.value.results[0]!.outcomes[0]!.trials[0]!.note).toMatch(/^Failed: x{491}…$/);
  });

  it('puts no words of its own into the ledger', () => {
    const [result] = fc.sample(someResult, { numRuns: 1, seed: 5 });
    const text = ledgerFileText([result!]).replaceAll('"note":""', '"note":"Buy this."');
    const read = readLedgerFile(text, sampleClaims);
    expect(read.ok && JSON.stringify(read.value)).not.toContain('Buy');
  });

  it.each([
    ['no JSON', 'hello', /^The file is no JSON: give one that was saved as a ledger/],
    ['a document', '{"format": "millrace/1"}', /millrace-ledger\/1/],
    [
      'a word that is no verdict',
      '{"format":"millrace-ledger/1","results":[{"measuredAt":"2026-11-22T09:00:00Z","environment":null,"outcomes":[{"id":"A1","verdict":"reproducd","trials":[],"tookMs":1}]}]}',
      /did you mean "reproduced"\?/,
    ],
  ])('%s is refused in a sentence', (_, text, says) => {
    const read = readLedgerFile(text, sampleClaims);
    expect(read.ok ? '' : read.error).toMatch(says);
  });
});

describe('what is read', () => {
  const [compared, replayed] = [first.trials[0]!, { ...first.trials[0]!, name: 'played' }];
  const played = { ...replayed, isReplay: true } as Trial;
  const claim = (...trials: Trial[]): Claim => ({ ...first, trials });
  const interval = (low: number, high: number, samples = 12) => ({
    ...{ value: (low + high) / 2, low, high, samples },
  });
  const told = (name: string, verdict: ClaimVerdict | null, measured: Interval | null) => ({
    ...{ name, verdict, measured, unit: '×', predicted: null, note: '' },
  });
  /** @param verdict as whoever wrote it says */
  function readAs(claims: Claim[], verdict: ClaimVerdict, ...trials: TrialOutcome[]) {
    const outcomes = [{ id: first.id, verdict, trials, tookMs: 0 }];
    const text = ledgerFileText([{ measuredAt: at, environment: null, outcomes }]);
    const read = readLedgerFile(text, claims, true);
    if (!read.ok) throw new Error(read.error);
    return read.value.results[0]!.outcomes[0]!;
  }

  it('is judged by its figures, whatever verdict came with them', () => {
    const { name } = compared;
    const short = readAs([first], 'reproduced', told(name, 'reproduced', interval(1.2, 1.3)));
    expect(short.trials[0]!.verdict).toBe('fell short');
    const without = readAs([claim(compared)], 'reproduced', told(name, 'reproduced', null));
    expect([without.verdict, without.trials[0]!.verdict]).toEqual([null, null]);
    const slower = readAs([claim(compared)], 'reproduced', told(name, null, interval(0.5, 0.6)));
    expect([slower.verdict, slower.trials[0]!.verdict]).toEqual(['refuted', 'refuted']);
  });

  it('has no verdict of a trial that was another one then', () => {
    const { name } = compared;
    const other = { ...compared, name: 'another way' };
    const good = told(name, 'reproduced', interval(2.1, 2.3));
    const { verdict, trials } = readAs([claim(other, compared)], 'reproduced', good);
    expect(verdict).toBeNull();
    expect(trials.map((one) => [one.name, one.verdict, one.note])).toEqual([
      ['another way', null, 'This version tests it otherwise: run it again.'],
      [name, 'reproduced', ''],
    ]);
  });

  it('takes what was played for no measurement, and no measurement for what was played', () => {
    const gain = interval(2.1, 2.3);
    const again = readAs([claim(played)], 'refuted', told('played', 'replayed', gain));
    expect([again.verdict, again.trials[0]!.verdict]).toEqual(['replayed', 'replayed']);
    for (const [trial, verdict] of [
      [replayed, 'replayed'],
      [played, 'reproduced'],
    ] as const) {
      const { trials } = readAs([claim(trial)], verdict, told('played', verdict, gain));
      expect(trials[0]).toMatchObject({
        verdict: null,
        measured: null,
        note: expect.stringMatching(/./),
      });
    }
  });

  it('of a link is judged as it was where it was measured, however near to no gain', async () => {
    const outcomes = (low: number): LedgerResult['outcomes'] => [
      {
        ...{ id: first.id, verdict: 'fell short', tookMs: 0 },
        trials: [told(compared.name, 'fell short', interval(low, 1.2979))],
      },
    ];
    const link = await ledgerLinkText([
      { measuredAt: at, environment: null, outcomes: outcomes(1.0021) },
    ]);
    const read = await readLedgerLink(link, [claim(compared)]);
    expect(read.ok && read.value.results[0]!.outcomes).toEqual(outcomes(1.0021));
  });
});

describe('a ledger with what has just come out', () => {
  const measured = { value: 2, low: 1.9, high: 2.1, samples: 12 };
  const result = (
    measuredAt: string,
    ...of: [id: string, verdict: ClaimVerdict | null, measured: Interval | null][]
  ): LedgerResult => ({
    ...{ measuredAt, environment: null },
    outcomes: of.map(([id, verdict, measured]) => ({
      ...{ id, verdict, tookMs: 0 },
      trials: [{ name: 'a', verdict, measured, unit: '×', predicted: null, note: '' }],
    })),
  });
  const later = '2026-11-22T10:00:00.000Z';

  it('keeps what was measured where nothing can be said now, and says of which claims', () => {
    const known = result(at, ['A1', 'reproduced', measured], ['A2', null, measured]);
    const now = result(later, ['A1', null, null], ['A2', null, null], ['A3', null, null]);
    const { results, stays } = withOutcomes([known], now);
    expect(stays).toEqual(['A1', 'A2']);
    expect(newestOutcomes(results).get('A1')!.outcome.verdict).toBe('reproduced');
    expect(newestOutcomes(results).get('A3')!.measuredAt).toBe(later);
  });

  it('takes what was measured now, even if it allows no verdict; what was only played is none', () => {
    const known = result(at, ['A1', 'reproduced', measured]);
    const now = withOutcomes([known], result(later, ['A1', null, measured]));
    expect(now.stays).toEqual([]);
    expect(newestOutcomes(now.results).get('A1')!.outcome.verdict).toBeNull();
    const half = result(later, ['A1', null, null]);
    half.outcomes[0]!.trials.push({
      ...{ name: 'b', verdict: 'replayed', measured, unit: '×', predicted: 2, note: '' },
    });
    expect(withOutcomes([known], half).stays).toEqual(['A1']);
  });
});

it('of each claim the newest outcome stays, in the result it came with', () => {
  fc.assert(
    fc.property(fc.array(someResult, { minLength: 1, maxLength: 5 }), (results) => {
      const newest = newestOutcomes(results);
      const merged = onlyNewest(results);
      const ids = merged.flatMap(({ outcomes }) => outcomes.map(({ id }) => id));
      expect(ids.sort()).toEqual([...newest.keys()].sort());
      for (const { measuredAt, outcomes } of results)
        for (const { id } of outcomes)
          expect(Date.parse(newest.get(id)!.measuredAt)).toBeGreaterThanOrEqual(
            Date.parse(measuredAt),
          );
      expect(onlyNewest(merged)).toEqual(merged);
    }),
  );
});

it('no two trials of a claim have the same code', () => {
  for (const { trials } of realClaims) {
    const codes = trials.map(({ name }) => trialCode(name));
    expect(new Set(codes).size).toBe(codes.length);
  }
});
