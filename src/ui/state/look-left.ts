import type { ExperimentState } from '../../explore/experiment.ts';

/**
 * How long it takes to the next look at an experiment, ms: pairs to come × the time a pair took so far,
 * starting workers and all. The unrecorded warm-up of each contender counts as a pair too. Once a look
 * has been made the first pair past the budget brings the next one. null: nothing to go by, or no look comes.
 */
export function lookLeftMs(
  { phase, rounds, nextLook, comparisons }: ExperimentState,
  elapsedMs: number,
  budgetMs: number,
): number | null {
  if (phase !== 'running' || nextLook === null || nextLook <= rounds) return null;
  const pairMs = elapsedMs / (rounds + 1);
  const toLookMs = (nextLook - rounds) * pairMs;
  const hasLooked = comparisons.some(({ speedup }) => speedup !== null);
  return hasLooked ? Math.min(toLookMs, Math.max(pairMs, budgetMs - elapsedMs)) : toLookMs;
}
