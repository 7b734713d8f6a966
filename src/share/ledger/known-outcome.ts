import type { ClaimOutcome, CurveOutcome, TrialOutcome } from '../../explore/ledger/outcome.ts';
import type { Claim, Trial } from '../../scenarios/claims/claim.ts';

/** A trial's outcome as it came from outside: which trial it is of, and figures; no words. */
export interface ForeignTrial extends Omit<TrialOutcome, 'name' | 'unit' | 'note' | 'curve'> {
  /** Only of what this browser has kept itself. */
  note?: string;
  isOf(trial: Trial): boolean;
  curve?: Omit<CurveOutcome, 'unit'>;
}

/**
 * An outcome in our own words: names and units are those of the claim that is known here, so a link or a file can put
 * none into the ledger. Trials that are not known are left out; null: the claim is not, or none of its trials.
 */
export function knownOutcome(
  outcome: Omit<ClaimOutcome, 'trials'> & { trials: readonly ForeignTrial[] },
  claims: readonly Claim[],
): ClaimOutcome | null {
  const claim = claims.find(({ id }) => id === outcome.id);
  if (!claim) return null;
  const trials = claim.trials.flatMap((trial): TrialOutcome[] => {
    const found = outcome.trials.find(({ isOf }) => isOf(trial));
    if (!found) return [];
    const { verdict, measured, predicted, note = '', curve } = found;
    return [
      {
        ...{ name: trial.name, verdict, measured, unit: unitOf(trial), predicted, note },
        ...(curve && { curve: { ...curve, unit: costUnit(trial) } }),
      },
    ];
  });
  if (trials.length === 0 && claim.trials.length > 0) return null;
  return { id: claim.id, verdict: outcome.verdict, trials, tookMs: outcome.tookMs };
}

/** "×" for ratios. */
export const unitOf = (trial: Trial): string => (trial.kind === 'level' ? trial.unit : '×');

const costUnit = (trial: Trial): string =>
  trial.kind === 'curve' && trial.cost === 'count' ? (trial.unit ?? '') : 'ms';
