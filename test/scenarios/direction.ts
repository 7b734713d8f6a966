import { judgeLevel } from '../../src/explore/ledger/verdict.ts';
import type { Trial } from '../../src/scenarios/claims/claim.ts';

interface Ends {
  low: number;
  high: number;
}

/** Whether an interval is beyond no gain at all: the direction that a trial's `expects` names. */
export function isGain(trial: Trial, { low, high }: Ends): boolean {
  if (trial.kind !== 'level') return low > 1;
  const verdict = judgeLevel({ low, high }, trial);
  return verdict === 'reproduced' || verdict === 'fell short';
}
