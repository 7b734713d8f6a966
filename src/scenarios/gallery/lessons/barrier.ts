import type { PipelineDocument } from '../../../pipeline/types.ts';

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Lesson: barrier and fold',
  notes:
    'Wait for all, or add up as they come: the steps are in the Lesson tab.\n\n**Look at** when *report* begins. **Turn** its join between *all* and *fold*.',
  source: { kind: 'count', count: 20 },
  stages: [
    {
      id: 'check',
      name: 'Check',
      permits: 4,
      work: { kind: 'synthetic', phases: [{ wait: 40 }] },
    },
    {
      id: 'report',
      name: 'Report',
      after: ['check'],
      join: 'all',
      work: { kind: 'synthetic', phases: [{ wait: 100 }] },
    },
  ],
  machine: { workers: 2, tasksPerWorker: 4 },
  lesson: [
    {
      title: 'A barrier',
      text: '20 checks of 40 ms, four at a time. Then a report that takes 5 ms for each result. It is a *barrier*: it begins when the last check has ended.',
      ask: 'How long does the whole take?',
      answers: ['about 200 ms', 'about 300 ms', 'about 900 ms'],
      grade: { quantity: 'makespan', limits: [245, 550] },
      why: '5 rounds × 40 ms, and then 20 × 5 ms: 300 ms. While the report is written nothing else runs.',
      show: 'schedule',
    },
    {
      title: 'A fold',
      text: 'Now the report is a *fold*: it takes each result as it comes, 5 ms each, and adds it to what it has.',
      set: { '/stages/report/join': 'fold', '/stages/report/work/phases': [{ wait: 5 }] },
      ask: 'How much of the time is left?',
      answers: ['about a third', 'about three quarters', 'all of it'],
      grade: { quantity: 'makespan', against: 'A barrier', limits: [0.5, 0.9] },
      why: 'Most of the report is written while other checks still run. Only what came with the last round is left at the end.',
      show: 'schedule',
    },
    {
      title: 'A slow fold',
      text: 'The fold again, but it takes 20 ms for each result.',
      set: {
        '/stages/report/join': 'fold',
        '/stages/report/work/phases': [{ wait: 20 }],
      },
      ask: 'How long does the whole take now?',
      answers: ['about 220 ms', 'about 440 ms', 'about 900 ms'],
      grade: { quantity: 'makespan', limits: [310, 650] },
      why: 'A fold takes one result at a time: 20 × 20 ms are 400 ms, and the first came after 40. The fold is the bottleneck now: results of checks queue before it.',
      show: 'why',
    },
    {
      title: 'One slow check',
      text: 'The barrier again; but the last check takes 200 ms instead of 40.',
      set: {
        '/stages/check/work/phases': [
          { wait: { perItem: [...Array.from({ length: 19 }, () => 40), 200] } },
        ],
      },
      ask: 'How much longer does the whole take than with the barrier before?',
      answers: ['hardly', 'about half as long again', 'twice as long'],
      grade: { quantity: 'makespan', against: 'A barrier', limits: [1.2, 1.8] },
      why: 'All wait for the slowest: 160 ms more, during which three of the four places are idle. What waits for all is as slow as the slowest.',
      show: 'schedule',
    },
  ],
};
