import type { LessonStep, PipelineDocument } from '../../pipeline/types.ts';
import type { App } from '../state/app.svelte.ts';
import type { LessonDesk } from './lesson-desk.svelte.ts';
import { againstOf } from './progress.ts';

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

/** The same of a step of the open lesson, which runs where the step can that it is compared with. */
export function machineOfStep(desk: LessonDesk, at: number): StepMachine {
  const { app, lesson } = desk;
  const step = lesson[at]!;
  const machineAt = (of: number): StepMachine =>
    machineOf(app, step, desk.documentOf(of) ?? app.doc.document);
  const own = machineAt(at);
  const other = againstOf(lesson, at);
  if (own.is === 'simulated' || other < 0 || machineAt(other).is === 'live') return own;
  return predicted(
    `It is compared with “${lesson[other]!.title}”, which cannot be run here as the lesson wants it, so both are predicted.`,
  );
}

const predicted = (why: string): StepMachine => ({ is: 'simulated', why });
