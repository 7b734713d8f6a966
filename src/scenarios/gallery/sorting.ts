import type { PipelineDocument } from '../../pipeline/types.ts';
import counts from '../stages/sorting/counts.ts?raw';
import make from '../stages/sorting/make.ts?raw';
import passes from '../stages/sorting/passes.ts?raw';
import same from '../stages/sorting/same.ts?raw';

/**
 * Half of all tasks before it: the larger a graph is, the more each task needs. Small ones are sorted several times
 * over in one task, so that the clock sees them.
 */
const dense = [
  { n: 10, times: 1500, chance: 0.5 },
  { n: 25, times: 250, chance: 0.5 },
  { n: 50, times: 120, chance: 0.5 },
  { n: 100, times: 12, chance: 0.5 },
  { n: 200, times: 3, chance: 0.5 },
  { n: 400, times: 1, chance: 0.5 },
];
/** Two of the tasks before it, however many there are. */
const sparse = dense.map(({ n }) => ({ n, times: Math.ceil(20_000 / n), needs: 2 }));

const notes = `
Tasks that need other tasks are put into rounds: in each round stands what can be done side by side. Two ways of finding them, on the same graphs:

- **In passes** asks every task that is left, round after round, whether all it needs is done.
- **With counts** counts once what each task still waits for, and counts down (Kahn's algorithm).

*Same* compares the rounds, and fails an item where they differ.

**Look at** the tasks of both stages as the graphs grow from 10 to 400 tasks, each needing half of those before it. So many needs make many rounds, and every round is one more pass.

**Turn** to the variant *sparse*: each task needs two others only. Then there are few rounds, and few needs to ask for in each, so there is little left to save: the counts have to be made first, and gain far less. A better algorithm wins where there is something to save.
`.trim();

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Rounds of tasks, in passes or by counts',
  notes,
  source: { kind: 'values', values: dense },
  stages: [
    { id: 'make', name: 'Make a graph', work: { kind: 'code', source: make } },
    { id: 'passes', name: 'In passes', after: ['make'], work: { kind: 'code', source: passes } },
    { id: 'counts', name: 'With counts', after: ['make'], work: { kind: 'code', source: counts } },
    { id: 'same', name: 'Same', after: ['passes', 'counts'], work: { kind: 'code', source: same } },
  ],
  machine: { workers: 1 },
  variants: [{ name: 'sparse', set: { '/source/values': sparse } }],
};
