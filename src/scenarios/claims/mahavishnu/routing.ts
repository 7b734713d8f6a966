import type { Claim, CurveTrial } from '../claim.ts';

const routingCost = async () => (await import('../../gallery/routing-cost.ts')).document;

/** One decision among so many pools; all sizes are in the same runs. */
const among = (named: string, pools: number, times: number): CurveTrial => ({
  kind: 'curve',
  name: `one decision among ${named} pools: a scan, against a heap`,
  document: routingCost,
  before: 'scan',
  after: 'heap',
  of: 'pools',
  cost: 'time',
  claimed: { low: times, high: times },
  fromN: pools,
  toN: pools,
  // log n, over 10 … 1,000 pools, grows like n^0.24.
  claimedExponents: { before: 1, after: 0.24 },
});

export const routing: Claim = {
  id: 'B5',
  says: 'Find the least loaded pool by a heap instead of a scan.',
  figures: 'O(n) → O(log n); 10 pools the same, 100 pools 10×, 1,000 pools 100×',
  trials: [
    // A hundred are about where the two meet: which is quicker there is up to the machine.
    { ...among('100', 100, 10), expects: 'either' },
    among('1,000', 1000, 100),
    {
      kind: 'compare',
      name: 'a whole run over 8 pools: a scan, against a heap',
      document: async () => (await import('../../gallery/routing.ts')).document,
      before: {
        name: 'by a scan',
        set: { '/source/count': 120, '/machine/routing': 'least-loaded-scan' },
      },
      after: {
        name: 'by a heap',
        set: { '/source/count': 120, '/machine/routing': 'least-loaded' },
      },
      claimed: { low: 1, high: 1 },
      expects: 'no gain',
      isReplay: true,
    },
  ],
  sums: [
    {
      working: '100 looks ÷ log₂ 100 moves',
      result: 100 / Math.log2(100),
      unit: '×',
      claimed: { low: 10 },
      follows:
        'Counted in steps 100 pools would gain 15×; but a step of a heap costs more than a look.',
    },
  ],
  faults: [
    'The heap gets a new entry for every change and never loses an old one: of 10,000 tasks all went to one pool, while the heap grew to 19,960 entries.',
    'After 2,000 pools have been removed, its recursion overflows the stack.',
    'It counts workers, not load: a busy pool and an idle one of the same size are alike.',
    'Listed among the results, though the text calls it planned.',
  ],
  scenario: 'routing-cost',
  why: 'A scan over plain numbers is quick and a heap has to be kept in order at every change, so it pays from hundreds of pools on; over a few pools nobody can tell.',
};
