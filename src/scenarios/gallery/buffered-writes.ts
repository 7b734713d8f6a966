import type { PipelineDocument } from '../../pipeline/types.ts';
import append from '../stages/buffered-writes/append.ts?raw';
import digest from '../stages/buffered-writes/digest.ts?raw';

const notes = `
A file of 64 chunks, 8 KiB each, is digested and stored. How far it is stored is written to the disk for real, in this browser's IndexedDB: after every chunk, or after every eighth, which are 64 KiB.

**Look at** *Append*: each of its tasks waits for the disk, and *Digest* waits for nobody. In the Cache tab stand the updates, and the writes they took.

**Turn** how often it writes: in the Code tab choose *module flush*. With \`{ every: 8 }\` it is an eighth of the writes. What that gains depends on what a write costs beside the work: the more one computes between two writes, the less there is to gain. And what is in the buffer is lost in a crash.
`.trim();

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Write in larger pieces',
  notes,
  source: { kind: 'count', count: 64 },
  stages: [
    { id: 'digest', name: 'Digest', work: { kind: 'code', source: digest } },
    {
      id: 'append',
      name: 'Append',
      after: ['digest'],
      work: { kind: 'code', source: append },
      permits: 1,
    },
  ],
  modules: { flush: "export const write = 'through';\n" },
  machine: { workers: 2, tasksPerWorker: 2 },
  variants: [
    { name: '64 KiB at a time', set: { '/modules/flush': 'export const write = { every: 8 };\n' } },
    {
      name: '512 KiB at a time',
      set: { '/modules/flush': 'export const write = { every: 64 };\n' },
    },
  ],
};
