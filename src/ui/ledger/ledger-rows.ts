import type { FoundOutcome } from '../../share/ledger/kept-ledger.ts';
import { verdictOf, type RowVerdict } from '../../share/ledger/ledger-words.ts';
import { formatCount } from '../../base/units.ts';
import type { Claim, ClaimedSystem, CurveTrial } from '../../scenarios/claims/claim.ts';
import type { ClaimsList } from '../services.ts';

export interface LedgerFilter {
  query: string;
  verdict: RowVerdict | 'any';
  /** A system's letter. */
  system: string;
}
export const noFilter: LedgerFilter = { query: '', verdict: 'any', system: 'any' };

/** Of a claim’s trials that judge one curve at different sizes the first draws it for all. */
export const drawsCurve = (claim: Claim, trial: CurveTrial): boolean =>
  judgingCurve(claim, trial)[0] === trial;

/** Those that judge the curve of this one. */
const judgingCurve = ({ trials }: Claim, { document, before, after }: CurveTrial): CurveTrial[] =>
  trials.filter(
    (one): one is CurveTrial =>
      one.kind === 'curve' &&
      one.document === document &&
      one.before === before &&
      one.after === after,
  );

/** Sizes at which a curve is judged: "from 200", "at 100 and at 1,000", "from 50 to 200". */
export const judgedSizes = (claim: Claim, trial: CurveTrial): string =>
  judgingCurve(claim, trial)
    .map(({ fromN, toN }) => {
      if (toN === undefined) return `from ${formatCount(fromN)}`;
      if (toN === fromN) return `at ${formatCount(fromN)}`;
      return `from ${formatCount(fromN)} to ${formatCount(toN)}`;
    })
    .filter((words, at, all) => all.indexOf(words) === at)
    .join(' and ');

export interface LedgerGroup {
  system: ClaimedSystem;
  claims: Claim[];
}

/** The claims that pass, by system; systems without any are left out. */
export function foundClaims(
  { claims, systems }: ClaimsList,
  newest: ReadonlyMap<string, FoundOutcome>,
  { query, verdict, system }: LedgerFilter,
): LedgerGroup[] {
  const needles = query.toLowerCase().split(/\s+/).filter(Boolean);
  return systems.flatMap((one) => {
    if (system !== 'any' && one.letter !== system) return [];
    const found = claims.filter((claim) => {
      if (!claim.id.startsWith(one.letter)) return false;
      if (verdict !== 'any' && verdictOf(claim, newest.get(claim.id)) !== verdict) return false;
      const words = wordsOf(claim, one);
      return needles.every((needle) => words.includes(needle));
    });
    return found.length > 0 ? [{ system: one, claims: found }] : [];
  });
}

const wordsOf = (claim: Claim, { name, about }: ClaimedSystem): string =>
  [claim.id, claim.says, claim.figures, name, about, ...claim.trials.map((trial) => trial.name)]
    .join(' ')
    .toLowerCase();

const order: readonly RowVerdict[] = [
  ...(['reproduced', 'fell short', 'refuted', 'cannot add up'] as const),
  ...(['replayed', 'not testable', 'no verdict', 'not run'] as const),
];

/** How many claims have each verdict; those without a claim are left out. */
export function countVerdicts(
  claims: readonly Claim[],
  newest: ReadonlyMap<string, FoundOutcome>,
): { verdict: RowVerdict; count: number }[] {
  const counts = new Map<RowVerdict, number>();
  for (const claim of claims) {
    const verdict = verdictOf(claim, newest.get(claim.id));
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  }
  return order.flatMap((verdict) => {
    const count = counts.get(verdict) ?? 0;
    return count > 0 ? [{ verdict, count }] : [];
  });
}

/** Those that have something to run. */
export const runnable = (claims: readonly Claim[]): Claim[] =>
  claims.filter(({ trials }) => trials.length > 0);
