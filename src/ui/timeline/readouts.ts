import { formatBytes, formatCount } from '../../base/units.ts';
import type { LevelTrack } from '../../charts/layout/levels.ts';
import { valueAt } from '../../measure/step-series.ts';
import type { StageState } from '../graph/stage-state.ts';

/**
 * "8 of 10 waiting · 4 running · 1 blocked".
 *
 * @param capacity null: endless.
 * @param isNarrow there is little room: "8 of 10 · 1 blocked".
 */
export function stageReadout(
  { queued, running, blocked, dropped }: StageState,
  capacity: number | null,
  isNarrow = false,
): string {
  const of = capacity === null ? '' : ` of ${formatCount(capacity)}`;
  const parts = [`${formatCount(queued)}${of}${isNarrow ? '' : ' waiting'}`];
  if (running > 0 && !isNarrow) parts.push(`${formatCount(running)} running`);
  if (blocked > 0) parts.push(`${formatCount(blocked)} blocked`);
  if (dropped > 0 && !isNarrow) parts.push(`${formatCount(dropped)} dropped so far`);
  return parts.join(' · ');
}

/** Of the instant that `state` is of too; "" after the end. */
export function levelReadout(
  track: LevelTrack,
  state: StageState | undefined,
  ms: number,
  isNarrow = false,
): string {
  if (ms > track.endMs) return '';
  if (track.unit === 'items') return state ? stageReadout(state, track.capacity, isNarrow) : '';
  const of = track.budget === null ? '' : ` of ${formatBytes(track.budget)}`;
  return `${formatBytes(valueAt(track.index.series, ms))}${of}`;
}
