import type { PipelineDocument } from '../../src/pipeline/types.ts';

/** 20 items of 10 ms each: alone, together, and on cores that the tests' browser has not. */
export const taught: PipelineDocument = {
  format: 'millrace/1',
  name: 'Taught',
  source: { kind: 'count', count: 20 },
  stages: [{ id: 'work', name: 'Work', work: { kind: 'synthetic', phases: [{ cpu: 10 }] } }],
  machine: { workers: 1 },
  lesson: [
    {
      title: 'Alone',
      text: 'One worker, *20* items.',
      ask: 'How long?',
      answers: ['20 ms', '200 ms'],
      grade: { quantity: 'makespan', limits: [100] },
      why: 'One after another.',
      show: 'schedule',
    },
    {
      title: 'Together',
      text: 'Two workers.',
      set: { '/machine/workers': 2 },
      ask: 'How much of the time is left, as a number?',
      grade: { quantity: 'makespan', against: 'Alone', within: 0.2 },
      why: 'Half of it.',
      show: 'why',
    },
    {
      title: 'Many cores',
      text: 'Eight cores.',
      set: { '/machine/workers': 8, '/machine/cores': 8 },
      ask: 'And now?',
      answers: ['a fifth or less', 'more'],
      grade: { quantity: 'makespan', against: 'Alone', limits: [0.2] },
    },
  ],
};
