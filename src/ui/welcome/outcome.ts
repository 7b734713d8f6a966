import { lowerBound } from '../../measure/bound.ts';
import { formatMs, formatPercent } from '../../base/units.ts';
import type { Pipeline } from '../../pipeline/types.ts';
import type { Trace } from '../../trace/types.ts';

/** What a schedule comes to, and what holds it back: all that the tour tells of it. */
export interface Outcome {
  makespanMs: number;
  /** What binds, such as "permits:slow"; see `lowerBound`. */
  by: string;
  /** For a person, e.g. "Slow holds everything back: 1 permit, 600 ms of work." */
  sentence: string;
  /** No schedule can be shorter while that stays as it is. */
  boundMs: number;
}

export function outcomeOf(trace: Trace, pipeline: Pipeline): Outcome {
  const { by, sentence, valueMs } = lowerBound(trace, pipeline);
  return { makespanMs: trace.meta.makespan, by, sentence, boundMs: valueMs };
}

/** A share of the makespan below which nobody would speak of a change. */
const sameShare = 0.005;

/** "42 % shorter"; "as long as before". */
export function changeWords(before: Outcome, after: Outcome): string {
  if (before.makespanMs === 0) return `${formatMs(after.makespanMs)} now`;
  const share = (after.makespanMs - before.makespanMs) / before.makespanMs;
  if (Math.abs(share) < sameShare) return 'as long as before';
  return `${formatPercent(Math.abs(share))} ${share < 0 ? 'shorter' : 'longer'}`;
}

/** What follows from both bounds: true whatever was moved, because it speaks of nothing else. */
export function lessonOf(before: Outcome, after: Outcome): string {
  if (before.by !== after.by)
    return `Something else holds it back now: while that stays as it is, it takes at least ${formatMs(after.boundMs)}.`;
  return changeWords(before, after) === 'as long as before'
    ? 'Nothing is gained: what you moved is not what holds it back. Move what is named here.'
    : 'It is still the same that holds it back: go on there.';
}

/** What is this near may be trusted for the next question. */
const trustedShare = 0.1;

/** What a measured run says of its prediction. @param error (predicted − measured) ÷ measured. */
export function trustWords(error: number | null): string {
  if (error === null) return '';
  const off = `${formatPercent(Math.abs(error))} off`;
  if (Math.abs(error) <= trustedShare)
    return `${off}: near enough to try things out without running.`;
  return error < 0
    ? `${off}: perhaps this machine had other things to do as well. Run again and compare.`
    : `${off}: the run was faster than its model.`;
}
