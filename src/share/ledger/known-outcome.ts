import { isPlayed, judgeClaim, judgeTrial } from '../../explore/ledger/verdict.ts';
import { untold } from '../../explore/ledger/words.ts';
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
 * An outcome in our own words, and judged by our own rules: of what comes from outside only figures are taken, so a
 * link or a file can put neither words nor verdicts into the ledger. A trial that is not in it has no verdict; null: the
 * claim is not known here, or none of the trials.
 */
export function knownOutcome(
  outcome: Omit<ClaimOutcome, 'trials'> & { trials: readonly ForeignTrial[] },
  claims: readonly Claim[],
): ClaimOutcome | null {
  const claim = claims.find(({ id }) => id === outcome.id);
  if (!claim) return null;
  const found = claim.trials.map((trial) => outcome.trials.find(({ isOf }) => isOf(trial)));
  if (claim.trials.length > 0 && found.every((one) => one === undefined)) return null;
  const trials = claim.trials.map((trial, at) => knownTrial(trial, found[at]));
  return { id: claim.id, verdict: judgeClaim(claim, trials), trials, tookMs: outcome.tookMs };
}

function knownTrial(trial: Trial, found: ForeignTrial | undefined): TrialOutcome {
  const [{ name }, unit] = [trial, unitOf(trial)];
  // What was played is no measurement, nor the other way round.
  const isOther = found?.measured && (found.verdict === 'replayed') !== isPlayed(trial);
  if (!found || isOther) return untold(name, unit, testedOtherwise);
  const { measured, predicted, note = '', curve } = found;
  return {
    ...{ name, verdict: judgeTrial(trial, measured), measured, unit, predicted, note },
    ...(curve && { curve: { ...curve, unit: costUnit(trial) } }),
  };
}

const testedOtherwise = 'This version tests it otherwise: run it again.';

/** "×" for ratios. */
export const unitOf = (trial: Trial): string => (trial.kind === 'level' ? trial.unit : '×');

const costUnit = (trial: Trial): string =>
  trial.kind === 'curve' && trial.cost === 'count' ? (trial.unit ?? '') : 'ms';
