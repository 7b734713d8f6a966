import type { Draw, Phase } from './types.ts';

/** The durations of a list of phases, with the field each stands in. */
export function phasesOf(
  phases: readonly Phase[] | undefined,
): { phase: Draw; index: number; field: 'cpu' | 'wait' }[] {
  return (phases ?? []).map((phase, index) =>
    'cpu' in phase
      ? { phase: phase.cpu, index, field: 'cpu' }
      : { phase: phase.wait, index, field: 'wait' },
  );
}
