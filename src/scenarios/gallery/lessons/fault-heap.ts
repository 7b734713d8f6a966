import type { PipelineDocument } from '../../../pipeline/types.ts';
import faulty from '../../stages/lessons/heap-faulty.ts?raw';
import mended from '../../stages/lessons/heap-mended.ts?raw';

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Spot the fault: the least loaded pool',
  notes:
    'A heap that remembers what is no longer true: the steps are in the Lesson tab, the code in the Code tab.\n\n**Look at** how many tasks the fullest pool has got. **Turn** the number of pools, at the source.',
  source: { kind: 'values', values: [{ tasks: 1000, pools: 4 }] },
  stages: [{ id: 'route', name: 'Route', work: { kind: 'code', source: faulty } }],
  machine: { workers: 1 },
  lesson: [
    {
      title: 'Read it',
      text: 'A router sends 1,000 tasks to four pools, each to the one with the least load. A *heap* keeps the least on top, so that it is found at once.\n\n```\nfor (const task of tasks) {\n  const { pool } = heap[0];   // the least loaded\n  load[pool]++;\n  heap.push({ load: load[pool], pool });\n}\n```',
      ask: 'Fair would be a quarter each. What share does the fullest pool get?',
      answers: ['a quarter', 'about a half', 'all of it'],
      grade: { quantity: 'results/route/most ÷ results/route/tasks', limits: [0.37, 0.8] },
      why: 'All of it. The new load is *added* to the heap, and the old entry, “this pool has 0”, stays on top for ever. So the same pool is the least loaded each time.',
      show: 'results',
    },
    {
      title: 'How large it grows',
      text: 'The same run. There are four pools.',
      ask: 'How many entries has the heap in the end?',
      answers: ['4', 'about 500', 'about 1,000'],
      grade: { quantity: 'results/route/entries', limits: [50, 750] },
      why: 'Four, and one more for every task: memory that is never given back. That a structure grows while what it describes does not is a sign that something in it is stale.',
      show: 'results',
    },
    {
      title: 'Mended',
      text: 'Now the entry on top gets its new load and *sinks* to where it belongs. Nothing is added.\n\n```\nheap[0].load++;\nsink(0);\n```',
      set: { '/stages/route/work/source': mended },
      ask: 'What share does the fullest pool get now?',
      answers: ['a quarter', 'about a half', 'all of it'],
      grade: { quantity: 'results/route/most ÷ results/route/tasks', limits: [0.37, 0.8] },
      why: 'A quarter. A test that looks at *balance*, and not only at how fast a decision is, would have found it on the first day.',
      show: 'results',
    },
  ],
};
