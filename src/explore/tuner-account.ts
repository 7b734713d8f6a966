import type { TrialOutcome } from './trials.ts';
import type { TunerField } from './tuner-fields.ts';
import { limitsOf, violation, type TunerGoal, type TunerLimit } from './tuner-goal.ts';
import type { Tried } from './tuner-space.ts';
import type { Evaluate } from './tuner.ts';

/** What one of several changes brings. */
export interface ChangeShare {
  pointer: string;
  from: unknown;
  to: unknown;
  /** All the other changes, but this field as the document has it. */
  without: TrialOutcome;
  /** This change and no other. */
  alone: TrialOutcome;
}

/**
 * What each change of a tuned setting brings: what the rest is worth without it (ablation, leaving one out), and
 * what it is worth alone. The two differ where changes need each other. null: it was stopped.
 */
export async function changeShares(
  fields: readonly TunerField[],
  { set }: Tried,
  evaluate: Evaluate,
): Promise<ChangeShare[] | null> {
  const changed = fields.filter(({ pointer }) => Object.hasOwn(set, pointer));
  const sets = changed.flatMap(({ pointer }) => {
    const { [pointer]: to, ...rest } = set;
    return [rest, { [pointer]: to }];
  });
  const outcomes = sets.length === 0 ? [] : await evaluate(sets);
  if (outcomes === null) return null;
  return changed.map(({ pointer, values, now }, index) => ({
    ...{ pointer, from: values[now], to: set[pointer] },
    ...{ without: outcomes[2 * index]!, alone: outcomes[2 * index + 1]! },
  }));
}

/** A limit of the goal, and how near any setting came to it. */
export interface LimitReached {
  limit: TunerLimit;
  most: number;
  /** The least of it that any setting had, whatever the others were; NaN: none could be simulated. */
  nearest: number;
  isMet: boolean;
}

/** For a goal that no setting reaches: which of its limits some setting keeps, and which none does. */
export function limitsReached(goal: TunerGoal, tried: readonly Tried[]): LimitReached[] {
  const ran = tried.filter(({ outcome }) => violation(outcome, goal) < Infinity);
  return limitsOf(goal).map(([limit, most]) => {
    const nearest = ran.reduce((least, { outcome }) => Math.min(least, outcome[limit]), Infinity);
    return { limit, most, nearest: ran.length === 0 ? NaN : nearest, isMet: nearest <= most };
  });
}
