import type { PipelineDocument } from '../../../pipeline/types.ts';

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Lesson: one worker, then two',
  notes:
    'A lesson for the first hour: its steps are in the Lesson tab.\n\n**Look at** how many bars lie beside each other in the schedule. **Turn** the workers and the permits.',
  source: { kind: 'count', count: 40 },
  stages: [{ id: 'work', name: 'Work', work: { kind: 'synthetic', phases: [{ cpu: 10 }] } }],
  machine: { cores: 2, workers: 1 },
  lesson: [
    {
      title: 'One worker',
      text: '40 items wait to be worked on. Each takes 10 ms of a core. A *worker* is a thread: it does one thing at a time, and there is one.',
      ask: 'How long do all 40 take?',
      answers: ['about 10 ms', 'about 100 ms', 'about 400 ms', 'about 1.5 s'],
      grade: { quantity: 'makespan', limits: [40, 200, 800] },
      why: 'One after another: 40 × 10 ms are 400 ms. The time from the first start to the last end is called the *makespan*.',
      show: 'schedule',
    },
    {
      title: 'Two workers',
      text: 'Now there are two workers, and two cores for them. Nothing else has changed.',
      set: { '/machine/workers': 2 },
      ask: 'How long do the 40 items take now, compared with one worker?',
      answers: ['half as long', 'three quarters as long', 'as long as before'],
      grade: { quantity: 'makespan', against: 'One worker', limits: [0.64, 0.88] },
      why: 'Both work all the time, so the work is done in half of it. It is seldom exactly half: handing out items costs something as well.',
      show: 'schedule',
    },
    {
      title: 'Eight workers, two cores',
      text: 'Eight workers, still two cores. A *core* is what computes: two threads that compute on one core take turns.',
      set: { '/machine/workers': 8 },
      ask: 'How long does it take, compared with two workers?',
      answers: ['a quarter as long', 'about as long', 'twice as long'],
      grade: { quantity: 'makespan', against: 'Two workers', limits: [0.6, 1.6] },
      why: 'The cores were busy already. More workers share the same two cores: each bar becomes longer, and the end stays where it was.',
      show: 'schedule',
    },
    {
      title: 'Two workers, one permit',
      text: 'Two workers again, but the stage has one *permit*: whoever works on an item must hold it, so only one item is worked on at a time.',
      set: { '/machine/workers': 2, '/stages/work/permits': 1 },
      ask: 'How long does it take, compared with one worker?',
      answers: ['half as long', 'about as long', 'twice as long'],
      grade: { quantity: 'makespan', against: 'One worker', limits: [0.7, 1.5] },
      why: 'There are two workers, and never more than one has the permit. What holds a pipeline back is the scarcest thing it needs.',
      show: 'why',
    },
  ],
};
