import type { Claim } from '../claim.ts';
import { lessTime } from '../less-time.ts';

const twoWorkers = async () => (await import('../../gallery/two-workers.ts')).document;
const plainLoop = async () => (await import('../../gallery/plain-loop.ts')).document;
const smartCache = async () => (await import('../../gallery/smart-cache.ts')).document;
const overload = async () => (await import('../../gallery/overload.ts')).document;

/** So many ms of computing each, on the cores of this machine. */
const computing = (count: number, workers: number | 'cores', cpu = 3): Record<string, unknown> => ({
  '/source/count': count,
  '/stages/work/work/phases/0/cpu': cpu,
  '/machine/cores': null,
  '/machine/workers': workers,
});
/** As many items as 2, 4, 6, 8, 12, 16, 24 and 32 workers share evenly: nobody is left with the last of them. */
const shared = (workers: number | 'cores'): Record<string, unknown> => computing(96, workers, 1.25);
const allCores = { name: 'a worker for each core', set: shared('cores') };

export const repeatedWork: Claim = {
  id: 'C3',
  says: 'A cache with a time to live, a size limit, versions and LRU, for repeated work.',
  figures: '> 80–85 % hits; within its limit; access in < 1 s; TTL 1 h, 100 MB',
  trials: [
    {
      kind: 'level',
      name: 'hits, each of ten documents asked for ten times',
      document: smartCache,
      settings: { name: 'cached', set: {} },
      quantity: 'stages/summarise/cacheHits ÷ stages/summarise/received',
      unit: '%',
      claimed: { low: 85 },
      better: 'more',
      noGain: 0,
      cache: true,
    },
    {
      kind: 'level',
      name: 'time of an access, the mean of a hundred',
      document: smartCache,
      settings: { name: 'cached', set: {} },
      quantity: 'makespan ÷ items/delivered',
      unit: 'ms',
      claimed: { high: 1000 },
      better: 'less',
      cache: true,
    },
  ],
  faults: [
    'What it compresses it never decompresses.',
    'One entry of 5 MB empties a cache of 1 MB, and is put in all the same; no limit given is no limit at all.',
    'A Map of 100,000 entries counts as 2 bytes, and MB are compared with bytes.',
    'The least recently used of one millisecond is whoever comes first, even the one just read.',
    'An entry with a version of its own can never be read; its own time to live of 0 becomes an hour.',
    'Its timer never stops, and a key that is replaced counts twice.',
  ],
  scenario: 'smart-cache',
  why: 'Results are really kept in storage; how many are found is how often the same is asked for again: ten times are 90 % at most, seven times 86 %, six times 83 %.',
};

const arriving = (count: number, rate: number): Record<string, unknown> => ({
  '/source/count': count,
  '/source/arrivals/rate': rate,
});

export const steady: Claim = {
  id: 'C5',
  says: 'Steady under load: linear in the data, degrading gracefully, predictable, without leaks.',
  figures: 'no leak in 24 h; time linear in the size of the data',
  trials: [
    {
      kind: 'compare',
      name: 'throughput of 10 items, against that of 40',
      document: twoWorkers,
      before: { name: '10 items', set: computing(10, 1) },
      after: { name: '40 items', set: computing(40, 1) },
      quantity: 'throughput',
      better: 'more',
      claimed: { low: 1 },
      differs: 'Four times as many items are four times as many results.',
      expects: 'either',
    },
    {
      kind: 'compare',
      name: 'bytes held at 90 a second, of 60 items, against 6,000',
      document: overload,
      before: { name: '60 items', set: arriving(60, 90) },
      after: { name: '6,000 items', set: arriving(6000, 90) },
      quantity: 'memory/peak',
      claimed: { low: 1 },
      expects: 'no gain',
      isReplay: true,
    },
    {
      kind: 'compare',
      name: 'throughput of what can do 100 a second: 100 arrive, against 400',
      document: overload,
      before: { name: '100 a second', set: arriving(200, 100) },
      after: { name: '400 a second', set: arriving(200, 400) },
      quantity: 'throughput',
      better: 'more',
      claimed: { low: 1 },
      expects: 'either',
      isReplay: true,
    },
  ],
  faults: ['A day of load is among the targets, and no run of one is reported.'],
  scenario: 'overload',
  why: (verdict) =>
    verdict === 'refuted'
      ? 'Items that do not wait for each other take time in proportion; what more there is here is of the machine, not of the way the work is divided.'
      : 'Items that do not wait for each other take time in proportion; a barrier that compares all with all would not.',
};

