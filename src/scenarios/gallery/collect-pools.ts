import type { PipelineDocument } from '../../pipeline/types.ts';

const notes = `
Five pools hold 100 memories each. They are collected, and each is inserted elsewhere: one request for a list, then one more for every entry of it, which is known as the *N+1 problem*. A pool answers after 1 s, an insert takes 0.1 s, half of that however much it carries. All times are a hundredth here: 10 ms stand for a second.

**Look at** the schedule: one thing after another, 5 × 1 s + 500 × 0.1 s = 55 s. Nine tenths of it are inserts.

**Turn** it in two steps, by the variants:

- *Pools at once*: the five answers are waited for together, at most five times faster. 4 s of 55 are gone, for the inserts still go one by one.
- *At once, in batches*: 20 to an insert, all 25 of them at once: 1 s + 1.05 s, 27 times faster.
- *Slow pools* answer after 10 s. Then the way there was 100 s, and with everything at once it is 11 s: the slowest answer is what one waits for.
`.trim();

const oneByOne = { workers: 1, tasksPerWorker: 1, cores: 2 };
const slow = { '/stages/collect/work/phases/0/wait': 100 };
const atOnce = { '/machine/tasksPerWorker': 64 };
const inBatches = { '/stages/insert/permits': null, '/stages/insert/batch/size': 20 };

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'One request for a list, one for each entry',
  notes,
  source: { kind: 'count', count: 5 },
  stages: [
    {
      id: 'collect',
      name: 'Collect',
      work: { kind: 'synthetic', phases: [{ wait: 10 }], expand: 100 },
    },
    {
      id: 'insert',
      name: 'Insert',
      after: ['collect'],
      work: { kind: 'synthetic', phases: [{ wait: 0.5 }, { wait: 0.5, per: 'item' }] },
      permits: 1,
      batch: { size: 1 },
    },
  ],
  machine: oneByOne,
  variants: [
    { name: 'pools at once', set: atOnce },
    { name: 'at once, in batches', set: { ...atOnce, ...inBatches } },
    { name: 'slow pools', set: slow },
    { name: 'slow pools, at once, in batches', set: { ...slow, ...atOnce, ...inBatches } },
  ],
  sweep: {
    '/stages/insert/batch/size': [1, 5, 10, 20, 50, 100],
    '/machine/tasksPerWorker': [1, 5, 64],
  },
};
