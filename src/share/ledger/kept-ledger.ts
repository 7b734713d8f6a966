/** Outcomes of claims, each with where and when it was measured: what is kept, exported, shared and merged. */
import { same } from '../../base/same-json.ts';
import type { ClaimOutcome, LedgerResult } from '../../explore/ledger/outcome.ts';
import type { MeasuredEnvironment } from '../../measure/environments.ts';

/** One claim's newest outcome, and of which result it is. */
export interface FoundOutcome {
  outcome: ClaimOutcome;
  measuredAt: string;
  environment: MeasuredEnvironment | null;
}

/** Of each claim the newest outcome; of two of the same instant the later in the list. */
export function newestOutcomes(results: readonly LedgerResult[]): Map<string, FoundOutcome> {
  const newest = new Map<string, FoundOutcome>();
  for (const { measuredAt, environment, outcomes } of results)
    for (const outcome of outcomes) {
      const known = newest.get(outcome.id);
      if (known && instant(known.measuredAt) > instant(measuredAt)) continue;
      newest.set(outcome.id, { outcome, measuredAt, environment });
    }
  return newest;
}

/** The same results without outcomes that a newer one has taken the place of: at most one a claim. Oldest first. */
export function onlyNewest(results: readonly LedgerResult[]): LedgerResult[] {
  const merged: LedgerResult[] = [];
  for (const { outcome, measuredAt, environment } of newestOutcomes(results).values()) {
    const of = merged.find(
      (one) => one.measuredAt === measuredAt && same(one.environment, environment),
    );
    if (of) of.outcomes.push(outcome);
    else merged.push({ measuredAt, environment, outcomes: [outcome] });
  }
  return merged.sort((a, b) => instant(a.measuredAt) - instant(b.measuredAt));
}

/** Whether nothing was measured of it, and nothing can be said: what was only played needs no browser. */
const isUntold = ({ verdict, trials }: ClaimOutcome): boolean =>
  verdict === null &&
  trials.every(({ measured, verdict }) => measured === null || verdict === 'replayed');

/**
 * A ledger with what has just come out. An outcome that says nothing (a hidden tab, a document that could not be
 * loaded) does not take the place of one that does.
 */
export function withOutcomes(
  results: readonly LedgerResult[],
  latest: LedgerResult,
): {
  results: LedgerResult[];
  /** Ids of claims whose earlier outcome stays. */
  stays: string[];
} {
  const known = newestOutcomes(results);
  const stays = latest.outcomes.filter((outcome) => {
    const before = known.get(outcome.id)?.outcome;
    return before !== undefined && !isUntold(before) && isUntold(outcome);
  });
  const outcomes = latest.outcomes.filter((outcome) => !stays.includes(outcome));
  return {
    results: onlyNewest([...results, { ...latest, outcomes }]),
    stays: stays.map(({ id }) => id),
  };
}

/** Where most of it was measured; null: nowhere live. */
export function mainEnvironment(results: readonly LedgerResult[]): MeasuredEnvironment | null {
  const live = results.filter(({ environment }) => environment !== null);
  const [main] = [...live].sort((a, b) => b.outcomes.length - a.outcomes.length);
  return main?.environment ?? null;
}

/** ms since 1970; 0: the text is no time. */
const instant = (measuredAt: string): number => Date.parse(measuredAt) || 0;
