import { idealOverheads, type Overheads } from '../engine/runner.ts';

/** What of a machine costs time beside the work, in the order in which it is switched on. */
export const causes = ['startUp', 'dispatch', 'cloning', 'timer', 'contention'] as const;
export type Cause = (typeof causes)[number];

const fieldsOf: Readonly<Record<Cause, readonly (keyof Overheads)[]>> = {
  startUp: ['startWorkerMs'],
  dispatch: ['startTaskMs', 'messageMs', 'turnMs', 'dispatchMs'],
  cloning: ['perByteMs'],
  timer: ['wakeMs', 'timerStepMs'],
  contention: ['contention', 'helperShare'],
};

/**
 * Machines from the ideal one to that with all overheads, each with one cause more than the one before. What a
 * cause costs is the difference of two simulated runs, so the steps add up without rest; with another order
 * single steps could differ, their sum could not.
 */
export function overheadSteps(overheads: Overheads): { cause: Cause; overheads: Overheads }[] {
  let machine = idealOverheads;
  return causes.map((cause) => {
    const fields = fieldsOf[cause].map((name) => [name, overheads[name]] as const);
    machine = { ...machine, ...(Object.fromEntries(fields) as Partial<Overheads>) };
    return { cause, overheads: machine };
  });
}

/** How a predicted makespan comes to the measured one. All ms. */
export interface Residual {
  /** On the ideal machine. */
  idealMs: number;
  steps: { cause: Cause; ms: number }[];
  /** Measured − predicted with everything switched on: what none of it explains. */
  unexplainedMs: number;
  measuredMs: number;
}

/** @param stepsMs simulated makespans of the machines of `overheadSteps`, in their order */
export function residual(
  idealMs: number,
  stepsMs: readonly number[],
  measuredMs: number,
): Residual {
  const steps = stepsMs.map((ms, at) => ({
    cause: causes[at]!,
    ms: ms - (at === 0 ? idealMs : stepsMs[at - 1]!),
  }));
  const unexplainedMs = measuredMs - (stepsMs.at(-1) ?? idealMs);
  return { idealMs, steps, unexplainedMs, measuredMs };
}
