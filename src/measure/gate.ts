import { formatPercent } from '../base/units.ts';
import { environmentDifferences, type MeasuredEnvironment } from './environments.ts';
import { unpairedRatio } from './ratio-interval.ts';
import { supportedDigits, type Speedup } from './speedup.ts';
import type { TargetVerdict } from './targets.ts';

/** What was measured of one document, on one day, in one browser. */
export interface MeasuredRuns {
  /** ms, one a run, each above 0. */
  makespansMs: readonly number[];
  /** Order-free digest of the delivered outputs; null: not known, or it varies. */
  resultsDigest: string | null;
  /** null: not known. */
  environment: MeasuredEnvironment | null;
}

export type GateOutcome =
  | 'regression'
  | 'improvement'
  | 'no difference seen'
  /** Slower for certain, but by no more than is allowed for certain either. */
  | 'within tolerance'
  /** Other work, or another browser or machine: no times can be set against each other. */
  | 'not comparable';

/** How a run compares with a baseline. */
export interface GateVerdict {
  verdict: GateOutcome;
  /** Time now ÷ time of the baseline: above 1 is slower. NaN where not comparable. */
  ratio: number;
  low: number;
  high: number;
  /** Digits after the point that the interval supports. */
  digits: number;
  /** How the two were measured: in turns on one machine, or now against times of another day. */
  method: 'interleaved' | 'recorded';
  /** For a person, with the interval. */
  sentence: string;
  /** Why not comparable, or what to keep in mind. One sentence each. */
  remarks: string[];
  targets: readonly TargetVerdict[];
  /** What a build may go on with: no regression, comparable, and no target missed or unmeasured. */
  passes: boolean;
}

export interface GateOptions {
  /** A slower run up to this share is no regression; 0.02 is 2 %. */
  tolerance?: number;
  /** What the targets say of the same runs. */
  targets?: readonly TargetVerdict[];
}

/** Slower by less than this is no reason to stop a build: it is what intervals are narrowed to. */
export const usualTolerance = 0.02;

/**
 * Measured now against times recorded another day. The interval is that of two samples that were not paired
 * (`unpairedRatio`); how the machine itself differs from that day is not in it, so the sharper way is to
 * run the baseline's own document in turns with this one: `judgeInterleaved`.
 */
export function judgeRecorded(
  baseline: MeasuredRuns,
  now: MeasuredRuns,
  options: GateOptions = {},
): GateVerdict {
  const differences =
    baseline.environment && now.environment
      ? environmentDifferences(baseline.environment, now.environment)
      : [];
  if (isOtherWork(baseline, now)) return incomparable('recorded', [otherWork], options);
  if (differences.length > 0) {
    const why = `Recorded times cannot be compared: ${differences.join(', ')}.`;
    return incomparable('recorded', [why], options);
  }
  const interval = unpairedRatio(baseline.makespansMs, now.makespansMs);
  if (!Number.isFinite(interval.high)) {
    const why = `Too few runs to compare: ${baseline.makespansMs.length} then, ${now.makespansMs.length} now; measure at least 6 each.`;
    return incomparable('recorded', [why], options);
  }
  const remarks = [
    'Times of another day are not paired: what changed on this machine since then is in the ratio, too. Running the baseline in turns with this document is sharper.',
  ];
  if (baseline.environment === null || now.environment === null) {
    remarks.push('In what browser, on how many cores the times were measured is not known.');
  }
  return judged('recorded', interval, remarks, options);
}

/**
 * The baseline's own document measured in turns with this one, on this machine: what drifts, drifts for both.
 *
 * @param speedup of this document over the baseline (baseline's time ÷ this one's), as an experiment gives it;
 *   null: it came to none
 * @param differentWork why there is no speedup: one sentence; null: both did the same work
 */
export function judgeInterleaved(
  { speedup, differentWork }: { speedup: Speedup | null; differentWork: string | null },
  options: GateOptions = {},
): GateVerdict {
  if (differentWork !== null) return incomparable('interleaved', [differentWork], options);
  if (speedup === null || !(speedup.low > 0) || !Number.isFinite(speedup.high)) {
    const why = 'Too few runs to compare: let both run at least 12 times.';
    return incomparable('interleaved', [why], options);
  }
  const { ratio, low, high } = speedup;
  return judged('interleaved', { ratio: 1 / ratio, low: 1 / high, high: 1 / low }, [], options);
}

const otherWork =
  'The results differ from the baseline’s: other work was done, so the times cannot be compared.';

function isOtherWork(a: MeasuredRuns, b: MeasuredRuns): boolean {
  return (
    a.resultsDigest !== null && b.resultsDigest !== null && a.resultsDigest !== b.resultsDigest
  );
}

function judged(
  method: GateVerdict['method'],
  { ratio, low, high }: Pick<GateVerdict, 'ratio' | 'low' | 'high'>,
  remarks: string[],
  { tolerance = usualTolerance, targets = [] }: GateOptions,
): GateVerdict {
  const digits = supportedDigits(low, high);
  const times = (value: number): string => value.toFixed(digits);
  const span = `${times(ratio)}× its time (${times(low)}–${times(high)})`;
  const allowed = formatPercent(tolerance);
  let verdict: GateOutcome;
  let sentence: string;
  if (low > 1 + tolerance) {
    verdict = 'regression';
    sentence = `Slower than the baseline: ${span}.`;
  } else if (high < 1) {
    verdict = 'improvement';
    sentence = `Faster than the baseline: ${span}.`;
  } else if (low > 1) {
    verdict = 'within tolerance';
    sentence =
      high <= 1 + tolerance
        ? `Slower than the baseline, but within the ${allowed} allowed: ${span}.`
        : `Slower than the baseline; whether by more than the ${allowed} allowed cannot be told: ${span}.`;
  } else {
    verdict = 'no difference seen';
    sentence = `No difference from the baseline seen: ${span}.`;
  }
  const passes = verdict !== 'regression' && targetsPass(targets);
  return { verdict, ratio, low, high, digits, method, sentence, remarks, targets, passes };
}

function incomparable(
  method: GateVerdict['method'],
  remarks: string[],
  { targets = [] }: GateOptions,
): GateVerdict {
  return {
    verdict: 'not comparable',
    ratio: NaN,
    low: NaN,
    high: NaN,
    digits: 0,
    method,
    sentence: 'This cannot be compared with the baseline.',
    remarks,
    targets,
    passes: false,
  };
}

/** None is missed, and none unmeasured. */
export function targetsPass(targets: readonly TargetVerdict[]): boolean {
  return targets.every(({ outcome }) => outcome === 'met' || outcome === 'stretch met');
}
