import type { PipelineDocument } from '../../pipeline/types.ts';
import copiedPath from '../stages/cycles/copied-path.ts?raw';
import make from '../stages/cycles/make.ts?raw';
import onePath from '../stages/cycles/one-path.ts?raw';
import same from '../stages/cycles/same.ts?raw';

const sizes = [10, 25, 50, 100, 200, 400, 800];

const notes = `
Tasks that need each other in a circle can never start. To find such a circle one walks from need to need and remembers the path. Two ways of remembering, on the same graphs:

- **Copied path**: every step takes a copy of the path so far. All copies are kept until the walk comes back: a path of d tasks keeps 1 + 2 + … + d of them.
- **One path** for all: a step adds to it, the way back takes away again (*backtracking*).

*Same* compares what was found, and fails an item where it differs.

**Look at** the results: *cost* is the most names that the paths of each way held at once. At eight bytes a name that is a kilobyte or two for 800 tasks, however they are remembered: each task needs three others here, and no path gets long.

**Turn** to the variant *a row*, in which each task needs the one before it. Then the path is as long as the graph, and copying keeps n² ÷ 2 names. How much is saved depends on how deep the graph is, not on how large. The variant *a circle* has one to be found.
`.trim();

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Circles, by copied paths or by one',
  notes,
  source: { kind: 'values', values: sizes.map((n) => ({ n })) },
  stages: [
    { id: 'make', name: 'Make a graph', work: { kind: 'code', source: make } },
    {
      id: 'copied-path',
      name: 'Copied path',
      after: ['make'],
      work: { kind: 'code', source: copiedPath },
    },
    { id: 'one-path', name: 'One path', after: ['make'], work: { kind: 'code', source: onePath } },
    {
      id: 'same',
      name: 'Same',
      after: ['copied-path', 'one-path'],
      work: { kind: 'code', source: same },
    },
  ],
  machine: { workers: 1 },
  variants: [
    { name: 'a row', set: { '/source/values': sizes.map((n) => ({ n, isRow: true })) } },
    { name: 'a circle', set: { '/source/values': sizes.map((n) => ({ n, isCyclic: true })) } },
  ],
};
