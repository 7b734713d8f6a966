import type { PipelineDocument } from '../../../pipeline/types.ts';

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Lesson: batch size',
  notes:
    'What a batch saves, and what it costs: the steps are in the Lesson tab.\n\n**Look at** the number of tasks, and at how long items wait for their batch. **Turn** the batch size.',
  source: { kind: 'count', count: 100 },
  stages: [
    {
      id: 'insert',
      name: 'Insert',
      permits: 1,
      work: { kind: 'synthetic', phases: [{ wait: 10 }, { wait: 1, per: 'item' }] },
    },
  ],
  machine: { workers: 1, tasksPerWorker: 2 },
  lesson: [
    {
      title: 'One by one',
      text: '100 rows go into a database. Every insert costs 10 ms for the call and 1 ms for each row in it. Each row is a call of its own, one after another.',
      ask: 'How long does it take?',
      answers: ['about 0.1 s', 'about 1.1 s', 'about 11 s'],
      grade: { quantity: 'makespan', limits: [500, 4000] },
      why: '100 × (10 + 1) ms = 1.1 s. Ten elevenths of it are the calls.',
      show: 'schedule',
    },
    {
      title: 'Ten at a time',
      text: 'Ten rows in each call: a *batch* of 10.',
      set: { '/stages/insert/batch': { size: 10, linger: null } },
      ask: 'How much of the time is left?',
      answers: ['a tenth', 'about a fifth', 'about a half'],
      grade: { quantity: 'makespan', against: 'One by one', limits: [0.125, 0.35] },
      why: '10 × (10 + 10) ms = 200 ms. The calls are a tenth of what they were; the rows cost what they always did.',
      show: 'schedule',
    },
    {
      title: 'All at once',
      text: 'All 100 in one call.',
      set: { '/stages/insert/batch': { size: 100, linger: null } },
      ask: 'And compared with ten at a time?',
      answers: ['a tenth again', 'about a half', 'no less'],
      grade: { quantity: 'makespan', against: 'Ten at a time', limits: [0.25, 0.8] },
      why: '10 + 100 = 110 ms. The first tenfold batch made it five times as fast, the second less than twice. What is left is the rows.',
      show: 'schedule',
    },
    {
      title: 'The price',
      text: 'Now rows come one at a time, 50 a second, and a batch of 20 waits until it is full.',
      set: {
        '/source/arrivals': { kind: 'uniform', rate: 50 },
        '/stages/insert/batch': { size: 20, linger: null },
      },
      ask: 'How long does a row take on average, from its arrival until it is stored?',
      answers: ['about 11 ms', 'about 30 ms', 'above 100 ms'],
      grade: { quantity: 'latency/mean', limits: [20, 80] },
      why: 'The first of twenty waits 19 ÷ 50 s = 380 ms for the last one. A batch trades latency for throughput; a *linger* bounds how long it waits.',
      show: 'queues',
    },
  ],
};
