import type { PipelineDocument } from '../../../pipeline/types.ts';

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Lesson: latency and throughput',
  notes:
    'How long one item takes, and how many are done a second, are two things: the steps are in the Lesson tab.\n\n**Look at** the queue as the load rises. **Turn** the rate at which items come.',
  seed: 4,
  source: { kind: 'count', count: 150, arrivals: { kind: 'poisson', rate: 80 } },
  stages: [
    {
      id: 'call',
      name: 'Call',
      permits: 4,
      work: { kind: 'synthetic', phases: [{ wait: { exponential: 20 } }] },
    },
  ],
  machine: { workers: 2, tasksPerWorker: 4 },
  lesson: [
    {
      title: 'A light load',
      text: 'A service answers a call after 20 ms on average and takes 4 calls at a time: so at most 4 ÷ 20 ms = 200 a second. 80 come a second, at random moments. The *latency* of an item is the time from its arrival until it is done.',
      ask: 'What is the mean latency?',
      answers: ['about 20 ms', 'about 50 ms', 'above 100 ms'],
      grade: { quantity: 'latency/mean', limits: [34, 80] },
      why: 'One of the four places (a *permit*) is nearly always free, so an item hardly ever waits: its latency is little more than the 20 ms of the call.',
      show: 'queues',
    },
    {
      title: 'Nearly full',
      text: 'Now 190 come a second, just below the 200 that can be done.',
      set: { '/source/arrivals/rate': 190 },
      ask: 'What becomes of the mean latency, compared with the light load?',
      answers: ['it stays the same', 'it grows by a third', 'it doubles, or worse'],
      grade: { quantity: 'latency/mean', against: 'A light load', limits: [1.15, 1.65] },
      why: 'There is no spare time to catch up in. Each time that several come together a queue forms, and it takes long to go away. Latency does not grow with the load: it grows with how little is left.',
      show: 'queues',
    },
    {
      title: 'Too much',
      text: 'Now 400 come a second: twice what can be done.',
      set: { '/source/arrivals/rate': 400 },
      ask: 'How many are done a second (the *throughput*)?',
      answers: ['about 100', 'about 200', 'about 400'],
      grade: { quantity: 'throughput', limits: [140, 280] },
      why: 'Throughput stops at what four places allow, whatever comes in. All the rest stands in the queue, and the later an item comes the longer it waits.',
      show: 'queues',
    },
    {
      title: 'Twice as fast a call',
      text: 'The same flood, but a call takes 10 ms instead of 20.',
      set: {
        '/source/arrivals/rate': 400,
        '/stages/call/work/phases': [{ wait: { exponential: 10 } }],
      },
      ask: 'What is the mean latency, compared with “Too much”?',
      answers: ['less than half', 'about half', 'about the same'],
      grade: { quantity: 'latency/mean', against: 'Too much', limits: [0.42, 0.75] },
      why: 'The call is only twice as fast, but now about as many are done as come: there is hardly a queue in so short a flood. Most of the latency was waiting, and most of the waiting is gone.',
      show: 'queues',
    },
  ],
};
