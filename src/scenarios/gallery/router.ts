import type { PipelineDocument } from '../../pipeline/types.ts';
import balance from '../stages/router/balance.ts?raw';
import handle from '../stages/router/handle.ts?raw';
import route from '../stages/router/route.ts?raw';

const every10th = 'export const write = { every: 10 };\n';

const notes = `
A router sends each request to the next of four pools (*round robin*). Its cursor, which pool had the last turn, must survive a restart, so it is written to storage: here for real, with \`ctx.counter\` in this browser's IndexedDB. Run it twice: the second run goes on where the first one ended.

**Look at** *Route* in the schedule: written through, each of its tasks waits for the disk. Then the counters in the Cache tab (*This run*): updates, and the writes they took.

**Turn** how often it writes: in the Code tab choose *module write* and put another value in the place of \`'through'\`.

- \`{ every: 10 }\`: a tenth of the writes, so at most ten times less time for them; since an update costs more than its write, it is less than that.
- \`{ everyMs: 50 }\`: a write every 50 ms, and nobody waits for it.

**What it costs:** let the items come *evenly*, 200 a second (Source, *Items come*), which leaves five seconds, and press **Kill the run** in the Cache tab meanwhile. Written through, nothing is lost. With every 10th, up to nine requests were sent off that storage never heard of; with every 50 ms, all those of the last moment. The next run begins that much further back, at pools that have just had their turn. A run that ends by itself or is stopped writes the rest first.

**Then** write through again and give *Route* eight permits: updates that wait for the disk together share a write. That saves nearly as much, and loses nothing.

All of these are variants of the document as well.
`.trim();

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'A router writes down where it is',
  notes,
  source: { kind: 'count', count: 1000 },
  stages: [
    { id: 'route', name: 'Route', work: { kind: 'code', source: route }, permits: 1 },
    { id: 'handle', name: 'Handle', after: ['route'], work: { kind: 'code', source: handle } },
    {
      id: 'balance',
      name: 'Balance',
      after: ['handle'],
      join: 'fold',
      work: { kind: 'code', source: balance },
    },
  ],
  modules: { write: "export const write = 'through';\n" },
  machine: { workers: 2, tasksPerWorker: 8 },
  variants: [
    { name: 'every 10th', set: { '/modules/write': every10th } },
    { name: 'every 50 ms', set: { '/modules/write': 'export const write = { everyMs: 50 };\n' } },
    {
      name: 'every 10th, over 5 s',
      set: { '/modules/write': every10th, '/source/arrivals': { kind: 'uniform', rate: 200 } },
    },
    { name: 'through, eight at once', set: { '/stages/route/permits': 8 } },
  ],
};
