import type { Claim } from '../claim.ts';

export const sorting: Claim = {
  id: 'A4',
  says: 'Sort tasks by counts of what they wait for, instead of asking in every pass.',
  figures: 'O(n·m) a pass before; 5–10× for dense graphs',
  trials: [
    {
      kind: 'curve',
      name: 'in passes, against counts; half of all tasks needed',
      document: async () => (await import('../../gallery/sorting.ts')).document,
      before: 'passes',
      after: 'counts',
      of: 'tasks',
      cost: 'time',
      claimed: { low: 5, high: 10 },
      fromN: 50,
      // The sizes that it names for its tests are 10, 50 and 200; with more tasks the gain only grows.
      toN: 200,
      claimedExponents: { before: 3, after: 2 },
    },
  ],
  faults: ['The document names the loop by its lines only: both ways are written anew here.'],
  scenario: 'sorting',
  why: 'A dense graph has nearly as many rounds as tasks, and each pass asks for all needs again; on sparse graphs, which most workflows are, much less is saved.',
};
