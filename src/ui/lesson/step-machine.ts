import type { LessonStep, PipelineDocument } from '../../pipeline/types.ts';
import type { App } from '../state/app.svelte.ts';

export interface StepMachine {
  is: 'live' | 'simulated';
  /** Why it is not run live, one sentence; "" where it is. */
  why: string;
}

/** On which machine a step is run: live, unless it asks for one that is not here. */
export function machineOf(app: App, step: LessonStep, document: PipelineDocument): StepMachine {
  const { cores, workers } = app.services.environment;
  const wanted = document.machine?.cores ?? null;
  if (!workers) return predicted('This browser has no Web Workers, so the step is predicted.');
  if (step.grade?.machine === 'simulated')
    return predicted('This step is predicted, not run: the lesson asks for it.');
  if (wanted !== null && wanted > cores) {
    const has = cores === 1 ? '1 core' : `${cores} cores`;
    return predicted(
      `The step asks for ${wanted} cores and this browser has ${has}, so it is predicted.`,
    );
  }
  // Live, the workers would take all the cores there are.
  const threads = document.machine?.workers ?? 'cores';
  if (wanted !== null && wanted < cores && typeof threads === 'number' && threads > wanted) {
    const only = wanted === 1 ? 'one core' : `${wanted} cores`;
    return predicted(
      `The step is about ${only} and this browser has ${cores}, so it is predicted.`,
    );
  }
  return { is: 'live', why: '' };
}

const predicted = (why: string): StepMachine => ({ is: 'simulated', why });
