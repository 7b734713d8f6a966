import type { PipelineDocument } from '../../pipeline/types.ts';

const notes = `
Each call of *insert* costs 8 ms however much it carries, and half a millisecond for each item in it. One call runs at a time.

**Look at** 200 items, one a call: 200 × 8.5 ms = 1.7 s, nearly all of it the fixed cost.

**Turn** the batch size. With 20 it is ten full calls of 18 ms, nine times less. With 200 only a third of that is saved again: most of the gain was had long before. *Linger* makes the first item of a batch wait for more to come: with slow arrivals that saves calls and costs latency.

**Then** take the limit off (*Insert*, no permits), so that all calls go at once. Now batches of 20 are done in 30 ms, and one of 200 takes 116: there is nothing left to queue for, and what is in a large batch waits for all of it.
`.trim();

const allAtOnce = (size: number) => ({
  '/stages/insert/permits': null,
  '/stages/insert/batch/size': size,
});

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Batches share a fixed cost',
  notes,
  source: { kind: 'count', count: 200 },
  stages: [
    { id: 'fetch', name: 'Fetch', work: { kind: 'synthetic', phases: [{ wait: 2 }] } },
    {
      id: 'insert',
      name: 'Insert',
      after: ['fetch'],
      work: {
        kind: 'synthetic',
        phases: [{ wait: 8 }, { wait: 0.5, per: 'item' }],
      },
      permits: 1,
      batch: { size: 1 },
    },
  ],
  machine: { cores: 2, workers: 2, tasksPerWorker: 16 },
  variants: [
    { name: 'batches of 5', set: { '/stages/insert/batch/size': 5 } },
    { name: 'batches of 20', set: { '/stages/insert/batch/size': 20 } },
    { name: 'batches of 200', set: { '/stages/insert/batch/size': 200 } },
    { name: 'batches of 20, all at once', set: allAtOnce(20) },
    { name: 'batches of 200, all at once', set: allAtOnce(200) },
  ],
  sweep: { '/stages/insert/batch/size': [1, 2, 5, 10, 20, 50, 100, 200] },
};
