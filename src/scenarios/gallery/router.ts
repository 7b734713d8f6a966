import type { PipelineDocument } from '../../pipeline/types.ts';
import balance from '../stages/router/balance.ts?raw';
import handle from '../stages/router/handle.ts?raw';
import route from '../stages/router/route.ts?raw';

const every10th = 'export const write = { every: 10 };\n';

const notes = `
A router sends each request to the next of four pools (*round robin*). Where it is, its cursor, must outlive it, so it is written to storage: here for real, with \`ctx.counter\` in this browser's IndexedDB. Run it twice: the second run goes on where the first one ended.

**Look at** *Route* in the schedule: written through, each of its tasks waits for the disk. Then the counters in the Cache tab: updates, and the writes they took.

**Turn** the module \`write\`, or take a variant. With *every 10th* there is a tenth of the writes, so at most ten times less time for them, and never fifty; since an update costs more than its write, it is less than that. With *every 50 ms* nobody waits at all.

What it costs: press **Kill the run** in the Cache tab while it runs (*every 10th, over 5 s* leaves time for that). Written through, nothing is lost. With every 10th, up to nine requests were sent off that storage never heard of, with every 50 ms all those of the last moment: the next run begins further back, at pools that have just had their turn. A run that ends by itself or is stopped writes the rest first.

Then try *through, eight at once*: updates that wait for the disk together share a write. That saves nearly as much, and loses nothing.
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
