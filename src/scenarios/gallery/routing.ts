import type { PipelineDocument } from '../../pipeline/types.ts';

const notes = `
Tasks come to eight pools, four fifths of what they can take, and most are short while a few are long. Each is sent to a pool as it comes and stays there: whoever stands behind a long one waits, even if the pool beside it has nothing to do.

**Look at** the mean latency under *round robin*: every pool gets its turn, whatever it still has to do.

**Turn** the routing (Machine, *Routing*):

- *Random* is worse still: now and then a pool gets several in a row.
- *Two choices*, the better of two drawn at random, has more than half of the gain.
- *Least loaded* has all of it. Whether it is found in a heap or by looking at all pools makes no difference to the schedule.
- With one *shared queue* nobody waits while a pool is idle. That needs no choice at all, where tasks need not be sent ahead.
`.trim();

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Which pool gets the task?',
  notes,
  source: { kind: 'count', count: 600, arrivals: { kind: 'poisson', rate: 640 } },
  stages: [
    {
      id: 'handle',
      name: 'Handle',
      work: { kind: 'synthetic', phases: [{ wait: { lognormal: { mean: 10, cv: 2 } } }] },
    },
  ],
  machine: { cores: 2, workers: 8, routing: 'round-robin' },
  variants: [
    { name: 'random', set: { '/machine/routing': 'random' } },
    { name: 'two choices', set: { '/machine/routing': 'two-choices' } },
    { name: 'least loaded, by a scan', set: { '/machine/routing': 'least-loaded-scan' } },
    { name: 'least loaded, by a heap', set: { '/machine/routing': 'least-loaded' } },
    { name: 'shared queue', set: { '/machine/routing': 'shared-queue' } },
  ],
  sweep: {
    '/machine/routing': ['round-robin', 'random', 'two-choices', 'least-loaded', 'shared-queue'],
    '/source/arrivals/rate': [320, 640, 720],
  },
};
