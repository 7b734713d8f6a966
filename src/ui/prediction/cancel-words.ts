import { formatPercent } from '../../base/units.ts';
import type { Scorecard } from '../../measure/scorecard.ts';

/** Below this the stages are right, and so may the whole be. */
const muchShare = 0.2;
/** So many times the error of the whole, and that says little of the parts. */
const muchTimes = 4;

/**
 * One sentence where the whole is predicted much better than its stages are, so that nobody trusts it for that;
 * "": it is not. Of the stages: the sum of |predicted − measured| busy time ÷ the sum that was measured.
 */
export function cancelWords({ makespan, stages }: Scorecard): string {
  let [measured, apart, sum] = [0, 0, 0];
  for (const { busy } of stages) {
    measured += busy.measured;
    apart += Math.abs(busy.predicted - busy.measured);
    sum += busy.predicted - busy.measured;
  }
  if (makespan.error === null || !(measured > 0)) return '';
  const share = apart / measured;
  if (share < muchShare || share < muchTimes * Math.abs(makespan.error)) return '';
  const off = `the stages’ busy times are off by ${formatPercent(share)} in all`;
  return Math.abs(sum) < apart / 2
    ? `The whole is this near only because errors cancel: ${off}, some too long and some too short.`
    : `The whole is this near although ${off}: most of that is not what it waits for.`;
}
