import type { PipelineDocument } from '../../pipeline/types.ts';
import process from '../stages/processor/process.ts?raw';

const settings = (concurrency: number): string =>
  `export const concurrency = ${concurrency};\nexport const meanMs = 6;\n`;

const notes = `
200 files wait for the disk, most of them briefly, a few for long. A processor takes them in batches of 50, works on 16 at once, and begins the next batch when the last file of this one is done.

**Look at** the four tasks: towards the end of each batch fewer and fewer files are under way, and nothing new begins. A batch is a barrier.

**Turn** it into *a plain queue*: the same 16 at once, but the next file begins when any is done. The work is the same, and the gaps are gone.

**Then** *no concurrency*: one at a time. Against that either way is a great gain, because waiting files need no core. Computing is another matter: there no more goes on at once than there are workers on cores, however large the concurrency.
`.trim();

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Batches are barriers',
  notes,
  source: { kind: 'count', count: 200 },
  stages: [
    {
      id: 'process',
      name: 'Process',
      work: { kind: 'code', source: process },
      batch: { size: 50, linger: null },
      permits: 1,
    },
  ],
  modules: { settings: settings(16) },
  machine: { workers: 1, tasksPerWorker: 16 },
  variants: [
    {
      name: 'a plain queue',
      set: { '/stages/process/batch/size': 1, '/stages/process/permits': 16 },
    },
    { name: 'no concurrency', set: { '/modules/settings': settings(1) } },
    { name: 'one batch of 200', set: { '/stages/process/batch/size': 200 } },
  ],
  sweep: { '/stages/process/batch/size': [16, 50, 100, 200] },
};
