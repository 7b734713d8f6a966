import type { PipelineDocument } from '../../../pipeline/types.ts';

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Lesson: a second semaphore',
  notes:
    'Why a limit around a limit never helps: the steps are in the Lesson tab.\n\n**Look at** how many calls lie beside each other. **Turn** the permits, and the items in flight.',
  source: { kind: 'count', count: 120 },
  stages: [
    {
      id: 'call',
      name: 'Call',
      permits: 20,
      work: { kind: 'synthetic', phases: [{ wait: 50 }] },
    },
  ],
  machine: { workers: 2, tasksPerWorker: 32, inFlight: 10 },
  lesson: [
    {
      title: 'Two semaphores',
      text: 'A *semaphore* is a bowl of tokens: whoever wants in takes one, and puts it back at the end; if the bowl is empty one waits. Here are two: only 10 items may be in the pipeline (the outer one), and only 20 calls may be open (the inner one).',
      ask: 'How many calls are open at a time?',
      answers: ['about 10', 'about 20', 'about 30'],
      grade: { quantity: 'stages/call/busy ÷ makespan', limits: [14, 24] },
      why: 'To make a call one needs a token of both bowls. The bowl with 10 is empty first: the *smaller limit wins*.',
      show: 'schedule',
    },
    {
      title: 'Take the inner one away',
      text: 'Somebody finds that two semaphores are slow, and removes the inner one, the one with 20.',
      set: { '/stages/call/permits': null },
      ask: 'How much faster is it?',
      answers: ['half the time', 'no faster', 'slower'],
      grade: { quantity: 'makespan', against: 'Two semaphores', limits: [0.75, 1.3] },
      why: 'Nobody ever waited for it. A limit that is never reached costs nothing, and taking it away gains nothing.',
      show: 'why',
    },
    {
      title: 'Take the outer one away',
      text: 'Now the outer one, with 10, is removed instead. The inner one with 20 stays.',
      set: { '/machine/inFlight': null },
      ask: 'How much of the time is left?',
      answers: ['about half', 'nearly all', 'all of it'],
      grade: { quantity: 'makespan', against: 'Two semaphores', limits: [0.72, 0.95] },
      why: 'Now 20 are open. It was not “one semaphore less” that helped: it was a larger smallest limit. Setting the outer one to 20 would have done the same.',
      show: 'schedule',
    },
    {
      title: '10 inside 10',
      text: 'Both semaphores have 10 now.',
      set: { '/stages/call/permits': 10 },
      ask: 'How many are open at a time?',
      answers: ['about 5', 'about 10', 'about 20'],
      grade: { quantity: 'stages/call/busy ÷ makespan', limits: [7, 14] },
      why: 'Ten inside ten is ten. Beware only of taking a token of the *same* bowl twice: then all may hold one, wait for their second, and never go on.',
      show: 'why',
    },
  ],
};
