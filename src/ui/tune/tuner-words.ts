import { formatCount, formatPercent, formatRatio } from '../../base/units.ts';
import { figureOf } from '../../explore/trade-off.ts';
import { limitsReached, type ChangeShare } from '../../explore/tuner-account.ts';
import {
  limitsOf,
  violation,
  type TunerGoal,
  type TunerLimit,
  type TunerMeasure,
} from '../../explore/tuner-goal.ts';
import type { BoundTerm } from '../../measure/bound.ts';
import { ceilings } from '../../pipeline/ceilings.ts';
import type { TuneResult } from '../../explore/tuner.ts';
import type { TrialOutcome } from '../../explore/trials.ts';
import { measures } from '../sweep/measures.ts';

/** "makespan", in the middle of a sentence. */
export const inSentence = (measure: TunerLimit): string =>
  measure === 'latencyP95Ms' ? 'p95 latency' : measures[measure].title.toLowerCase();

export const figure = (outcome: TrialOutcome, measure: TunerLimit): string => {
  const value = figureOf(outcome, measure);
  return outcome.problem !== null || !Number.isFinite(value)
    ? '–'
    : measures[measure].format(value);
};

/** What is nearer than this is the same: no measurement would tell it apart. */
const sameShare = 0.005;
const muchShare = 0.05;

/** The result in a sentence or two, for eyes and for the live region. */
export function tunedSentence(goal: TunerGoal, result: TuneResult): string {
  const { start, best, isFeasible } = result;
  if (!isFeasible) return infeasibleSentence(goal, result);
  const name = inSentence(goal.least);
  const [before, after] = [start, best].map(({ outcome }) => figureOf(outcome, goal.least));
  const changes = Object.keys(best.set).length;
  if (changes === 0)
    return `The document is tuned already: no setting found has less ${name} within the limits, or as little for less.`;
  const range = `${figure(start.outcome, goal.least)} → ${figure(best.outcome, goal.least)}`;
  if (violation(start.outcome, goal) > 0)
    return `Predicted ${name}: ${range}; as it is, the document ${brokenLimits(goal, result)}.`;
  if (!(after! < before! * (1 - sameShare)))
    return `Predicted ${name}: ${range}, as good as it is, for less.`;
  if (!(after! > 0)) return `Predicted ${name}: ${range}.`;
  const ratio = formatRatio(before! / after!);
  return `Predicted ${name}: ${range}, ${ratio} ${goal.least === 'makespanMs' ? 'as fast' : 'less'}.`;
}

/** "breaks a limit: memory peak 4.9 KiB → 1 KiB, at most 4 KiB": which limits the document breaks, and what becomes of them. */
function brokenLimits(
  goal: TunerGoal,
  { start, best }: Pick<TuneResult, 'start' | 'best'>,
): string {
  if (start.outcome.problem !== null) return 'cannot be simulated';
  const over = overLimits(start.outcome, goal);
  if (over.length === 0) return 'delivers nothing';
  const each = over.map(
    ([limit, most]) =>
      `${inSentence(limit)} ${figure(start.outcome, limit)} → ${figure(best.outcome, limit)}, at most ${measures[limit].format(most)}`,
  );
  return `breaks ${over.length === 1 ? 'a limit' : 'limits'}: ${each.join('; ')}`;
}

const overLimits = (outcome: TrialOutcome, goal: TunerGoal): [limit: TunerLimit, most: number][] =>
  limitsOf(goal).filter(([limit, most]) => outcome[limit] > most);

/** Why the tuned setting is better: the limits that it keeps, and what held the whole back before and after. "": unknown. */
export function whyWords(
  goal: TunerGoal,
  result: Pick<TuneResult, 'start' | 'best'>,
  bounds: readonly [BoundTerm | undefined, BoundTerm | undefined] | null,
): string {
  const { start, best } = result;
  const [before, after] = bounds ?? [];
  const isOver = violation(start.outcome, goal) > 0;
  const kept = isOver ? `As it is, the document ${brokenLimits(goal, result)}.` : '';
  const isQuicker = best.outcome.makespanMs < start.outcome.makespanMs * (1 - sameShare);
  if (!before || !after || (isOver && !isQuicker)) return kept;
  const tuned = before.by === after.by ? 'Tuned, that still binds' : 'Tuned';
  return `${kept} As it was: ${before.sentence} ${tuned}: ${after.sentence}`.trim();
}

/** For the live region, at the end of a search: "Found: predicted makespan: 1.2 s → 800 ms, 1.5× as fast." */
export const foundSentence = (goal: TunerGoal, result: TuneResult): string =>
  tunedSentence(goal, result).replace(/^Predicted/, 'Found: predicted');

/** No setting keeps all limits: which of them, and how near any came. */
function infeasibleSentence(goal: TunerGoal, { tried }: TuneResult): string {
  const reached = limitsReached(goal, tried);
  const count = `of the ${formatCount(tried.length)} settings tried`;
  const missed = reached.filter(({ isMet }) => !isMet);
  if (missed.length === 0) {
    const all = reached.map(({ limit, most }) => limitText(limit, most)).join(' and ');
    return `Some setting keeps each of the limits, but none ${count} keeps them all: ${all}. Shown is the one that comes nearest.`;
  }
  const each = missed.map(({ limit, most, nearest }) =>
    Number.isNaN(nearest)
      ? limitText(limit, most)
      : `${limitText(limit, most)}: the nearest has ${measures[limit].format(nearest)}`,
  );
  return `None ${count} keeps ${each.join(', nor ')}. Shown is the one that comes nearest to all limits.`;
}

