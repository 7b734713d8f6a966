import type { PipelineDocument } from '../../pipeline/types.ts';
import work from '../stages/plain-loop/work.ts?raw';

const notes = `
Twenty items that compute for some milliseconds, on one worker, a task each: each is chosen, sent, done and noted. The variant *a plain loop* does the same twenty in one call, as a \`for\` loop would.

**Look at** the small gaps between the tasks: that is what a pipeline costs which has nothing to run side by side.

**Turn** the batch size up from 1: the gaps become fewer. Then the other way: give each item less to do (*rounds* in its code), and at some point the loop is the better pipeline.
`.trim();

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'One worker or a plain loop',
  notes,
  source: { kind: 'count', count: 20 },
  stages: [{ id: 'work', name: 'Work', work: { kind: 'code', source: work }, batch: { size: 1 } }],
  machine: { workers: 1 },
  variants: [
    { name: 'a plain loop', set: { '/stages/work/batch': { size: 20, linger: null } } },
    { name: 'two workers', set: { '/machine/workers': 2 } },
  ],
  sweep: { '/stages/work/batch/size': [1, 2, 5, 20] },
};
