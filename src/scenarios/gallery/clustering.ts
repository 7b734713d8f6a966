import type { PipelineDocument } from '../../pipeline/types.ts';
import allPairs from '../stages/gaps/all-pairs.ts?raw';
import distances from '../stages/gaps/shared.ts?raw';
import make from '../stages/gaps/make.ts?raw';
import same from '../stages/gaps/same.ts?raw';
import withHeap from '../stages/gaps/with-heap.ts?raw';

/** Small sizes are done several times over in one task, so that the clock sees them. */
const sizes = [
  { n: 10, times: 200 },
  { n: 25, times: 80 },
  { n: 50, times: 12 },
  { n: 100, times: 4 },
  { n: 200, times: 3 },
  { n: 400, times: 2 },
];

const notes = `
An audit leaves a list of *gaps*. Those that lie near each other are to be closed together: the two nearest clusters are joined, again and again, until the nearest two are too far apart (their farthest members count: *complete linkage*). Two ways of doing that, on the same gaps:

- **All pairs** looks at every pair of clusters for each join: a loop in a loop in a loop, n³.
- **With a heap** puts every pair into a priority queue once and takes the nearest from the top: n² log n. It is not n log n, as one may read: there are n² pairs to put in.

*Same* compares what both found, and fails an item where it differs.

**Look at** the tasks of both stages as the gaps grow from 10 to 400. A small size is done many times over in one task: compare the two stages, not the sizes. With few gaps the three loops are at least as fast: they run over plain numbers, and the heap has to be built first. With hundreds they fall behind.

**Turn** the sizes (Source, *Values*) to 800: the number of triples grows eightfold from 400, that of pairs fourfold.
`.trim();

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Clusters by three loops or by a heap',
  notes,
  source: { kind: 'values', values: sizes },
  stages: [
    { id: 'make', name: 'Make gaps', work: { kind: 'code', source: make } },
    {
      id: 'all-pairs',
      name: 'All pairs',
      after: ['make'],
      work: { kind: 'code', source: allPairs },
    },
    {
      id: 'with-heap',
      name: 'With a heap',
      after: ['make'],
      work: { kind: 'code', source: withHeap },
    },
    {
      id: 'same',
      name: 'Same',
      after: ['all-pairs', 'with-heap'],
      work: { kind: 'code', source: same },
    },
  ],
  modules: { distances },
  machine: { workers: 1 },
  variants: [
    {
      name: 'small ones only',
      set: { '/source/values': sizes.filter(({ n }) => n <= 50) },
    },
    { name: 'two workers', set: { '/machine/workers': 2 } },
  ],
};
