import { formatAboutMs, formatCount } from '../../base/units.ts';
import { countedRounds } from '../compare/verdict-words.ts';
import type { MeasuredExperiment } from '../state/experiment-store.svelte.ts';

/** "Speedup: 4 of 12 pairs · interval in about 3 s"; once there is one, "… · next look in about 3 s". */
export function experimentText({ plan, state, lookLeftMs }: MeasuredExperiment): string {
  if (!state || state.phase === 'warm-up' || state.nextLook === null)
    return `${plan.title}: warming up, one run each…`;
  const { rounds, nextLook, makespansMs, comparisons } = state;
  const done = `${plan.title}: ${formatCount(rounds)} of ${countedRounds(nextLook, makespansMs.length)}`;
  if (lookLeftMs === null) return done;
  const next = comparisons.some(({ looks }) => looks.length > 0) ? 'next look' : 'interval';
  return `${done} · ${next} in about ${formatAboutMs(lookLeftMs)}`;
}
