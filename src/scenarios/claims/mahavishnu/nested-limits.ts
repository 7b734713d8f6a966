import type { Claim } from '../claim.ts';

const document = async () => (await import('../../gallery/nested-limits.ts')).document;

/** Fewer calls, and hardly any time before them, of which the claim does not speak. */
const eighty = { '/source/count': 80, '/stages/prepare/work/phases/0/cpu': 0.05 };

export const nestedLimits: Claim = {
  id: 'B4',
  says: 'Remove the outer of two nested semaphores.',
  figures: '10 → 20 at once, “2×”; “should be 100”',
  trials: [
    {
      kind: 'compare',
      name: '20 inside 10, against 20 alone',
      document,
      before: { name: 'both limits', set: eighty },
      after: { name: 'only the inner one', set: { ...eighty, '/machine/inFlight': null } },
      claimed: { low: 2, high: 2 },
    },
  ],
  sums: [
    {
      working: '10 workers × 10 permits, nested',
      result: Math.min(10, 10),
      unit: 'at once',
      claimed: { low: 100 },
      follows: 'Nested limits do not multiply: the smaller one wins.',
    },
  ],
  faults: ['Listed as done among the results, and planned in the text.'],
  scenario: 'nested-limits',
  why: 'The outer limit was the smaller one: without it, the inner limit of 20 holds.',
};
