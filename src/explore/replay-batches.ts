import type { Phase } from '../pipeline/types.ts';
import { perNumber } from './per-number.ts';
import type { StageTimes } from './replay-times.ts';

/**
 * Phases of a stage of code that takes batches. Where its batches had different sizes, what a call costs is
 * told from what an item costs by least squares (time = call + items × item; Draper and Smith, Applied
 * Regression Analysis, 1.2); else all of it is taken to be the items', and `isFixed` says so.
 */
export function batchPhases(of: StageTimes): { phases: Phase[]; isFixed: boolean } {
  const cpu = callShare(of, 1);
  const wait = callShare(of, 2);
  const phases: Phase[] = [];
  for (const [field, share] of [
    ['cpu', cpu],
    ['wait', wait],
  ] as const) {
    const sumMs = field === 'cpu' ? of.cpuMs : of.waitMs;
    if (sumMs <= 0) continue;
    const items = perNumber(
      of,
      (one) => ((field === 'cpu' ? one.cpuMs : one.waitMs) * (1 - (share ?? 0))) / one.tasks,
    );
    const phase = { [field]: items, per: 'item' } as Phase;
    phases.push(phase);
    if (share) phases.push({ [field]: (sumMs * share) / of.batches.length } as unknown as Phase);
  }
  return { phases, isFixed: cpu === null && wait === null };
}

/** The share of all time that calls cost whatever they carry, 0 … 1; null: it cannot be told. */
function callShare({ batches }: StageTimes, column: 1 | 2): number | null {
  const n = batches.length;
  let items = 0;
  let ms = 0;
  for (const batch of batches) {
    items += batch[0];
    ms += batch[column];
  }
  let spread = 0;
  let together = 0;
  for (const batch of batches) {
    spread += (batch[0] - items / n) ** 2;
    together += (batch[0] - items / n) * (batch[column] - ms / n);
  }
  // The last batch is often the only one that is smaller: one odd time would decide.
  const sizes = new Set(batches.map(([size]) => size));
  if (ms <= 0 || spread === 0 || sizes.size < 3) return null;
  const callMs = ms / n - (together / spread) * (items / n);
  return Math.min(1, Math.max(0, (callMs * n) / ms));
}
