import type { Claim, CompareTrial } from '../claim.ts';

const [updates, every] = [100, 10];
const hundred = { '/source/count': updates };
const everyTenth = { '/modules/write': 'export const write = { every: 10 };\n' };
const document = async () => (await import('../../gallery/router.ts')).document;

const pair: Omit<CompareTrial, 'name' | 'quantity' | 'claimed'> = {
  kind: 'compare',
  document,
  before: { name: 'at every update', set: hundred },
  after: {
    name: 'at every 10th',
    set: { ...hundred, ...everyTenth },
  },
};

export const router: Claim = {
  id: 'A1',
  says: 'Write the router’s state at every 10th update instead of every one.',
  figures: '100+ writes → about 10; “10–50×” where I/O is heavy',
  trials: [
    {
      ...pair,
      name: 'time spent on updates',
      quantity: 'stages/route/busy',
      claimed: { low: 10, high: 50 },
    },
    {
      ...pair,
      name: 'writes',
      quantity: 'counters/cursor/writes',
      claimed: { low: updates / every },
    },
    {
      kind: 'level',
      name: 'updates of 105 left unwritten, once the run has ended by itself',
      document,
      settings: { name: 'at every 10th', set: { ...everyTenth, '/source/count': 105 } },
      quantity: 'counters/cursor/unwritten',
      unit: 'updates',
      claimed: { high: 0 },
      better: 'less',
    },
  ],
  sums: [
    {
      working: '100 ÷ 10 writes, the most there is to gain',
      result: updates / (updates / every),
      unit: '×',
      claimed: { low: 50, high: 50 },
      follows:
        'A tenth of the writes takes a tenth of their time at best: that is the lower end of 10–50×.',
    },
    {
      working: 'every 10th is written, so up to 9 are not',
      result: every - 1,
      unit: 'updates lost by a crash',
      claimed: { high: 0 },
      follows: 'A flush at the end keeps nothing safe from a crash before the end.',
    },
  ],
  faults: ['“Data integrity” is said to be kept by a flush that a crash does not call.'],
  scenario: 'router',
  why: (verdict) =>
    verdict === 'reproduced'
      ? 'Writes are ten times fewer, and in this browser nearly all of an update is its write.'
      : 'Writes are ten times fewer, but an update costs more than its write, so its time falls by less than that.',
};
