import type { TrialOutcome } from './trials.ts';

/** What can be made small: ms, ms and bytes. */
export type TunerMeasure = 'makespanMs' | 'latencyP95Ms' | 'memoryPeakBytes';

export interface TunerGoal {
  least: TunerMeasure;
  /** Limits that a setting has to keep, in the measure's own unit; `lost: 0`: no item is lost. */
  atMost: Partial<Record<TunerMeasure | 'lost', number>>;
}

export type TunerLimit = keyof TunerGoal['atMost'];

/** The limits that the goal sets, in a fixed order. */
export function limitsOf({ atMost }: TunerGoal): [limit: TunerLimit, most: number][] {
  const order: TunerLimit[] = ['memoryPeakBytes', 'latencyP95Ms', 'makespanMs', 'lost'];
  return order.flatMap((limit): [TunerLimit, number][] => {
    const most = atMost[limit];
    return most === undefined ? [] : [[limit, most]];
  });
}

/**
 * By how much the limits are broken, each as a share of itself, summed up; 0: all are kept. Infinite
 * where it could not be simulated, or where nothing at all was delivered but something lost.
 */
export function violation(outcome: TrialOutcome, goal: TunerGoal): number {
  if (outcome.problem !== null || (outcome.delivered === 0 && outcome.lost > 0)) return Infinity;
  let sum = 0;
  for (const [limit, most] of limitsOf(goal)) {
    const excess = outcome[limit] - most;
    // A limit of nothing has no share: one lost item is as bad as twice the memory allowed.
    if (excess > 0) sum += excess / Math.max(most, 1);
  }
  return sum;
}

/**
 * Which of two is better, below 0: the first. Rules of K. Deb, "An efficient constraint handling method
 * for genetic algorithms", 2000: what keeps all limits is better than what does not; of two that do
 * not, the one that breaks them by less; of two that do, the one with less of what is to be least.
 */
export function compareOutcomes(a: TrialOutcome, b: TrialOutcome, goal: TunerGoal): number {
  const [overA, overB] = [violation(a, goal), violation(b, goal)];
  if (overA !== overB) return overA < overB ? -1 : 1;
  return overA === Infinity ? 0 : a[goal.least] - b[goal.least];
}
