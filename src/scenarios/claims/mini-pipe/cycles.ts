import type { Claim, CurveTrial } from '../claim.ts';
import { inVariant } from '../in-variant.ts';

const plain = async () => (await import('../../gallery/cycles.ts')).document;

const trial: Omit<CurveTrial, 'name' | 'document'> = {
  kind: 'curve',
  before: 'copied-path',
  after: 'one-path',
  of: 'tasks',
  cost: 'count',
  unit: 'names in paths',
  claimed: { low: 2, high: 5 },
  fromN: 50,
};

export const cycles: Claim = {
  id: 'A5',
  says: 'Find cycles with one path and backtracking instead of copying the path.',
  figures: 'O(n²) memory before; 2–5× less',
  trials: [
    { ...trial, name: 'each task needs three others', document: plain },
    {
      ...trial,
      name: 'each task needs the one before it',
      document: async () => inVariant(await plain(), 'a row'),
      claimedExponents: { before: 2, after: 1 },
    },
  ],
  faults: ['The document names the function by its lines only: both ways are written anew here.'],
  scenario: 'cycles',
  why: 'Copies of a path of d names hold d² ÷ 2 of them, one path holds d: what is saved is about d ÷ 2, and d is the depth of the graph, not its size.',
};
