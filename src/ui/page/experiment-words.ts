import { formatAboutMs, formatCount } from '../../base/units.ts';
import { countedRounds } from '../compare/verdict-words.ts';
import type { MeasuredExperiment } from '../state/experiment-store.svelte.ts';

/** "Speedup: 4 of 12 pairs · interval in about 3 s". */
export function experimentText({ plan, state, lookLeftMs }: MeasuredExperiment): string {
  if (!state || state.phase === 'warm-up' || state.nextLook === null)
    return `${plan.title}: warming up, one run each…`;
  const { rounds, nextLook, makespansMs } = state;
  const done = `${plan.title}: ${formatCount(rounds)} of ${countedRounds(nextLook, makespansMs.length)}`;
  return lookLeftMs === null ? done : `${done} · interval in about ${formatAboutMs(lookLeftMs)}`;
}
