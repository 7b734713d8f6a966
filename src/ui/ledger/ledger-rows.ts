import { judgeClaim } from '../../explore/ledger/verdict.ts';
import type { FoundOutcome } from '../../share/ledger/kept-ledger.ts';
import type {
  Claim,
  ClaimedSystem,
  ClaimVerdict,
  CurveTrial,
} from '../../scenarios/claims/claim.ts';
import type { ClaimsList } from '../services.ts';

/** What a row says of its claim: a verdict, or why there is none. */
export type RowVerdict = ClaimVerdict | 'not run' | 'no verdict';

export interface LedgerFilter {
  query: string;
  verdict: RowVerdict | 'any';
  /** A system's letter. */
  system: string;
}
export const noFilter: LedgerFilter = { query: '', verdict: 'any', system: 'any' };

/** Nothing has to be run for what sums alone decide. */
export function verdictOf(claim: Claim, found: FoundOutcome | undefined): RowVerdict {
  if (claim.trials.length === 0) return judgeClaim(claim, []) ?? 'no verdict';
  return found ? (found.outcome.verdict ?? 'no verdict') : 'not run';
}

/** Of a claim’s trials that judge one curve at different sizes the first draws it for all. */
export function drawsCurve({ trials }: Claim, trial: CurveTrial): boolean {
  const { document, before, after } = trial;
  const first = trials.find(
    (one) =>
      one.kind === 'curve' &&
      one.document === document &&
      one.before === before &&
      one.after === after,
  );
  return first === trial;
}

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
