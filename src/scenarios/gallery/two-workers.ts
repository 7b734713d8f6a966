import type { PipelineDocument } from '../../pipeline/types.ts';

const notes = `
Forty items, each 20 ms of pure computing: 800 ms of work in all.

**Look at** the lanes. One worker does it in 800 ms. Two workers on two cores do it in 400.

**Turn** the workers to 4: on two cores nothing is gained, because the cores are shared and each task merely takes twice as long. Then try 3 items in place of 40: two workers need the time of two items, and the second worker idles through half of it.
`.trim();

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'One worker, then two',
  notes,
  source: { kind: 'count', count: 40 },
  stages: [{ id: 'work', name: 'Work', work: { kind: 'synthetic', phases: [{ cpu: 20 }] } }],
  machine: { cores: 2, workers: 1 },
  variants: [
    { name: 'two workers', set: { '/machine/workers': 2 } },
    { name: 'four workers', set: { '/machine/workers': 4 } },
  ],
  sweep: { '/machine/workers': [1, 2, 3, 4], '/source/count': [3, 10, 40] },
};
