import type { Claim } from '../claim.ts';

/** Pairs of n gaps that a heap must hold at first. */
const pairs = (n: number) => (n * (n - 1)) / 2;

export const clustering: Claim = {
  id: 'A3',
  says: 'Cluster gaps with a priority queue instead of three nested loops.',
  figures: 'O(n³) → O(n log n); 10–100× for 200 gaps and more',
  trials: [
    {
      kind: 'curve',
      name: 'three loops, against a heap',
      document: async () => (await import('../../gallery/clustering.ts')).document,
      before: 'all-pairs',
      after: 'with-heap',
      of: 'gaps',
      cost: 'time',
      claimed: { low: 10, high: 100 },
      fromN: 200,
      // n log n is a little above n: over 10 … 400 gaps it grows like n^1.25.
      claimedExponents: { before: 3, after: 1.25 },
    },
  ],
  sums: [
    {
      working: '200 × 199 ÷ 2 pairs to look at, in steps of 200 × log₂ 200',
      result: pairs(200) / (200 * Math.log2(200)),
      unit: 'times n log n',
      claimed: { high: 1 },
      follows: 'All pairs have to be looked at once, which alone is n²: O(n log n) cannot be.',
    },
  ],
  faults: ['The document names the loops by their lines only: both ways are written anew here.'],
  scenario: 'clustering',
  why: 'A heap saves one of the three loops, not two of them, and costs more a step: it loses with few gaps and wins with hundreds.',
};
