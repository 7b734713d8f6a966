import type { PipelineDocument } from '../../pipeline/types.ts';
import heap from '../stages/routing/heap.ts?raw';
import make from '../stages/routing/make.ts?raw';
import same from '../stages/routing/same.ts?raw';
import scan from '../stages/routing/scan.ts?raw';
import office from '../stages/routing/shared.ts?raw';
import staleHeap from '../stages/routing/stale-heap.ts?raw';
import twoChoices from '../stages/routing/two-choices.ts?raw';

/** Few pools are decided on many times over in one task, so that the clock sees them. */
const sizes = [
  { n: 10, times: 30 },
  { n: 30, times: 20 },
  { n: 100, times: 14 },
  { n: 300, times: 10 },
  { n: 1000, times: 4 },
  { n: 3000, times: 2 },
];

const notes = `
Three thousand tasks go to pools, each to the pool that has the fewest open. Before a task comes, another one ends somewhere, so the loads keep changing. Four ways of choosing, on the same tasks:

- **Scan** looks at all pools.
- **Heap** keeps the pool with the fewest tasks on top, and moves a pool whenever its load changes.
- **Two choices** looks at two pools drawn at random, however many there are.
- **Stale heap** adds an entry whenever a load changes and never takes the old one out.

*Same* makes sure that scan and heap choose alike, and fails an item where they do not.

**Look at** the tasks of *Scan* and *Heap* as the pools grow from 10 to 3,000. Ten pools are scanned about as fast as a heap is kept. Then the results: *busiest* says how many tasks the busiest pool got. Two choices come close to the best. The stale heap sent everything to one pool.

**Turn** the sizes (Source, *Values*) as you like: the scan grows with the pools, the heap with their logarithm, two choices not at all.
`.trim();

const way = (id: string, name: string, source: string) => {
  return { id, name, after: ['make'], work: { kind: 'code' as const, source } };
};

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'What it costs to find the least loaded pool',
  notes,
  source: { kind: 'values', values: sizes },
  stages: [
    { id: 'make', name: 'Make tasks', work: { kind: 'code', source: make } },
    way('scan', 'Scan', scan),
    way('heap', 'Heap', heap),
    way('two-choices', 'Two choices', twoChoices),
    way('stale-heap', 'Stale heap', staleHeap),
    {
      id: 'same',
      name: 'Same',
      after: ['scan', 'heap', 'two-choices', 'stale-heap'],
      work: { kind: 'code', source: same },
    },
  ],
  modules: { office },
  machine: { workers: 1 },
  variants: [
    { name: 'a thousand pools', set: { '/source/values': sizes.filter(({ n }) => n === 1000) } },
  ],
};
