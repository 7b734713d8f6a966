import { formatAboutMs } from '../../base/units.ts';
import type { TimeLeftEstimate } from '../../measure/time-left.ts';

/** "about 3 s left, and what Cluster takes". An estimate by the pace so far is a bound neither way. */
export function leftWords({ leftMs, without }: TimeLeftEstimate): string {
  const about = `about ${formatAboutMs(leftMs)} left`;
  if (without.length === 0) return about;
  const last = without.at(-1)!;
  const names = without.length === 1 ? last : `${without.slice(0, -1).join(', ')} and ${last}`;
  return `${about}, and what ${names} ${without.length === 1 ? 'takes' : 'take'}`;
}
