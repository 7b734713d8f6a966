/** Verdicts from intervals: pure, and the same for everybody who reads a kept ledger. */
import type {
  Claim,
  ClaimVerdict,
  LevelTrial,
  Range,
  Sum,
  Trial,
} from '../../scenarios/claims/claim.ts';
import type { ClaimOutcome, Interval, TrialOutcome } from './outcome.ts';

/** Its median, and its ends. */
type Measured = Readonly<Pick<Interval, 'value' | 'low' | 'high'>>;

/** Ratios are claimed with one or two digits: a median that comes as near as this has reached them. */
const nearRatio = 0.05;

/**
 * An interval that has the claim in it reaches it, unless it has so only by being wide: then its median is farther off
 * than this.
 */
const wideShare = 0.15;

/** Where an interval that begins below no gain ends by here, a gain worth the name is ruled out. */
const noGainMost = 1.15;

/** The documents' sums are rounded, some of them twice. */
const nearSum = 0.02;

/**
 * Of a ratio above 1 where it is better. A claim without a low end only says that it is better; one of 1 and less
 * ("no slower") needs no gain.
 * @returns null: the interval reaches from no gain to a clear one, so nothing can be told
 */
export function judgeRatio(interval: Measured, claimed: Range | null): ClaimVerdict | null {
  const { value, low, high } = interval;
  const least = claimed?.low;
  if (least !== undefined && isNoSlower(claimed)) {
    if (high < least) return 'refuted';
    return low >= least * (1 - nearRatio) ? 'reproduced' : null;
  }
  const reached =
    least === undefined ||
    value >= least * (1 - nearRatio) ||
    (high >= least && value >= least * (1 - wideShare));
  if (low > 1) return reached ? 'reproduced' : 'fell short';
  const isNoGain = high <= noGainMost && (least === undefined || (high < least && !reached));
  return isNoGain ? 'refuted' : null;
}

/** Of a ratio: it asks for no gain, only for no loss. */
export const isNoSlower = (claimed: Range | null): boolean =>
  claimed?.low !== undefined && claimed.low <= 1;

/** Whether more pairs could hardly change the verdict: the whole interval is on one side of what decides. */
export function isSettled({ low, high }: Measured, claimed: Range | null): boolean {
  const least = claimed?.low;
  const near = (least ?? 1) * (1 - nearRatio);
  const borders = least === undefined ? [1] : least <= 1 ? [least, near] : [1, near];
  return borders.every((border) => high < border || low > border);
}

/**
 * Of a level: claims name its better end, and perhaps where nothing was gained; where neither end is better, it is
 * right, wrong, or only now and then right. null as for ratios.
 */
export function judgeLevel(
  { value, low, high }: Measured,
  { better, claimed, noGain }: Pick<LevelTrial, 'better' | 'claimed' | 'noGain'>,
): ClaimVerdict | null {
  if (better === 'neither') {
    const { low: from = -Infinity, high: to = Infinity } = claimed;
    if (low > to || high < from) return 'refuted';
    return low >= from && high <= to ? 'reproduced' : null;
  }
  const isLess = better === 'less';
  const [best, worst] = isLess ? [low, high] : [high, low];
  const meets = (figure: number, wanted: number): boolean =>
    isLess ? figure <= wanted : figure >= wanted;
  const wider = (by: number, share: number): number =>
    isLess ? by * (1 + share) : by / (1 + share);
  const wanted = wantedOf(better, claimed);
  // Where nothing at all is wanted, a single run that has some decides.
  const farthest = wanted === 0 ? worst : best;
  const reached =
    wanted === undefined || (meets(farthest, wanted) && meets(value, wider(wanted, wideShare)));
  if (noGain === undefined) return reached ? 'reproduced' : 'refuted';
  if (worst !== noGain && meets(worst, noGain)) return reached ? 'reproduced' : 'fell short';
  // A gain on ratios begins at 1, here at that level.
  const isNoGain = !reached && meets(noGain, wider(best, noGainMost - 1));
  return isNoGain ? 'refuted' : null;
}

/** As for ratios; two runs that count the same will do so again. */
export function isLevelSettled(
  { low, high }: Measured,
  { better, claimed, noGain }: Pick<LevelTrial, 'better' | 'claimed' | 'noGain'>,
): boolean {
  if (low === high) return true;
  const ends = better === 'neither' ? [claimed.low, claimed.high] : [wantedOf(better, claimed)];
  return [...ends, noGain].every((border) => border === undefined || high < border || low > border);
}

/** The end that is easier to reach; a claim that names only the other one means that. */
const wantedOf = (better: 'less' | 'more', { low, high }: Range): number | undefined =>
  better === 'less' ? (high ?? low) : (low ?? high);

/** Worst first; what a row shows is the first that one of its trials has. */
const byWeakness: readonly ClaimVerdict[] = ['refuted', 'fell short', 'replayed', 'reproduced'];

/**
 * Of a claim: the weakest of the trials that run live, or else of those that are played; of one without trials what
 * its sums say.
 * @param outcomes one a trial, in their order
 * @returns null: a trial has no verdict, and it might be weaker than all others
 */
export function judgeClaim(
  { trials, sums = [] }: Pick<Claim, 'trials' | 'sums'>,
  outcomes: readonly Pick<TrialOutcome, 'verdict'>[],
): ClaimVerdict | null {
  if (trials.length === 0) return sums.every(doesSumHold) ? 'not testable' : 'cannot add up';
  const live = outcomes.filter((_, at) => !isPlayed(trials[at]!));
  const judged = live.length > 0 ? live : outcomes;
  const weakest = byWeakness.find((verdict) => judged.some((one) => one.verdict === verdict));
  const isOpen = judged.some(({ verdict }) => verdict === null);
  return weakest === undefined || (isOpen && weakest !== byWeakness[0]) ? null : weakest;
}

/** Of a trial's figures, whoever measured them; null: there are none, or nothing can be told of them. */
export function judgeTrial(trial: Trial, measured: Interval | null): ClaimVerdict | null {
  if (measured === null) return null;
  if (isPlayed(trial)) return 'replayed';
  return trial.kind === 'level' ? judgeLevel(measured, trial) : judgeRatio(measured, trial.claimed);
}

/** Its durations are the document's own, played in virtual time. */
export const isPlayed = (trial: Trial): boolean =>
  trial.kind !== 'curve' && trial.isReplay === true;

/**
 * The trial that stands for a claim: the first with its verdict, so of one without a verdict the first that has none.
 * undefined: there is no trial.
 */
export const leadingTrial = ({
  verdict,
  trials,
}: Pick<ClaimOutcome, 'verdict' | 'trials'>): TrialOutcome | undefined =>
  trials.find((one) => one.verdict === verdict) ?? trials[0];

/** Whether a sum done again comes to what was claimed, but for rounding; where nothing was claimed it does. */
export function doesSumHold({ result, claimed = {} }: Pick<Sum, 'result' | 'claimed'>): boolean {
  const near = (end: number): number => Math.abs(end) * nearSum;
  const { low = -Infinity, high = Infinity } = claimed;
  return (
    (low === -Infinity || result >= low - near(low)) &&
    (high === Infinity || result <= high + near(high))
  );
}
