import type { PipelineDocument } from '../../pipeline/types.ts';

const stable = [0, 1, 1, 1, 1];
const canary = [1, 0, 0, 0, 0];

const notes = `
Eighty requests. One in five is sent to the new version, which takes 10 ms, the others to the old one, which takes 20. Eight run at once. What a filter lets through is its *expand*: 1 passes an item on, 0 ends it.

**Look at** the whole: 190 ms in place of 200. The new version needs half the time, and of the whole not even a tenth is gone: a fifth of the traffic cannot show more. Compare the *service* of both stages instead: there it is 10 ms against 20.

**Turn** the weights: *all of it* sends every request to the new version. *Roll back* sends none. Both are one press here, under Variants, and each state you keep under Versions can be restored.
`.trim();

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'A fifth goes to the new version',
  notes,
  source: { kind: 'count', count: 80 },
  stages: [
    {
      id: 'to-stable',
      name: 'To the old',
      work: { kind: 'synthetic', phases: [], expand: { perItem: stable } },
    },
    {
      id: 'to-canary',
      name: 'To the new',
      work: { kind: 'synthetic', phases: [], expand: { perItem: canary } },
    },
    {
      id: 'stable',
      name: 'Old version',
      after: ['to-stable'],
      work: { kind: 'synthetic', phases: [{ wait: 20 }], output: 10 },
      uses: { server: 1 },
    },
    {
      id: 'canary',
      name: 'New version',
      after: ['to-canary'],
      work: { kind: 'synthetic', phases: [{ wait: 10 }], output: 10 },
      uses: { server: 1 },
    },
  ],
  limits: { server: 8 },
  machine: { cores: 2, workers: 2, tasksPerWorker: 8 },
  variants: [
    {
      name: 'all of it',
      set: {
        '/stages/to-stable/work/expand': 0,
        '/stages/to-canary/work/expand': 1,
      },
    },
    {
      name: 'roll back',
      set: {
        '/stages/to-stable/work/expand': 1,
        '/stages/to-canary/work/expand': 0,
      },
    },
  ],
};
