import type { PipelineDocument } from '../../../pipeline/types.ts';

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Lesson: routing and two choices',
  notes:
    'Which queue to join: the steps are in the Lesson tab.\n\n**Look at** gaps in some lanes while others are full. **Turn** the routing of the machine.',
  seed: 3,
  source: { kind: 'count', count: 400, arrivals: { kind: 'poisson', rate: 340 } },
  stages: [
    {
      id: 'serve',
      name: 'Serve',
      work: { kind: 'synthetic', phases: [{ wait: { exponential: 20 } }] },
    },
  ],
  machine: { workers: 8, routing: 'random' },
  lesson: [
    {
      title: 'At random',
      text: 'Eight workers, each with a queue of its own. A task takes 20 ms on average, so eight workers can do 400 a second; 340 come. Each task joins a queue *at random* and stays there.',
      ask: 'How long does a task take on average, waiting included?',
      answers: ['about 20 ms', 'about 30 ms', 'above 50 ms'],
      grade: { quantity: 'latency/mean', limits: [25, 42] },
      why: 'By chance some queues are long while other workers have nothing to do. Look for the gaps.',
      show: 'schedule',
    },
    {
      title: 'The shorter of two',
      text: 'Now each task looks at two queues drawn at random, and joins the shorter one.',
      set: { '/machine/routing': 'two-choices' },
      ask: 'How much of the mean latency is left?',
      answers: ['less than 80 %', 'about 90 %', 'all of it'],
      grade: { quantity: 'latency/mean', against: 'At random', limits: [0.8, 0.96] },
      why: 'One more look takes away most of the bad luck: a long queue is joined only if both looks find long ones. That is the *power of two choices*.',
      show: 'schedule',
    },
    {
      title: 'The shortest of all',
      text: 'Now each task looks at all eight queues and joins the one with the least work.',
      set: { '/machine/routing': 'least-loaded' },
      ask: 'How much of the mean latency of two choices is left?',
      answers: ['less than half', 'more than half'],
      grade: { quantity: 'latency/mean', against: 'The shorter of two', limits: [0.5] },
      why: 'It is better, but the second look brought more than the six others. With a thousand queues, looking at all of them costs something too.',
      show: 'schedule',
    },
    {
      title: 'One queue for all',
      text: 'Last: one queue, and whoever is free takes the next task.',
      set: { '/machine/routing': 'shared-queue' },
      ask: 'And compared with choosing at random?',
      answers: ['less than 70 % of the latency', 'about the same', 'longer'],
      grade: { quantity: 'latency/mean', against: 'At random', limits: [0.7, 1.2] },
      why: 'Nobody is idle while somebody waits: the best there is, where all workers can reach one queue.',
      show: 'queues',
    },
  ],
};
