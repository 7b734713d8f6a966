import { OrderFreeDigest } from '../base/digest.ts';
import { formatCount, formatMs } from '../base/units.ts';
import { environmentDifferences, type MeasuredEnvironment } from './environments.ts';
import { medianMs } from './median.ts';
import { unpairedRatio, type RatioInterval } from './ratio-interval.ts';
import { SignBoundaries } from './sign-boundaries.ts';
import {
  familyError,
  formatSpeedup,
  pairedSpeedup,
  plannedLooks,
  supportedDigits,
  type Speedup,
} from './speedup.ts';

/** What somebody says to have measured of a document, or has measured. */
export interface Measurement {
  /** null: not known. */
  environment: MeasuredEnvironment | null;
  /** ms, one a run, each above 0. */
  makespans: readonly number[];
  /** Of the same work one item after another, run in turns with them; absent: not measured. */
  sequential?: readonly number[];
  /** Order-free digest of the delivered outputs; null: it varies, or is not known. */
  results: string | null;
  /** Digest of the predicted schedule on a machine that costs nothing, and the cores it was for. */
  schedule: ScheduleDigest | null;
}
export interface ScheduleDigest {
  digest: string;
  cores: number;
}

/** Of one thing that was claimed: whether it came out the same here, and why. */
export interface Finding {
  outcome: 'reproduced' | 'differs' | 'not comparable' | 'not checked';
  /** One sentence, or two. */
  sentence: string;
}

/** Schedules are simulated with whole arithmetic, so equal means equal, and any difference is one. */
export function judgeSchedule(claimed: ScheduleDigest | null, own: ScheduleDigest | null): Finding {
  if (claimed === null)
    return { outcome: 'not comparable', sentence: 'No predicted schedule is claimed.' };
  if (own === null)
    return { outcome: 'not checked', sentence: 'The schedule is not predicted here yet.' };
  if (claimed.cores !== own.cores) {
    return {
      outcome: 'not comparable',
      sentence: `The schedule claimed is for ${formatCount(claimed.cores)} cores, this one for ${formatCount(own.cores)}.`,
    };
  }
  const on = `${formatCount(own.cores)} ${own.cores === 1 ? 'core' : 'cores'}`;
  return claimed.digest === own.digest
    ? { outcome: 'reproduced', sentence: `The same predicted schedule, bit for bit, on ${on}.` }
    : {
        outcome: 'differs',
        sentence: `Another schedule than the one claimed is predicted here on ${on}: it was claimed by another version of Millrace, or of another document.`,
      };
}

/** Whatever a document does, it agrees with any other one that delivers nothing. */
const digestOfNothing = new OrderFreeDigest().hex;

/** @param own null: nothing has run here yet. */
export function judgeResults(
  claimed: Pick<Measurement, 'results'>,
  own: Pick<Measurement, 'results'> | null,
): Finding {
  if (claimed.results === null) {
    return {
      outcome: 'not comparable',
      sentence: 'No results are claimed: they vary from run to run, or were not known.',
    };
  }
  if (own === null)
    return {
      outcome: 'not checked',
      sentence: 'Press Run to see whether the results are the same.',
    };
  if (own.results === null) {
    return {
      outcome: 'not comparable',
      sentence: 'The results of this run have no digest, so they cannot be compared.',
    };
  }
  if (own.results === claimed.results && own.results === digestOfNothing) {
    return {
      outcome: 'not comparable',
      sentence: 'Nothing was delivered here, as is claimed: there are no results to compare.',
    };
  }
  return own.results === claimed.results
    ? { outcome: 'reproduced', sentence: 'The same results as claimed, whatever their order.' }
    : { outcome: 'differs', sentence: 'Other results than the ones claimed were delivered here.' };
}

/**
 * What is found of a document that reads files which whoever runs it picks: only equal results tell that they were the
 * same files, and other files are other work.
 */
export function withPickedFiles(
  finding: Finding,
  claimed: Pick<Measurement, 'results'>,
  own: Pick<Measurement, 'results'> | null,
): Finding {
  if (own === null || (claimed.results !== null && claimed.results === own.results)) return finding;
  return {
    outcome: 'not comparable',
    sentence:
      'It reads files that whoever runs it picks, and these need not have been yours: other files are other work.',
  };
}

/**
 * Speedups where both have one, else times.
 *
 * Two speedups are held to agree if their 95 % intervals overlap. Both are of other runs on other machines, so
 * nothing is paired; that intervals are apart is a stricter test than the usual one at 5 % (Schenker and Gentleman,
 * "On judging the significance of differences by examining the overlap between confidence intervals", The American
 * Statistician 55, 2001): "differs" is seldom said wrongly, and that they overlap proves no equality. How far
 * the two may be apart is therefore said with it, and where that is {@link tellsNothing}, they are not held to agree.
 *
 * Times of different browsers or machines are never held against each other.
 */
export function judgeTimes(claimed: Measurement, own: Measurement | null): Finding {
  if (own === null) return { outcome: 'not checked', sentence: 'Nothing has been timed here yet.' };
  if (claimed.results !== null && own.results !== null && claimed.results !== own.results) {
    return {
      outcome: 'not comparable',
      sentence: 'Other results mean other work, so the times cannot be compared.',
    };
  }
  if (claimed.sequential && own.sequential) return judgeSpeedups(claimed, own);
  return judgeMakespans(claimed, own);
}

