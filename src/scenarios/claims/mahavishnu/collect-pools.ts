import type { Claim } from '../claim.ts';

const document = async () => (await import('../../gallery/collect-pools.ts')).document;

const together = {
  '/machine/tasksPerWorker': 64,
  '/stages/insert/permits': null,
  '/stages/insert/batch/size': 20,
};
/** Pools of 10 s and inserts of 0.1 s at 1:200. */
const slow = {
  '/stages/collect/work/phases/0/wait': 50,
  '/stages/insert/work/phases': [{ wait: 0.25 }, { wait: 0.25, per: 'item' }],
};

const [pools, items] = [5, 100];
/** Seconds: one thing after another, and everything at once, where 25 batches take a second together. */
const inTurn = (poolS: number) => pools * poolS + pools * items * 0.1;
const atOnce = (poolS: number) => poolS + 1;

export const collectPools: Claim = {
  id: 'B1',
  says: 'Collect from all pools at once, and insert in batches of 20.',
  figures: '5 pools of 100 items: 50 s → 2 s, “25×”; five pools at once “10× faster”',
  scale: '1:100; pools of 10 s 1:200',
  trials: [
    {
      kind: 'compare',
      name: 'pools that answer in 1 s',
      document,
      before: { name: 'one thing after another', set: {} },
      after: { name: 'at once, in batches', set: together },
      claimed: { low: 25, high: 25 },
      isReplay: true,
    },
    {
      kind: 'compare',
      name: 'pools that answer in 10 s',
      document,
      before: { name: 'one thing after another', set: slow },
      after: { name: 'at once, in batches', set: { ...slow, ...together } },
      claimed: { low: 25, high: 25 },
      isReplay: true,
    },
  ],
  sums: [
    {
      working: '5 pools × 10 s + 500 inserts × 0.1 s',
      result: inTurn(10),
      unit: 's before',
      claimed: { low: 50, high: 50 },
      follows: 'The 50 s leave out either the pools or the inserts.',
    },
    {
      working: '10 s for the slowest pool + 1 s for 25 batches at once',
      result: atOnce(10),
      unit: 's after',
      claimed: { low: 2, high: 2 },
      follows: 'With the pools of 10 s that are told of, 2 s cannot be.',
    },
    {
      working: '(5 × 1 s + 500 × 0.1 s) ÷ (1 s + 1 s)',
      result: inTurn(1) / atOnce(1),
      unit: '×',
      claimed: { low: 25 },
      follows: 'With pools of 1 s the 25× hold.',
    },
    {
      working: '5 pools one by one ÷ 5 pools at once',
      result: pools / 1,
      unit: '×',
      claimed: { low: 10 },
      follows: 'Five answers that are waited for together take a fifth of the time at best.',
    },
  ],
  faults: [
    'The listing loops over names and uses a variable that is never set: run as printed, it ends in a NameError.',
  ],
  scenario: 'collect-pools',
  why: 'Nine tenths of the time were inserts one by one, which batches at once save; but one still waits for the slowest pool, so pools of 10 s allow about 9×. How pools are waited for together in this browser, B9 shows.',
};
