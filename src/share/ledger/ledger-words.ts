/** Figures and verdicts of the ledger in words, the same on the page and in files. */
import type { ClaimOutcome, Interval } from '../../explore/ledger/outcome.ts';
import { doesSumHold, judgeClaim, leadingTrial } from '../../explore/ledger/verdict.ts';
import { figure, notesOf, rangeText } from '../../explore/ledger/words.ts';
import { supportedDigits } from '../../measure/speedup.ts';
import type { Claim, ClaimVerdict, Sum, Trial } from '../../scenarios/claims/claim.ts';
import { unitOf } from './known-outcome.ts';

/** What a trial's document claims: "2×"; "better" where it gives no figure. */
export const claimedWords = (trial: Trial): string => rangeText(trial.claimed, unitOf(trial));

/** "12 ÷ 5 = 2.4 ×, claimed 160 %": the sum as arithmetic. */
export const sumWords = ({ working, result, unit, claimed }: Sum): string =>
  `${working} = ${figure(result, unit)}${claimed ? `, claimed ${rangeText(claimed, unit)}` : ''}`;

/** What a row says of its claim: a verdict, or why there is none. */
export type RowVerdict = ClaimVerdict | 'not run' | 'no verdict';

/** Nothing has to be run for what sums alone decide. */
export function verdictOf(
  claim: Claim,
  found: { outcome: Pick<ClaimOutcome, 'verdict'> } | undefined,
): RowVerdict {
  if (claim.trials.length === 0) return judgeClaim(claim, []) ?? 'no verdict';
  return found ? (found.outcome.verdict ?? 'no verdict') : 'not run';
}

/**
 * Why it came out as it did, and what is to be known of the trial that stands for it; without a verdict which trial is
 * open, and why; before it has come out: "".
 */
export function whyWords(
  { why, untestable }: Claim,
  verdict: RowVerdict,
  outcome?: ClaimOutcome,
): string {
  const lead = outcome && leadingTrial(outcome);
  if (verdict === 'not run' || verdict === 'no verdict')
    return lead?.note ? `${lead.name}: ${lead.note}` : '';
  if (untestable !== undefined && verdict === 'not testable') return untestable;
  return notesOf(typeof why === 'string' ? why : why(verdict), lead?.note);
}

/** What a verdict of trials leaves out; "": there is nothing. */
export const sumsWords = ({ trials, sums = [] }: Claim): string =>
  trials.length > 0 && !sums.every(doesSumHold) ? 'sums contradict it' : '';

/** "n^1.9 (1.8–2.1)": a fitted exponent. */
export function exponentWords({ value, low, high }: Interval): string {
  const digits = Math.max(1, supportedDigits(low, high));
  return `n^${plain(value, digits)} (${plain(low, digits)}–${plain(high, digits)})`;
}

/** With a true minus sign. */
function plain(value: number, digits: number): string {
  if (!Number.isFinite(value)) return value < 0 ? '−∞' : '∞';
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}
