import type { PipelineDocument } from '../../../pipeline/types.ts';

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Lesson: N + 1 calls',
  notes:
    'One call for the list, one for each entry: the steps are in the Lesson tab.\n\n**Look at** the stairs in the schedule. **Turn** the permits of *detail*, then its batch size.',
  source: { kind: 'count', count: 1 },
  stages: [
    {
      id: 'list',
      name: 'List',
      work: { kind: 'synthetic', phases: [{ wait: 20 }], expand: 20 },
    },
    {
      id: 'detail',
      name: 'Detail',
      after: ['list'],
      permits: 1,
      work: { kind: 'synthetic', phases: [{ wait: 20 }] },
    },
  ],
  machine: { workers: 2, tasksPerWorker: 16 },
  lesson: [
    {
      title: 'One after another',
      text: 'A page shows a list of 20 entries. One call gets the list; then, in a loop, one call gets each entry. Every call takes 20 ms. This is known as *N + 1*.',
      ask: 'How long does it take until all is there, in ms?',
      grade: { quantity: 'makespan', within: 0.15 },
      why: '(1 + 20) × 20 ms = 420 ms. Nearly all of it is waiting for answers, one at a time.',
      show: 'schedule',
    },
    {
      title: 'Ten at a time',
      text: 'The same 21 calls, but ten entries are asked for at the same time.',
      set: { '/stages/detail/permits': 10 },
      ask: 'How much of the time is left?',
      answers: ['about a seventh', 'about a half', 'all of it'],
      grade: { quantity: 'makespan', against: 'One after another', limits: [0.25, 0.75] },
      why: '20 for the list, and two rounds of 20: 60 ms. The calls have not become fewer: whoever answers them must bear ten at once.',
      show: 'schedule',
    },
    {
      title: 'One call for all',
      text: 'Now one call asks for all 20 entries.',
      set: { '/stages/detail/batch': { size: 20, linger: null } },
      ask: 'How many calls does *detail* make?',
      answers: ['1', '10', '20'],
      grade: { quantity: 'stages/detail/tasks', limits: [5, 15] },
      why: 'Two calls in all, 40 ms: faster than ten at a time, and a tenth of the work for whoever answers. Being concurrent hides the waiting; a batch takes it away.',
      show: 'schedule',
    },
  ],
};