/** "memory peak ≤ 1 MiB". */
export const limitText = (limit: TunerLimit, most: number): string =>
  limit === 'lost' && most === 0
    ? 'no items lost'
    : `${inSentence(limit)} ≤ ${measures[limit].format(most)}`;

/** What to use in place of this limit, which cannot be kept or is none; null: it can. */
export function limitAdvice(measure: TunerMeasure, most: number): string | null {
  const ceiling = measure === 'memoryPeakBytes' ? ceilings.bytes : ceilings.timeMs;
  if (!(most > 0)) return 'use more than 0, or “any”';
  return most > ceiling ? `use ${measures[measure].format(ceiling)} at most, or “any”` : null;
}

export interface ShareWords {
  /** What the rest is worth without this change. */
  without: string;
  /** What it is worth alone. */
  alone: string;
  /** It does something: without it the goal or a limit is missed, or it alone brings the document nearer to a limit. */
  matters: boolean;
  /** A limit is broken without it. */
  isNeeded: boolean;
  /** What is lost without it is worth a sentence. */
  isMuch: boolean;
}

/** What a change brings, in the goal's own figure; a limit that would be broken is named in its place. */
export function shareWords(
  { without, alone }: ChangeShare,
  goal: TunerGoal,
  { start, best }: Pick<TuneResult, 'start' | 'best'>,
): ShareWords {
  const apart = (outcome: TrialOutcome, from: TrialOutcome): number => {
    const [value, base] = [outcome, from].map((one) => figureOf(one, goal.least));
    return value === base ? 0 : value! / base! - 1;
  };
  const broken = violation(without, goal) > violation(best.outcome, goal);
  const nearer = violation(alone, goal) < violation(start.outcome, goal);
  const share = apart(without, best.outcome);
  const withoutText =
    without.problem !== null
      ? 'cannot run'
      : broken
        ? brokenText(without, goal)
        : `${figure(without, goal.least)}${signedShare(share)}${nearer && !(share > sameShare) ? '; the others keep the limit without it' : ''}`;
  const aloneShare = apart(alone, start.outcome);
  const aloneText =
    alone.problem !== null
      ? 'cannot run'
      : Math.abs(aloneShare) < sameShare && !nearer
        ? 'nothing'
        : `${figure(alone, goal.least)}${signedShare(aloneShare)}${nearer ? nearerText(alone, start.outcome, goal) : ''}`;
  return {
    ...{ without: withoutText, alone: aloneText },
    ...{ matters: broken || nearer || share > sameShare, isNeeded: broken },
    isMuch: broken || share > muchShare,
  };
}

/** "; memory peak 1 KiB, within the limit": what a change alone makes of the limits that the document breaks. */
function nearerText(alone: TrialOutcome, start: TrialOutcome, goal: TunerGoal): string {
  const each = overLimits(start, goal).map(([limit, most]) => {
    const how = alone[limit] <= most ? 'within' : 'still over';
    return `; ${inSentence(limit)} ${figure(alone, limit)}, ${how} the limit`;
  });
  return each.join('');
}

function brokenText(outcome: TrialOutcome, goal: TunerGoal): string {
  const over = limitsReached(goal, [{ place: [], set: {}, outcome }]).find(({ isMet }) => !isMet);
  if (!over || Number.isNaN(over.nearest)) return 'breaks a limit';
  return `${inSentence(over.limit)} ${measures[over.limit].format(over.nearest)}: over the limit`;
}

const signedShare = (share: number): string =>
  Math.abs(share) < sameShare || !Number.isFinite(share)
    ? ', the same'
    : ` (${share > 0 ? '+' : ''}${formatPercent(share)})`;

/** Which changes a limit needs, and which bring nothing alone and much together; "": there are none. */
export function togetherSentence(
  shares: readonly ChangeShare[],
  goal: TunerGoal,
  result: Pick<TuneResult, 'start' | 'best'>,
  titleOf: (pointer: string) => string,
): string {
  if (shares.length < 2) return '';
  const told = shares.map((share) => ({
    ...shareWords(share, goal, result),
    name: `“${titleOf(share.pointer)}”`,
    outcome: share.without,
  }));
  const { start, best } = result;
  if (
    !told.some(({ matters }) => matters) &&
    violation(start.outcome, goal) > violation(best.outcome, goal)
  )
    return 'Each of these changes could be left out as long as the others are made: it is together that they keep the limits.';
  const needed = told.flatMap(({ isNeeded, name, outcome }) => {
    const [over] = isNeeded && outcome.problem === null ? overLimits(outcome, goal) : [];
    if (!over) return [];
    const [limit, most] = over;
    return `Without ${name} the ${inSentence(limit)} would be ${figure(outcome, limit)}: the limit of ${measures[limit].format(most)} needs it.`;
  });
  const names = told
    .filter(({ alone, isMuch, isNeeded }) => alone === 'nothing' && isMuch && !isNeeded)
    .map(({ name }) => name);
  const together =
    names.length === 0
      ? []
      : `${names.join(' and ')} ${names.length === 1 ? 'brings' : 'bring'} nothing alone: ${names.length === 1 ? 'it helps' : 'they help'} only together with the others.`;
  return [...needed, ...[together].flat()].join(' ');
}
