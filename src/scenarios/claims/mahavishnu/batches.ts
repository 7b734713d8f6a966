import type { Claim, CompareTrial } from '../claim.ts';

const document = async () => (await import('../../gallery/batching.ts')).document;

const inBatchesOf = (size: number) => ({
  name: size === 1 ? 'one by one' : `batches of ${size}`,
  set: { '/source/count': 500, '/stages/insert/batch/size': size },
});

/**
 * A hundred items that are there at once, and all calls at once, as in the listing. The times are three times the
 * scenario's: 24 ms a call and 1.5 ms an item.
 */
const atOnce = (size: number) => ({
  name: `batches of ${size}`,
  set: {
    '/source/count': 100,
    '/stages/fetch/work/phases': [],
    '/stages/insert/work/phases': [{ wait: 24 }, { wait: 1.5, per: 'item' }],
    '/stages/insert/permits': null,
    // Until it is full.
    '/stages/insert/batch': { size, linger: null },
  },
});

const trial: Omit<CompareTrial, 'name' | 'before' | 'after' | 'claimed'> = {
  kind: 'compare',
  document,
};

export const batches: Claim = {
  id: 'B8',
  says: 'Batches of 20 are best, and save calls.',
  figures: '“optimal for HTTP”; 500 → 25 calls, “95 %+ fewer”',
  trials: [
    {
      ...trial,
      name: 'calls, one by one, against batches of 20',
      before: inBatchesOf(1),
      after: inBatchesOf(20),
      quantity: 'stages/insert/tasks',
      // 95 % fewer.
      claimed: { low: 500 / 25 },
      isReplay: true,
    },
    {
      ...trial,
      name: 'time, all calls at once: batches of 100, against batches of 20',
      before: atOnce(100),
      after: atOnce(20),
      claimed: null,
    },
    {
      ...trial,
      name: 'time, all calls at once: batches of 5, against batches of 20',
      before: atOnce(5),
      after: atOnce(20),
      claimed: null,
      expects: 'no gain',
    },
  ],
  sums: [
    {
      working: '1 − 25 ÷ 500',
      result: 100 * (1 - 25 / 500),
      unit: '% fewer calls',
      claimed: { low: 95 },
      follows: 'It is 95 %, not more: any batch of 20 saves just that.',
    },
  ],
  scenario: 'batching',
  why: 'Which size is best follows from the fixed cost of a call, its cost an item and how many calls go at once: where all go at once, as in the listing, smaller ones are done sooner; where they go one at a time, larger ones go on saving.',
};
