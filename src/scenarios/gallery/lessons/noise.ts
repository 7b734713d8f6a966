import type { PipelineDocument } from '../../../pipeline/types.ts';

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Lesson: noise and false speedups',
  notes:
    'Two runs of the same thing differ: the steps are in the Lesson tab. All but the first look are predicted, so that chance is the same for everybody.\n\n**Look at** the longest tasks. **Turn** the seed, which is the chance.',
  seed: 1,
  source: { kind: 'count', count: 30 },
  stages: [
    {
      id: 'query',
      name: 'Query',
      permits: 3,
      work: { kind: 'synthetic', phases: [{ wait: { lognormal: { mean: 20, cv: 1.5 } } }] },
    },
  ],
  machine: { workers: 1, tasksPerWorker: 4 },
  lesson: [
    {
      title: 'Monday',
      text: '30 queries to a database, three at a time. Half of them take less than 11 ms, a few take several times that. This is the run of Monday.',
      show: 'schedule',
    },
    {
      title: 'Tuesday',
      text: 'On Tuesday the very same program runs again. Nothing has been changed: only chance (the *seed*) is another.',
      set: { '/seed': 2 },
      ask: 'How long does it take, compared with Monday?',
      answers: ['at least 5 % less', 'within 5 %', 'at least 5 % more'],
      grade: {
        quantity: 'makespan',
        against: 'Monday',
        limits: [0.95, 1.05],
        machine: 'simulated',
      },
      why: 'Nobody has done anything, and there is a difference that some would call an optimisation. One run of each is no comparison.',
      show: 'schedule',
    },
    {
      title: 'Monday, 10,000 queries',
      text: 'Monday’s program and Monday’s chance once more, with 10,000 queries instead of 30.',
      set: { '/source/count': 10000 },
      ask: '10,000 are 333 times as many. How many times as long as the 30 of Monday do they take?',
      answers: ['about 330 times', 'about 600 times'],
      grade: { quantity: 'makespan', against: 'Monday', limits: [450], machine: 'simulated' },
      why: 'Among Monday’s 30 there happened to be hardly a slow one. Yet the slowest 14 % of all queries take half of all the time, and whoever measures little may not meet them.',
      show: 'schedule',
    },
    {
      title: 'Tuesday, 10,000 queries',
      text: 'And Tuesday’s chance, with 10,000 queries as well.',
      set: { '/seed': 2, '/source/count': 10000 },
      ask: 'How long does it take, compared with Monday’s 10,000?',
      answers: ['at least 10 % less', 'within 10 %', 'at least 10 % more'],
      grade: {
        quantity: 'makespan',
        against: 'Monday, 10,000 queries',
        limits: [0.9, 1.1],
        machine: 'simulated',
      },
      why: 'Chance evens out: the more is measured, the less one slow query weighs. To halve the error takes four times as much.',
      show: 'schedule',
    },
    {
      title: 'The same chance',
      text: 'Now Monday’s chance, so every query takes exactly as long as on Monday; and six at a time instead of three.',
      set: { '/stages/query/permits': 6, '/machine/tasksPerWorker': 8 },
      ask: 'How much of Monday’s time is left?',
      answers: ['half or less', 'about two thirds', 'all of it'],
      grade: {
        quantity: 'makespan',
        against: 'Monday',
        limits: [0.5, 0.85],
        machine: 'simulated',
      },
      why: 'Here the work is the same to the last digit, so the whole difference is the setting’s. Where chance cannot be held still, run both by turns, many times, and look at the interval.',
      show: 'schedule',
    },
  ],
};
