import type { Claim } from '../claim.ts';

const containers = async () => (await import('../../gallery/containers.ts')).document;
const dependencyCache = async () => (await import('../../gallery/dependency-cache.ts')).document;
const testThreads = async () => (await import('../../gallery/test-threads.ts')).document;
const bufferedWrites = async () => (await import('../../gallery/buffered-writes.ts')).document;
const rebuild = async () => (await import('../../gallery/rebuild.ts')).document;

/** A third of the gallery's times. */
const quickSuite = {
  '/stages/suite/setup/phases/0/wait': 20,
  '/stages/suite/work/phases/0/wait': 7,
};

/** Four suites a container take 108 ms with a set-up for each, of which 80 are set-up: as shares of the whole. */
const lessSetUp = {
  low: 108 / (108 - 0.3 * 80),
  high: 108 / (108 - 0.5 * 80),
};

export const containerPool: Claim = {
  id: 'E4',
  says: 'Keep a pool of three containers, warmed before they are needed.',
  figures: '10–30 s saved; 30–50 % less set-up',
  scale: '1:500',
  trials: [
    {
      kind: 'compare',
      name: 'the run of 12 suites: a container for each, against one for each of three workers',
      document: containers,
      before: { name: 'each its own', set: quickSuite },
      after: {
        name: 'once per worker',
        set: { ...quickSuite, '/stages/suite/setup/when': 'worker' },
      },
      claimed: lessSetUp,
    },
    {
      kind: 'compare',
      name: 'the run of 12 suites: a container for each, against a pool warmed before the clock',
      document: containers,
      before: { name: 'each its own', set: quickSuite },
      after: { name: 'warmed', set: { ...quickSuite, '/stages/suite/setup/when': 'start' } },
      claimed: lessSetUp,
      isReplay: true,
    },
  ],
  sums: [
    {
      working: '10 − 6.8',
      result: 10 - 6.8,
      unit: 's saved, at best before',
      claimed: { low: 10, high: 30 },
      follows: 'A stage of 10–20 s of which 6.8 s are left has saved 3.2–13.2 s, never 30.',
    },
    {
      working: '20 − 6.8',
      result: 20 - 6.8,
      unit: 's saved, at worst before',
      claimed: { low: 10, high: 30 },
      follows: 'Only the slowest clean room saves what is claimed for all.',
    },
  ],
  faults: ['The pool is “designed”, not built, and still counted in the time that was reached.'],
  scenario: 'containers',
  why: 'With four suites to a container nine of twelve set-ups are not done at all, with one to each none would be saved; warming only moves the rest before the clock. Set-up is three quarters of the run here, so 30–50 % less of it are 22–37 % less of the whole.',
};

/** Two fifths of the gallery's times. */
const quickFetch = {
  '/stages/fetch/work/phases/0/wait': 21,
  '/stages/generate/work/phases/0/wait': 29,
};

export const dependencies: Claim = {
  id: 'E5',
  says: 'Fetch dependencies once, and build from the cache.',
  figures: '5–10 s saved, of a stage of 10–15 s that became 7.2 s',
  scale: '1:250',
  trials: [
    {
      kind: 'compare',
      name: 'four builds, the first of them cold',
      document: dependencyCache,
      before: { name: 'no cache', set: { ...quickFetch, '/stages/fetch/cache': null } },
      after: { name: 'cached', set: quickFetch },
      claimed: { low: 10 / 7.2, high: 15 / 7.2 },
      cache: true,
    },
  ],
  sums: [
    {
      working: '10 − 7.2',
      result: 10 - 7.2,
      unit: 's saved, at best before',
      claimed: { low: 5, high: 10 },
      follows: 'What became of the stage leaves 2.8–7.8 s for all that was done to it together.',
    },
  ],
  scenario: 'dependency-cache',
  why: 'All builds but the first are answered by the cache, so the more builds there are, the nearer it comes to the whole fetch.',
};

const quickTests = { '/source/count': 32, '/stages/test/work/phases/0/cpu': 2 };

const onEightCores = { '/machine/cores': 8 };

