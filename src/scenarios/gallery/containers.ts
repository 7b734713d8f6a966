import type { PipelineDocument } from '../../pipeline/types.ts';

const notes = `
Twelve test suites run three at a time, and each needs a container: 60 ms until it is up, 20 ms of tests in it.

**Look at** the schedule: in every task the set-up comes first, and takes three quarters of it. 4 × 80 ms = 320 ms.

**Turn** when *Suite* is set up. *Once per worker*: a pool of three containers that are used again, 60 + 4 × 20 = 140 ms. *Before the clock*: they are up when the run begins, 80 ms.

The last step saves nothing by itself. It moves 60 ms to a place where nobody measures: a gain only if the containers come up while something else is done anyway.
`.trim();

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'A pool of warm containers',
  notes,
  source: { kind: 'count', count: 12 },
  stages: [
    {
      id: 'suite',
      name: 'Suite',
      work: { kind: 'synthetic', phases: [{ wait: 20 }] },
      setup: { phases: [{ wait: 60 }], when: 'task' },
    },
  ],
  machine: { cores: 2, workers: 3 },
  variants: [
    { name: 'once per worker', set: { '/stages/suite/setup/when': 'worker' } },
    { name: 'warmed before the clock', set: { '/stages/suite/setup/when': 'start' } },
  ],
  sweep: { '/stages/suite/setup/when': ['task', 'worker', 'start'], '/machine/workers': [1, 3, 6] },
};
