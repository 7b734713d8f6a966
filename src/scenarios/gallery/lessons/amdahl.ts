import type { PipelineDocument } from '../../../pipeline/types.ts';

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Lesson: Amdahl’s law',
  notes:
    'What cannot be shared out sets the limit: the steps are in the Lesson tab. They ask for 64 cores, so they are predicted where there are fewer.\n\n**Look at** how little of the schedule the last stage lets be wide. **Turn** the workers, then the time of *merge*.',
  source: { kind: 'count', count: 40 },
  stages: [
    { id: 'work', name: 'Work', work: { kind: 'synthetic', phases: [{ cpu: 10 }] } },
    {
      id: 'merge',
      name: 'Merge',
      after: ['work'],
      join: 'all',
      work: { kind: 'synthetic', phases: [{ cpu: 100 }] },
    },
  ],
  machine: { cores: 64, workers: 1 },
  lesson: [
    {
      title: 'One worker',
      text: '40 items of 10 ms each, then one *merge* of 100 ms that needs all of them. That is 500 ms of work; a fifth of it, the merge, cannot be shared out.',
      ask: 'How long does one worker take, in ms?',
      grade: { quantity: 'makespan', within: 0.1 },
      why: '40 × 10 ms + 100 ms = 500 ms. Everything below is held against this.',
      show: 'schedule',
    },
    {
      title: 'Four workers',
      text: 'Four workers on as many cores.',
      set: { '/machine/workers': 4 },
      ask: 'How much of the time is left?',
      answers: ['a quarter: four times as fast', 'about 40 %', 'about 60 %'],
      grade: { quantity: 'makespan', against: 'One worker', limits: [0.32, 0.5] },
      why: 'Only the 400 ms are shared: 400 ÷ 4 + 100 = 200 ms. Speedup 2.5, not 4.',
      show: 'schedule',
    },
    {
      title: 'Forty workers',
      text: 'Forty workers: one for every item.',
      set: { '/machine/workers': 40 },
      ask: 'How much of the time of one worker is left?',
      answers: ['a fortieth', 'a tenth', 'more than a fifth'],
      grade: { quantity: 'makespan', against: 'One worker', limits: [0.05, 0.18] },
      why: '400 ÷ 40 + 100 = 110 ms: 4.5 times as fast. With endless workers it would be 500 ÷ 100 = 5 times. That is *Amdahl’s law*: 1 ÷ the share that cannot be shared is the most there is.',
      show: 'schedule',
    },
    {
      title: 'Four workers, half the merge',
      text: 'Back to four workers, but somebody has made the merge twice as fast: 50 ms.',
      set: { '/machine/workers': 4, '/stages/merge/work/phases': [{ cpu: 50 }] },
      ask: 'And compared with four workers and the slow merge?',
      answers: ['half the time', 'three quarters of it', 'hardly less'],
      grade: { quantity: 'makespan', against: 'Four workers', limits: [0.62, 0.88] },
      why: '100 + 50 = 150 ms instead of 200. Mending the part that cannot be shared moves the limit itself: from 5 times to 9 times.',
      show: 'whatif',
    },
  ],
};
