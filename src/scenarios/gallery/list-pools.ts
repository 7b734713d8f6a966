import type { PipelineDocument } from '../../pipeline/types.ts';

const notes = `
Ten pools are asked how they are, and each answers after a second. Times are a twentieth here: 50 ms stand for a second.

**Look at** the schedule: asked one after another, ten pools take 10 s.

**Turn** the permits of *Ask*: with 10 all answers are waited for together, and ten pools take 1 s. So would a hundred pools with 100 permits. With 10 permits they take 10 s: the time grows with the number of pools again, only ten times slower.

In the variant *some fail* a tenth of them do not answer. What becomes of the others is up to *On error*: **collect** keeps their answers and notes who failed, **stop** throws away all that is still under way. In *tried again* each has three attempts. The random draw behind it is the same each time, so that the same pools fail however they are asked.
`.trim();

const someFail = { '/stages/ask/work/failure': 0.1, '/source/count': 100 };

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Ten pools, asked one by one',
  notes,
  source: { kind: 'count', count: 10 },
  stages: [
    {
      id: 'ask',
      name: 'Ask',
      work: { kind: 'synthetic', phases: [{ wait: 50 }], failure: 0 },
      permits: 1,
      retry: { attempts: 1 },
    },
  ],
  machine: { cores: 2, workers: 1, tasksPerWorker: 128 },
  variants: [
    { name: 'all at once', set: { '/stages/ask/permits': null } },
    { name: '100, ten at once', set: { '/source/count': 100, '/stages/ask/permits': 10 } },
    { name: '100 at once', set: { '/source/count': 100, '/stages/ask/permits': null } },
    { name: 'some fail', set: { ...someFail, '/stages/ask/permits': 10 } },
    {
      name: 'some fail, stop',
      set: { ...someFail, '/stages/ask/permits': 10, '/stages/ask/onError': 'stop' },
    },
    {
      name: 'some fail, tried again',
      set: { ...someFail, '/stages/ask/permits': 10, '/stages/ask/retry/attempts': 3 },
    },
  ],
  sweep: { '/stages/ask/permits': [1, 2, 5, 10, 20, 50, 100], '/source/count': [10, 100] },
};
