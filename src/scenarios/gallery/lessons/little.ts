import type { PipelineDocument } from '../../../pipeline/types.ts';

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Lesson: Little’s law',
  notes:
    'How many are inside = how many come a second × how long each stays: the steps are in the Lesson tab.\n\n**Look at** how many calls are open side by side. **Turn** the time of a call and the rate of arrivals.',
  source: { kind: 'count', count: 200, arrivals: { kind: 'uniform', rate: 200 } },
  stages: [{ id: 'call', name: 'Call', work: { kind: 'synthetic', phases: [{ wait: 50 }] } }],
  machine: { workers: 2, tasksPerWorker: 64 },
  lesson: [
    {
      title: 'How many are open?',
      text: '200 calls come a second, evenly, for one second. Each waits 50 ms for its answer. Nothing limits how many are open at a time.',
      ask: 'How many calls are open at a time, on average?',
      grade: { quantity: 'stages/call/busy ÷ makespan', within: 0.2 },
      why: '*Little’s law*: 200 a second × 0.05 s = 10. It holds for every queue, shop and pipeline, whatever happens inside. (A little less here: at the very end nobody comes any more.)',
      show: 'schedule',
    },
    {
      title: 'Slower answers',
      text: 'The same calls, but each answer takes 100 ms.',
      set: { '/stages/call/work/phases': [{ wait: 100 }] },
      ask: 'How many are open now?',
      answers: ['about 5', 'about 10', 'about 20'],
      grade: { quantity: 'stages/call/busy ÷ makespan', limits: [7, 14] },
      why: '200 a second × 0.1 s = 20. Twice as slow is twice as many inside: that is why a slow service fills up whoever calls it.',
      show: 'schedule',
    },
    {
      title: 'At most ten',
      text: 'Still 100 ms each, but a *semaphore* lets only 10 be open: the stage has 10 permits.',
      set: { '/stages/call/work/phases': [{ wait: 100 }], '/stages/call/permits': 10 },
      ask: 'How many calls are done a second?',
      grade: { quantity: 'throughput', within: 0.2 },
      why: 'The law, turned round: 10 inside ÷ 0.1 s = 100 a second. Permits and time decide it, not how many come.',
      show: 'why',
    },
    {
      title: 'The queue',
      text: 'The same again: 200 come within a second, 100 are done in it.',
      set: { '/stages/call/work/phases': [{ wait: 100 }], '/stages/call/permits': 10 },
      ask: 'How long does the queue become?',
      answers: ['about 10', 'about 100', 'about 200'],
      grade: { quantity: 'stages/call/queue/max', limits: [40, 145] },
      why: 'Each second 100 more come than go. After one second about 100 are left over. Then nobody comes any more, and it takes another second to work them off.',
      show: 'queues',
    },
  ],
};
