import { formatCount, formatMs } from '../../base/units.ts';
import type { MeasuredEnvironment } from '../../measure/environments.ts';
import { medianMs } from '../../measure/median.ts';
import type { PipelineDocument } from '../../pipeline/types.ts';
import { timeOf } from '../versions/time-words.ts';

/** "3 hours ago"; a time to come, or one that no calendar has, as whoever wrote it says it. */
export function whenWords(measuredAt: string, nowMs = Date.now()): string {
  const ms = Date.parse(measuredAt);
  if (Number.isNaN(ms)) return measuredAt;
  const { ago, exact } = timeOf(ms, nowMs);
  return ms > nowMs ? exact : ago;
}

/** "Chromium 156.0, 8 cores". */
export const whereWords = (environment: MeasuredEnvironment | null): string =>
  environment === null
    ? 'where is not known'
    : `${environment.browser}, ${formatCount(environment.cores)} ${environment.cores === 1 ? 'core' : 'cores'}`;

/** "median 120 ms of 24 runs". */
export const medianWords = (makespans: readonly number[]): string =>
  makespans.length === 1
    ? `${formatMs(makespans[0]!)} in one run`
    : `median ${formatMs(medianMs(makespans)!)} of ${formatCount(makespans.length)} runs`;

/** The pieces of code that a document holds, "2 stages, the source"; null: it has none. */
export function codeWords({ stages, source, modules = {} }: PipelineDocument): string | null {
  const coded = stages.filter(({ work }) => work.kind === 'code').length;
  const imported = Object.keys(modules).length;
  const parts = [
    coded > 0 ? counted(coded, 'stage') : '',
    source?.kind === 'code' ? 'the source' : '',
    imported > 0 ? counted(imported, 'module') : '',
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(', ') : null;
}

const counted = (count: number, what: string): string =>
  `${formatCount(count)} ${what}${count === 1 ? '' : 's'}`;
