/** Figures and verdicts of the ledger in words, the same on the page and in files. */
import type { ClaimOutcome, Interval } from '../../explore/ledger/outcome.ts';
import { decidingTrial } from '../../explore/ledger/verdict.ts';
import { figure, rangeText } from '../../explore/ledger/words.ts';
import { supportedDigits } from '../../measure/speedup.ts';
import type { Claim, ClaimVerdict, Sum, Trial } from '../../scenarios/claims/claim.ts';
import { unitOf } from './known-outcome.ts';

/** What a trial's document claims: "2×"; "better" where it gives no figure. */
export const claimedWords = (trial: Trial): string => rangeText(trial.claimed, unitOf(trial));

/** "12 ÷ 5 = 2.4 ×, claimed 160 %": the sum as arithmetic. */
export const sumWords = ({ working, result, unit, claimed }: Sum): string =>
  `${working} = ${figure(result, unit)}${claimed ? `, claimed ${rangeText(claimed, unit)}` : ''}`;

/** Why it came out as it did, one sentence; before it has come out: "". */
export function whyWords({ why, untestable }: Claim, verdict: ClaimVerdict | null): string {
  if (verdict === null) return '';
  if (untestable !== undefined && verdict === 'not testable') return untestable;
  return typeof why === 'string' ? why : why(verdict);
}

/** The trial that stands for a claim in its row: the one that gave it its verdict, else the first measured one. */
export function leadingTrial(outcome: ClaimOutcome): ClaimOutcome['trials'][number] | null {
  const { trials } = outcome;
  const measured = trials.find((trial) => trial.measured !== null);
  return decidingTrial(outcome) ?? measured ?? trials[0] ?? null;
}

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