function judgeSpeedups(claimed: Measurement, own: Measurement): Finding {
  const [theirs, ours] = [measuredSpeedup(claimed), measuredSpeedup(own)];
  if (theirs === null || ours === null) return tooFew(theirs === null ? 'claimed' : 'own');
  const caution = isElsewhere(claimed, own)
    ? ' They are of different machines or browsers, so take that with caution: a speedup depends on both.'
    : '';
  const both = `${formatSpeedup(ours)} here, ${formatSpeedup(theirs)} claimed`;
  if (ours.high < theirs.low || ours.low > theirs.high) {
    const than = ours.high < theirs.low ? 'Less' : 'More';
    return {
      outcome: 'differs',
      sentence: `${than} speedup than claimed: ${both}; the intervals do not overlap.${caution}`,
    };
  }
  const low = ours.low / theirs.high;
  const high = ours.high / theirs.low;
  const digits = Math.max(1, supportedDigits(low, high));
  const apart = `${both}, so this one is ${low.toFixed(digits)} to ${high.toFixed(digits)} times the claimed one`;
  if (tellsNothing({ low, high }))
    return { outcome: 'not comparable', sentence: `${tooUneven}: ${apart}.${caution}` };
  return {
    outcome: 'reproduced',
    sentence: `The speedups agree as far as these runs can tell: ${apart}.${caution}`,
  };
}

function judgeMakespans(claimed: Measurement, own: Measurement): Finding {
  if (claimed.environment === null || own.environment === null) {
    return {
      outcome: 'not comparable',
      sentence: `In what browser, on how many cores the times were measured is not known, so they cannot be compared. ${inTurns}`,
    };
  }
  if (isElsewhere(claimed, own)) {
    return {
      outcome: 'not comparable',
      sentence: `Times of different machines or browsers are not comparable; speedups are. ${inTurns}`,
    };
  }
  const interval = unpairedRatio(thinned(claimed.makespans), thinned(own.makespans));
  if (!Number.isFinite(interval.high))
    return tooFew(claimed.makespans.length < own.makespans.length ? 'claimed' : 'own');
  const span = `${timesOf(interval)} the time claimed`;
  const medians = `${formatMs(medianMs(own.makespans)!)} here, ${formatMs(medianMs(claimed.makespans)!)} claimed`;
  if (interval.low > 1 || interval.high < 1)
    return { outcome: 'differs', sentence: `It takes ${span} (medians: ${medians}).` };
  if (tellsNothing(interval)) {
    return { outcome: 'not comparable', sentence: `${tooUneven}: ${span} (medians: ${medians}).` };
  }
  return {
    outcome: 'reproduced',
    sentence: `The times agree as far as these runs can tell: ${span} (medians: ${medians}).`,
  };
}

/**
 * Whether one may be half of the other, or double: most speedups on few cores would agree with each other then. Equal is
 * only what lies within a margin that was set before (Schuirmann, "A comparison of the two one-sided tests procedure",
 * Journal of Pharmacokinetics and Biopharmaceutics 15, 1987); between that and "differs", nothing is known.
 */
const tellsNothing = ({ low, high }: { low: number; high: number }): boolean =>
  low < 0.5 || high > 2;

const tooUneven = 'The runs vary too much to tell whether it agrees';

const inTurns = 'Run it in turns with sequential to get a speedup.';

const tooFew = (whose: 'claimed' | 'own'): Finding => ({
  outcome: 'not comparable',
  sentence:
    whose === 'claimed'
      ? 'Too few runs are claimed to say anything: a single time proves nothing.'
      : `Too few runs here to say anything: a single time proves nothing. ${inTurns}`,
});

function timesOf({ ratio, low, high }: RatioInterval): string {
  const digits = supportedDigits(low, high);
  return `${ratio.toFixed(digits)}× (${low.toFixed(digits)}–${high.toFixed(digits)})`;
}

/** Another browser or machine, or it is not known whether it was one. */
const isElsewhere = (a: Measurement, b: Measurement): boolean =>
  a.environment === null ||
  b.environment === null ||
  environmentDifferences(a.environment, b.environment).length > 0;

/** More say nothing that these would not, and whoever writes a link may put in thousands. */
const timesMax = 1000;

/** At most {@link timesMax} of them, evenly spread. */
function thinned(times: readonly number[]): readonly number[] {
  if (times.length <= timesMax) return times;
  return Array.from(
    { length: timesMax },
    (_, at) => times[Math.floor((at * times.length) / timesMax)]!,
  );
}

/**
 * The speedup in what was measured, with its 95 % interval; null: not measured, or too few runs.
 *
 * Whoever measured may have looked after every planned number of pairs and ended at the look that pleased, so the
 * interval is corrected for these looks (see `SignBoundaries`). How much time had been spent by then is not known;
 * the share of the pairs is the least it can have been, which gives the widest interval.
 */
export function measuredSpeedup({ makespans, sequential }: Measurement): Speedup | null {
  if (sequential === undefined) return null;
  const speedup =
    sequential.length === makespans.length
      ? paired(thinned(makespans), thinned(sequential))
      : unpaired(thinned(makespans), thinned(sequential));
  return speedup.low > 0 && Number.isFinite(speedup.high) ? speedup : null;
}

function paired(makespans: readonly number[], sequential: readonly number[]): Speedup {
  const ratios = makespans.map((ms, at) => sequential[at]! / ms);
  const boundaries = new SignBoundaries(familyError);
  const pairsMax = plannedLooks.at(-1)!;
  let votes = -1;
  for (const pairs of [...plannedLooks.filter((look) => look < ratios.length), ratios.length])
    votes = boundaries.look(pairs, pairs / pairsMax);
  return pairedSpeedup(ratios, { seed: 1, votes });
}

function unpaired(makespans: readonly number[], sequential: readonly number[]): Speedup {
  const { ratio, low, high } = unpairedRatio(makespans, sequential);
  return {
    ...{ ratio, low, high, digits: supportedDigits(low, high) },
    verdict: low > 1 ? 'faster' : high < 1 ? 'slower' : 'no difference seen',
    pairs: Math.min(makespans.length, sequential.length),
  };
}