export const largeData: Claim = {
  id: 'C6',
  says: 'Large data in less than a third of the time.',
  figures: '70 %+ less time',
  trials: [
    {
      kind: 'compare',
      name: 'computing: one worker, against one for each core',
      document: twoWorkers,
      before: { name: 'one worker', set: shared(1) },
      after: allCores,
      claimed: lessTime(70),
      expects: 'either',
    },
    {
      kind: 'compare',
      name: 'predicted, on four cores',
      document: twoWorkers,
      before: { name: 'one worker', set: { ...shared(1), '/machine/cores': 4 } },
      after: { name: 'four workers', set: { ...shared(4), '/machine/cores': 4 } },
      claimed: lessTime(70),
      isReplay: true,
    },
  ],
  sums: [
    {
      working: '1 ÷ (1 − 0.7)',
      result: 1 / (1 - 0.7),
      unit: 'cores, at least',
      follows: 'It takes four cores and nothing done alone; on two cores 50 % is the end.',
    },
  ],
  scenario: 'two-workers',
  why: 'Computing gains by the number of cores and no more, however large the data.',
};

/** Twelve items on one worker, each of which waits for four times as long as it computes. */
const overlapping = (open: number): Record<string, unknown> => ({
  '/source/count': 12,
  '/stages/work/work/phases': [{ wait: 8 }, { cpu: 2 }],
  '/machine/tasksPerWorker': open,
});

export const coresUsed: Claim = {
  id: 'C7',
  says: 'Use the cores, and overlap waiting with computing.',
  figures: '> 70 % of the CPU, elsewhere > 80 %',
  trials: [
    {
      kind: 'level',
      name: 'use of a worker for each core',
      document: twoWorkers,
      settings: allCores,
      quantity: 'workers/utilization',
      unit: '%',
      claimed: { low: 70 },
      better: 'more',
      // Half the cores, which is its own default.
      noGain: 50,
      expects: 'either',
    },
    {
      kind: 'compare',
      name: 'one worker whose items wait and compute: one open at a time, against four',
      document: twoWorkers,
      before: { name: 'one open', set: overlapping(1) },
      after: { name: 'four open', set: overlapping(4) },
      claimed: null,
    },
  ],
  sums: [
    {
      working: '½ × 100 %',
      result: 100 * 0.5,
      unit: '% with its own default, half the cores',
      claimed: { low: 70 },
      follows: 'Its own default cannot reach it, nor could one thread on several cores.',
    },
  ],
  scenario: 'two-workers',
  why: (verdict) =>
    verdict === 'reproduced'
      ? 'Workers with a queue of equal items have something to do until the last of them, and while one item waits another computes.'
      : 'Workers with a queue of equal items have something to do until the last of them, unless something else takes their cores.',
};

export const singleThread: Claim = {
  id: 'C8',
  says: 'No slower than before on a single thread.',
  figures: '“no performance degradation in single-threaded scenarios”',
  trials: [
    {
      kind: 'compare',
      name: 'a plain loop, against one worker with a task for each item',
      document: plainLoop,
      before: {
        name: 'a plain loop',
        set: { '/stages/work/batch': { size: 20, linger: null } },
      },
      after: { name: 'a task each', set: {} },
      claimed: { low: 1 },
      expects: 'either',
    },
  ],
  scenario: 'plain-loop',
  why: (verdict) =>
    verdict === 'refuted'
      ? 'Each item is chosen, sent, done and noted by itself: here that is a part of its few milliseconds that can be seen.'
      : 'Each task costs a tenth of a millisecond or so by itself: of items of one millisecond that is some percent, of these, of several, hardly anything that can be seen.',
};

/** Forty items of 1000 bytes, all there at once, and none let go before it is handled. */
const held = {
  '/source/count': 40,
  '/source/arrivals': { kind: 'all' },
  // Long enough for each to be told of by itself.
  '/stages/receive/work/phases': [{ wait: 2 }],
  '/stages/receive/buffer/whenFull': 'grow',
  '/stages/handle/buffer/whenFull': 'grow',
  '/stages/handle/work/phases/0/cpu': 1,
};

export const monitors: Claim = {
  id: 'C9',
  says: 'Monitors are accurate, and resources are let go.',
  figures: 'metrics, memory and cache counts are right',
  trials: [
    {
      kind: 'level',
      name: 'bytes reported of 40 items of 1000 bytes',
      document: overload,
      settings: { name: 'all at once', set: held },
      quantity: 'memory/peak',
      unit: 'bytes',
      claimed: { low: 40_000, high: 41_000 },
      better: 'neither',
    },
    {
      kind: 'level',
      name: 'misses reported of ten documents in a hundred requests',
      document: smartCache,
      settings: { name: 'cached', set: {} },
      quantity: 'stages/summarise/tasks',
      unit: 'misses',
      claimed: { low: 10, high: 10 },
      better: 'neither',
      cache: true,
    },
  ],
  faults: [
    'Its monitor of memory sees the heap only, its count of sizes neither Maps nor what was replaced.',
  ],
  scenario: 'smart-cache',
  why: 'What is known beforehand is held against what is reported: bytes are counted as items come and go, not sampled.',
};
