import type { TrialOutcome } from '../../explore/trials.ts';

/** Machines that a prediction is made for. */
export const coreCounts: readonly number[] = [1, 2, 4, 8, 16, 32, 64];

/** What is set for each count: first the workers as they are, then a worker a core. */
export const coreSets: readonly Readonly<Record<string, unknown>>[] = [
  ...coreCounts.map((cores) => ({ '/machine/cores': cores })),
  ...coreCounts.map((cores) => ({ '/machine/cores': cores, '/machine/workers': 'cores' })),
];

/** A machine, and what the document takes on it. ms; NaN: it could not be predicted. */
export interface CorePoint {
  cores: number;
  asItIs: number;
  workerEach: number;
}

/** @param outcomes those of `coreSets` */
export function corePoints(outcomes: readonly TrialOutcome[]): CorePoint[] {
  const makespan = (at: number): number => {
    const outcome = outcomes[at];
    return outcome && outcome.problem === null ? outcome.makespanMs : NaN;
  };
  return coreCounts.map((cores, at) => ({
    ...{ cores, asItIs: makespan(at) },
    workerEach: makespan(at + coreCounts.length),
  }));
}
