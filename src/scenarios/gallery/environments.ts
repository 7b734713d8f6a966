import type { PipelineDocument } from '../../pipeline/types.ts';

const notes = `
Six streams, each on a machine that must first install what it needs: 2.5 min, then 4 to 10 min of analysis (10 ms stand for a minute).

**Look at** the set-ups: six times 2.5 min are 15 min of installing, and yet the run is only 2.5 min longer for it, because they lie side by side.

**Turn** *Set-up* to *once per worker*: nothing changes, each machine has one stream. On two machines (the other variants) it does: three set-ups in a row become one. *Before the clock* takes the set-up out altogether: that is what a prepared image does. Somebody still has to build it, but not in each run.
`.trim();

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Install once or six times',
  notes,
  source: { kind: 'count', count: 6 },
  stages: [
    {
      id: 'stream',
      name: 'Stream',
      work: {
        kind: 'synthetic',
        phases: [{ wait: { perItem: [100, 80, 70, 60, 50, 40] } }],
      },
      setup: { phases: [{ wait: 25 }], when: 'task' },
    },
  ],
  machine: { cores: 2, workers: 6 },
  variants: [
    { name: 'once per worker', set: { '/stages/stream/setup/when': 'worker' } },
    { name: 'prepared', set: { '/stages/stream/setup/when': 'start' } },
    { name: 'two machines', set: { '/machine/workers': 2 } },
    {
      name: 'two machines, once per worker',
      set: { '/machine/workers': 2, '/stages/stream/setup/when': 'worker' },
    },
  ],
  sweep: { '/machine/workers': [1, 2, 3, 6], '/stages/stream/setup/when': ['task', 'worker'] },
};
