/** Verdicts from intervals: pure, and the same for everybody who reads a kept ledger. */
import type { Claim, ClaimVerdict, LevelTrial, Range, Sum } from '../../scenarios/claims/claim.ts';
import type { ClaimOutcome, TrialOutcome } from './outcome.ts';

type Ends = Readonly<{ low: number; high: number }>;

/** Ratios are claimed with one or two digits: what comes as near as this has reached them. */
const nearRatio = 0.05;

/** The documents' sums are rounded, some of them twice. */
const nearSum = 0.02;

/**
 * Of a ratio above 1 where it is better. A claim is reached by an interval that reaches its low end; one without a
 * low end only says that it is better. A claim of 1 and less ("no slower") needs no gain.
 * @returns null: the interval reaches from no gain to the claim, so nothing can be told
 */
export function judgeRatio(interval: Ends, claimed: Range | null): ClaimVerdict | null {
  const gained = interval.low > 1;
  const least = claimed?.low;
  if (least === undefined) return gained ? 'reproduced' : 'refuted';
  const reached = interval.high >= least * (1 - nearRatio);
  if (least <= 1) return reached ? 'reproduced' : 'refuted';
  if (gained) return reached ? 'reproduced' : 'fell short';
  return reached ? null : 'refuted';
}

/** Whether more pairs could hardly change the verdict: the whole interval is on one side of what decides. */
export function isSettled(interval: Ends, claimed: Range | null): boolean {
  const least = claimed?.low;
  const borders = least === undefined ? [1] : least <= 1 ? [least] : [1, least * (1 - nearRatio)];
  return borders.every((border) => interval.high < border || interval.low > border);
}

/**
 * Of a level: claims name its better end, and perhaps where nothing was gained; where neither end is better, it is
 * right or wrong. null as for ratios.
 */
export function judgeLevel(
  interval: Ends,
  { better, claimed, noGain }: Pick<LevelTrial, 'better' | 'claimed' | 'noGain'>,
): ClaimVerdict | null {
  if (better === 'neither') {
    const { low = -Infinity, high = Infinity } = claimed;
    return interval.low <= high && interval.high >= low ? 'reproduced' : 'refuted';
  }
  // Where more is better everything is as with less, seen in a mirror.
  const sign = better === 'less' ? 1 : -1;
  const [best, worst] =
    better === 'less' ? [interval.low, interval.high] : [-interval.high, -interval.low];
  // The end that is easier to reach; a claim that names only the other one means that.
  const [easy, hard] =
    better === 'less' ? [claimed.high, claimed.low] : [claimed.low, claimed.high];
  const wanted = easy ?? hard;
  const reached = wanted === undefined || best <= sign * wanted;
  if (noGain === undefined) return reached ? 'reproduced' : 'refuted';
  const gained = worst < sign * noGain;
  if (gained) return reached ? 'reproduced' : 'fell short';
  return reached ? null : 'refuted';
}

/** Worst first; what a row shows is the first that one of its trials has. */
const byWeakness: readonly ClaimVerdict[] = ['refuted', 'fell short', 'replayed', 'reproduced'];

/** Of a claim: the weakest of the trials that were run, or else played; of one without trials what its sums say. */
export function judgeClaim(
  { trials, sums = [] }: Pick<Claim, 'trials' | 'sums'>,
  outcomes: readonly Pick<TrialOutcome, 'verdict'>[],
): ClaimVerdict | null {
  if (trials.length === 0) return sums.every(doesSumHold) ? 'not testable' : 'cannot add up';
  // What was really run decides, where anything was.
  const ran = outcomes.filter(({ verdict }) => verdict !== null && verdict !== 'replayed');
  const judged = ran.length > 0 ? ran : outcomes;
  return byWeakness.find((verdict) => judged.some((one) => one.verdict === verdict)) ?? null;
}

/** The trial whose verdict a row shows; of several the first. undefined: no trial has one. */
export const decidingTrial = ({
  verdict,
  trials,
}: Pick<ClaimOutcome, 'verdict' | 'trials'>): TrialOutcome | undefined =>
  verdict === null ? undefined : trials.find((one) => one.verdict === verdict);

/** Whether a sum done again comes to what was claimed, but for rounding; one that nobody did before always does. */
export function doesSumHold({ result, claimed }: Pick<Sum, 'result' | 'claimed'>): boolean {
  const near = (end: number): number => Math.abs(end) * nearSum;
  const { low = -Infinity, high = Infinity } = claimed ?? {};
  return (
    (low === -Infinity || result >= low - near(low)) &&
    (high === Infinity || result <= high + near(high))
  );
}
