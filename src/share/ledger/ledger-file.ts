/** A ledger as a file: everything that came of the claims as JSON, to be read and kept. */
import { fail, ok, type Result } from '../../base/result.ts';
import { nestingDepth } from '../../base/nesting.ts';
import { formatBytes } from '../../base/units.ts';
import type {
  ClaimOutcome,
  Interval,
  LedgerResult,
  TrialOutcome,
} from '../../explore/ledger/outcome.ts';
import type { Claim } from '../../scenarios/claims/claim.ts';
import { knownOutcome, type ForeignTrial } from './known-outcome.ts';
import { onlyNewest } from './kept-ledger.ts';
import { ledgerBytesMax, nestingMax, textLettersMax } from './ledger-limits.ts';
import { ledgerFormat, ledgerShapeFault } from './ledger-schema.ts';

/** Whether a file's text is meant to be one: then what `readLedgerFile` says of it is worth showing. */
export const isLedgerFile = (text: string): boolean =>
  /"format"\s*:\s*"millrace-ledger\//.test(text.slice(0, 2000));

/** An outcome a line. What is no number is null; notes are cut to what is read again. */
export function ledgerFileText(results: readonly LedgerResult[]): string {
  const blocks = results.map(({ measuredAt, environment, outcomes }) => {
    const lines = outcomes.map((outcome) => `      ${JSON.stringify(withShortNotes(outcome))}`);
    return `    {\n      "measuredAt": ${JSON.stringify(measuredAt)},\n      "environment": ${JSON.stringify(environment)},\n      "outcomes": [\n${lines.join(',\n')}\n      ]\n    }`;
  });
  return `{\n  "format": "${ledgerFormat}",\n  "results": [\n${blocks.join(',\n')}\n  ]\n}\n`;
}

const withShortNotes = (outcome: ClaimOutcome): ClaimOutcome => ({
  ...outcome,
  trials: outcome.trials.map((trial) => ({ ...trial, note: shortened(trial.note) })),
});
const shortened = (text: string): string =>
  text.length <= textLettersMax ? text : `${text.slice(0, textLettersMax - 1)}…`;

/** What a ledger from outside has come to. */
export interface ReadLedger {
  results: LedgerResult[];
  /** Claims in it that are not known here: another version of the page has them. */
  unknown: string[];
}

/**
 * What a file says of these claims, or one sentence about what is wrong with it. Never throws; takes bounded time and
 * memory.
 * @param isOwn it is what this browser has kept itself: its notes are our own words
 */
export function readLedgerFile(
  text: string,
  claims: readonly Claim[],
  isOwn = false,
): Result<ReadLedger> {
  if (text.length > ledgerBytesMax)
    return fail(
      `The ledger’s file has ${formatBytes(text.length)}: the ceiling is ${formatBytes(ledgerBytesMax)}.`,
    );
  if (nestingDepth(text) > nestingMax)
    return fail(`The ledger’s file is nested too deeply: the ceiling is ${nestingMax}.`);
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return fail(
      'The file is no JSON: give one that was saved as a ledger (its name ends in .millrace-ledger.json).',
    );
  }
  const fault = ledgerShapeFault(value);
  if (fault !== null) return fail(fault);
  const { results } = value as { results: LedgerResult[] };
  return knownLedger(
    results.map((result) => ({
      ...result,
      outcomes: result.outcomes.map((outcome) => ({
        ...outcome,
        trials: outcome.trials.map((trial) => foreignTrial(trial, isOwn)),
      })),
    })),
    claims,
  );
}

const foreignTrial = (
  { name, measured, curve, note, ...rest }: TrialOutcome,
  isOwn: boolean,
): ForeignTrial => ({
  ...rest,
  ...(isOwn && { note }),
  isOf: (known) => known.name === name,
  measured: withEnds(measured),
  ...(curve && { curve: { ...curve, exponents: curve.exponents && bothEnds(curve.exponents) } }),
});

const withEnds = <Of extends Interval | null>(of: Of): Of =>
  of && { ...of, ...finiteOrNot(of.low, of.high) };
const bothEnds = ({ before, after }: { before: Interval; after: Interval }) => ({
  before: withEnds(before),
  after: withEnds(after),
});

/** The ends of an interval: null stands for one that is nowhere. */
export const finiteOrNot = (
  low: number | null,
  high: number | null,
): Pick<Interval, 'low' | 'high'> => ({ low: low ?? -Infinity, high: high ?? Infinity });

type ForeignOutcome = Parameters<typeof knownOutcome>[0];

/** Of results from outside what is known here, each claim's newest; a sentence where that is nothing. */
export function knownLedger(
  results: readonly (Omit<LedgerResult, 'outcomes'> & { outcomes: ForeignOutcome[] })[],
  claims: readonly Claim[],
): Result<ReadLedger> {
  const unknown = new Set<string>();
  const known = results.map(({ outcomes, ...rest }) => ({
    ...rest,
    outcomes: outcomes.flatMap((outcome) => {
      const found = knownOutcome(outcome, claims);
      if (found === null) unknown.add(outcome.id);
      return found ?? [];
    }),
  }));
  const newest = onlyNewest(known);
  if (newest.length === 0)
    return fail(
      'The ledger has no outcome of a claim that this page knows: reload it to get the newest version.',
    );
  return ok({ results: newest, unknown: [...unknown] });
}
