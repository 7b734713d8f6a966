import { formatCount, formatMs } from '../../base/units.ts';
import { measuredSpeedup } from '../../measure/reproduction.ts';
import { formatSpeedup } from '../../measure/speedup.ts';
import type { LinkedView } from '../../share/link/link-content.ts';
import { medianWords, whenWords, whereWords } from '../opening/claim-words.ts';
import { isTab, tabNames } from '../tabs/tab-names.ts';
import type { MeasuredClaim } from './claim-of.ts';

/** What a link would claim, in sentences. */
export function claimWords(claim: MeasuredClaim): string {
  const { makespans, environment, measuredAt, results } = claim;
  const speedup = measuredSpeedup({ ...claim, schedule: null });
  const parts = [
    `${medianWords(makespans)}${speedup ? `, ${formatSpeedup(speedup)} the speed of one item after another on one worker` : ''}`,
    `${whereWords(environment)}${environment?.hidden ? ', in a hidden tab' : ''}`,
    whenWords(measuredAt),
  ];
  const digests =
    results === null
      ? 'Its results vary or are not known, so only the predicted schedule can be checked.'
      : 'Readers can check its results and the predicted schedule against their own.';
  return `${capital(parts.join('; '))}. ${digests}`;
}

/** What the page shows that a link would show again; null: nothing but what is shown anyway. */
export function viewWords({ tab, selected = [], zoom }: LinkedView): string | null {
  const parts = [
    ...(tab !== undefined && isTab(tab) ? [`the ${tabNames[tab]} tab`] : []),
    ...(selected.length > 0 ? [`${counted(selected.length, 'selected stage')}`] : []),
    ...(zoom ? [`the schedule from ${formatMs(zoom[0])} to ${formatMs(zoom[1])}`] : []),
  ];
  return parts.length === 0 ? null : `${capital(parts.join(', '))}.`;
}

const counted = (count: number, what: string): string =>
  `${formatCount(count)} ${what}${count === 1 ? '' : 's'}`;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
