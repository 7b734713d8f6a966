import type { PipelineDocument } from '../../../pipeline/types.ts';

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Lesson: cold and warm',
  notes:
    'When something is set up matters more than how fast it is: the steps are in the Lesson tab.\n\n**Look at** the set-up before the work in the schedule. **Turn** when the stage is set up.',
  source: { kind: 'count', count: 20 },
  stages: [
    {
      id: 'check',
      name: 'Check',
      work: { kind: 'synthetic', phases: [{ wait: 10 }] },
      setup: { phases: [{ wait: 60 }], when: 'task' },
    },
  ],
  machine: { workers: 2 },
  lesson: [
    {
      title: 'For every task',
      text: '20 files are checked, 10 ms each, by two workers. Before each check the tool is started: a *set-up* of 60 ms.',
      ask: 'How long does it take?',
      answers: ['about 100 ms', 'about 250 ms', 'about 700 ms'],
      grade: { quantity: 'makespan', limits: [140, 420] },
      why: '20 × (60 + 10) ms ÷ 2 workers = 700 ms. Six sevenths of it are starting.',
      show: 'schedule',
    },
    {
      title: 'Once for each worker',
      text: 'Now each worker sets up the tool when it first needs it, and keeps it.',
      set: { '/stages/check/setup/when': 'worker' },
      ask: 'How much of the time is left?',
      answers: ['about a quarter', 'about a half', 'nearly all'],
      grade: { quantity: 'makespan', against: 'For every task', limits: [0.36, 0.7] },
      why: '60 + 10 × 10 = 160 ms. Set up twice instead of twenty times; and both set-ups run side by side.',
      show: 'schedule',
    },
    {
      title: 'Before the start',
      text: 'Now the workers are *warm*: the tool is set up before the clock starts.',
      set: { '/stages/check/setup/when': 'start' },
      ask: 'How much of the time is left, compared with once for each worker?',
      answers: ['nearly nothing', 'about two thirds', 'all of it'],
      grade: { quantity: 'makespan', against: 'Once for each worker', limits: [0.3, 0.85] },
      why: '100 ms: the 60 ms are still spent, only earlier. Whoever measures must say whether they count.',
      show: 'schedule',
    },
    {
      title: 'A longer day',
      text: 'Once for each worker again, but with 200 files instead of 20: ten times the work.',
      set: { '/source/count': 200, '/stages/check/setup/when': 'worker' },
      ask: 'How much longer does it take than with 20 files?',
      answers: ['less than five times', 'about six to seven times', 'ten times'],
      grade: { quantity: 'makespan', against: 'Once for each worker', limits: [5, 8.5] },
      why: '60 + 1,000 ms instead of 60 + 100 ms. The set-up is paid once, so the longer a program runs the less it matters. Measured on 20 files, the tool looks slower than it is.',
      show: 'schedule',
    },
  ],
};