export const threads: Claim = {
  id: 'E6',
  says: 'Run the tests on eight threads.',
  figures: '2–4×; 20–30 s → 14.7 s',
  trials: [
    {
      kind: 'compare',
      name: 'one test at a time, against eight',
      document: testThreads,
      before: { name: 'one permit', set: { ...quickTests, '/stages/test/permits': 1 } },
      after: { name: 'eight permits', set: quickTests },
      claimed: { low: 2, high: 4 },
      // Cores that are taken by others speed nothing up.
      expects: 'either',
    },
    {
      kind: 'compare',
      name: 'predicted, on eight cores',
      document: testThreads,
      before: { name: 'one permit', set: { ...onEightCores, '/stages/test/permits': 1 } },
      after: { name: 'eight permits', set: onEightCores },
      claimed: { low: 2, high: 4 },
      isReplay: true,
    },
  ],
  sums: [
    {
      working: '20 ÷ 14.7',
      result: 20 / 14.7,
      unit: '×, at best before',
      claimed: { low: 2, high: 4 },
      follows: 'Its own table has 1.4–2.0×, on threads enough for 8×.',
    },
    {
      working: '30 ÷ 14.7',
      result: 30 / 14.7,
      unit: '×, at worst before',
      claimed: { low: 2, high: 4 },
      follows: 'Only the slowest tests come to twice the speed.',
    },
  ],
  scenario: 'test-threads',
  why: 'Tests that compute go as fast as there are cores for them; more threads than cores add nothing.',
};

export const bufferedIo: Claim = {
  id: 'E7',
  says: 'Read and write through a buffer of 64 KiB.',
  figures: '10–20 % faster I/O',
  trials: [
    {
      kind: 'compare',
      name: 'how far it is noted, for each 8 KiB, against each 64 KiB',
      document: bufferedWrites,
      before: { name: 'each chunk', set: {} },
      after: {
        name: '64 KiB at a time',
        set: { '/modules/flush': 'export const write = { every: 8 };\n' },
      },
      quantity: 'stages/append/busy',
      claimed: { low: 1.1, high: 1.2 },
    },
  ],
  faults: [
    'Its example makes the buffer of a reader larger: 8 KiB is what it has unasked, so it was never without one.',
  ],
  scenario: 'buffered-writes',
  why: (verdict) => {
    const written = 'What is written is how far the file has come, a number';
    return verdict === 'reproduced'
      ? `${written}: a write of it is nearly all fixed cost, so an eighth of the writes saves time; the bytes themselves would cost the same either way.`
      : `${written}; here the fixed cost of a write is too small a part of what a chunk takes for an eighth of the writes to save what is claimed.`;
  },
};

const parser = '/stages/compile/cache';
const twoBuilds = { '/source/count': 24 };

export const incremental: Claim = {
  id: 'E9',
  says: 'Compile only what was changed.',
  figures: '30–50 % less time for building again',
  trials: [
    {
      kind: 'compare',
      name: 'a build of 12 modules and, one of them edited, another: both together',
      document: rebuild,
      before: { name: 'all of it each time', set: { ...twoBuilds, [parser]: null } },
      after: { name: 'what was changed', set: twoBuilds },
      // Half of the time is the first build, which is as long as ever.
      claimed: { low: 2 / (2 - 0.3), high: 2 / (2 - 0.5) },
      cache: true,
    },
  ],
  faults: [
    'The settings it gives make more, smaller units of code: with them a build from nothing takes longer, which is not said.',
  ],
  scenario: 'rebuild',
  why: 'Modules are really parsed, and results really come from storage. The first build is timed with the second, so 30–50 % less for building again are 15–25 % less for both. Of two builds 11 modules in 24 are left out, of the second alone 11 in 12; what that saves depends on what a look-up costs.',
};

export const check: Claim = {
  id: 'E10',
  says: 'Validate with a check in place of a full build.',
  figures: '5–10 s saved, of 10–15 s',
  trials: [],
  untestable:
    'A check emits nothing, so what is delivered is not the same: work that differs has no speedup.',
  faults: [
    'It counts as a faster validation what is another one: nothing was built, so nothing built was validated.',
  ],
  scenario: 'rebuild',
  why: 'The nearest honest experiment is to run both: the check is faster by what it leaves out, and the digests of the results differ.',
};
