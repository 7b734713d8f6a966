import type { PipelineDocument } from '../../../pipeline/types.ts';

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Lesson: retries and overload',
  notes:
    'Trying again is more work: the steps are in the Lesson tab.\n\n**Look at** the queue before *call*. **Turn** the attempts.',
  seed: 5,
  source: { kind: 'count', count: 200, arrivals: { kind: 'uniform', rate: 170 } },
  stages: [
    {
      id: 'call',
      name: 'Call',
      permits: 4,
      work: { kind: 'synthetic', phases: [{ wait: 20 }], failure: 0.3 },
    },
  ],
  machine: { workers: 2, tasksPerWorker: 4 },
  lesson: [
    {
      title: 'No second try',
      text: 'A service takes 4 calls at a time, 20 ms each: 200 a second at most. 170 come a second. Today three calls in ten fail, and nobody tries again.',
      ask: 'What share of the items is lost?',
      answers: ['about 3 %', 'about 30 %', 'about 60 %'],
      grade: { quantity: 'items/failed ÷ items/emitted', limits: [0.15, 0.45] },
      why: 'What fails is lost. The service itself has no trouble: a call hardly ever waits.',
      show: 'queues',
    },
    {
      title: 'Three tries',
      text: 'Now a failed call is made again, at most twice.',
      set: { '/stages/call/retry': { attempts: 3 } },
      ask: 'What share is lost now?',
      answers: ['about 3 %', 'about 10 %', 'about 30 %'],
      grade: { quantity: 'items/failed ÷ items/emitted', limits: [0.065, 0.2] },
      why: 'All three must fail: 0.3 × 0.3 × 0.3 is 2.7 %. So much for the gain.',
      show: 'queues',
    },
    {
      title: 'The price',
      text: 'The same run again. Now look at how long items take.',
      set: { '/stages/call/retry': { attempts: 3 } },
      ask: 'What has become of the mean latency, compared with no second try?',
      answers: ['the same', 'half as long again', 'more than three times as long'],
      grade: { quantity: 'latency/mean', against: 'No second try', limits: [1.2, 3] },
      why: '1 + 0.3 + 0.09 = 1.39 calls for each item: 236 calls a second, and the service can do 200. The retries themselves have overloaded it, and every item pays.',
      show: 'queues',
    },
    {
      title: 'Half the load',
      text: 'Three tries, but only 85 come a second.',
      set: {
        '/stages/call/retry': { attempts: 3 },
        '/source/arrivals/rate': 85,
        '/source/count': 120,
      },
      ask: 'What is the mean latency now?',
      answers: ['about 25 ms', 'about 60 ms', 'above 100 ms'],
      grade: { quantity: 'latency/mean', limits: [36, 85] },
      why: 'Little more than the tries themselves: there is no queue. Retries need room; those who retry under overload make it worse.',
      show: 'queues',
    },
  ],
};
