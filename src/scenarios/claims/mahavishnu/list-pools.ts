import type { Claim } from '../claim.ts';

const document = async () => (await import('../../gallery/list-pools.ts')).document;

/** 100 pools at 1:200. */
const hundred = { '/source/count': 100, '/stages/ask/work/phases/0/wait': 5 };
/** 10 pools at 1:50; by this seed one of them fails. */
const failing = {
  '/seed': 4,
  '/stages/ask/work/phases/0/wait': 20,
  '/stages/ask/work/failure': 0.1,
};
const allAtOnce = { '/stages/ask/permits': null };

export const listPools: Claim = {
  id: 'B2',
  says: 'Ask all pools how they are at once.',
  figures: '10 pools 10 s → 1 s; 100 pools 100 s → 10 s; “O(n) → O(1)”',
  scale: '1:20; 100 pools 1:200',
  trials: [
    {
      kind: 'compare',
      name: '10 pools, one by one, against all at once',
      document,
      before: { name: 'one by one', set: {} },
      after: { name: 'all at once', set: allAtOnce },
      claimed: { low: 10, high: 10 },
      isReplay: true,
    },
    {
      kind: 'compare',
      name: '100 pools, one by one, against ten at once',
      document,
      before: { name: 'one by one', set: hundred },
      after: { name: 'ten at once', set: { ...hundred, '/stages/ask/permits': 10 } },
      claimed: { low: 10, high: 10 },
      isReplay: true,
    },
  ],
  sums: [
    {
      working: '100 pools × 1 s ÷ 10 s',
      result: (100 * 1) / 10,
      unit: 'at once',
      claimed: { low: 100 },
      follows:
        'The 10 s fit a limit of ten at once, which is nowhere told; all at once would be 1 s.',
    },
    {
      working: '10 s for 100 pools ÷ 1 s for 10 pools',
      result: 10 / 1,
      unit: 'times as long for 10 times as many',
      claimed: { high: 1 },
      follows: 'Ten times as long for ten times as many is O(n) as before, not O(1).',
    },
  ],
  faults: ['The listing returns a list of states where callers expect them by name of the pool.'],
  scenario: 'list-pools',
  why: 'Answers that are waited for together take as long as the slowest of them, and with a limit of ten as many rounds as there are tens. How near this browser comes to it, B9 shows.',
};

export const listWithFailures: Claim = {
  id: 'B9',
  says: 'List, aggregate and check pools at once, even if some of them fail.',
  figures: '5–10× on 10 pools',
  scale: '1:50',
  trials: [
    {
      kind: 'compare',
      name: '10 pools, one failing: one by one, against all at once',
      document,
      before: { name: 'one by one', set: failing },
      after: { name: 'all at once', set: { ...failing, ...allAtOnce } },
      claimed: { low: 5, high: 10 },
    },
  ],
  scenario: 'list-pools',
  why: 'A failure is an answer like another: what fails takes no one else’s time.',
};

export const failingPool: Claim = {
  id: 'B7',
  says: 'One failing pool does not fail the others.',
  figures: 'errors are collected; no figure',
  scale: '1:50',
  trials: [
    {
      kind: 'level',
      name: 'answers of the other nine',
      document,
      settings: { name: 'one fails, all at once', set: { ...failing, ...allAtOnce } },
      quantity: 'items/delivered',
      unit: 'answers',
      claimed: { low: 9 },
      better: 'more',
    },
  ],
  scenario: 'list-pools',
  why: 'With “collect” a failure is kept beside the answers; with “stop”, the same failure throws away all that is still under way.',
};
