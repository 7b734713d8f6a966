import { judgeLevel } from '../../src/explore/ledger/verdict.ts';
import type { Interval } from '../../src/explore/ledger/outcome.ts';
import type { Trial } from '../../src/scenarios/claims/claim.ts';

/** Whether an interval is beyond no gain at all: the direction that a trial's `expects` names. */
export function isGain(trial: Trial, measured: Omit<Interval, 'samples'>): boolean {
  if (trial.kind !== 'level') return measured.low > 1;
  const verdict = judgeLevel(measured, trial);
  return verdict === 'reproduced' || verdict === 'fell short';
}
