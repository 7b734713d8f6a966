import type { Claim } from '../claim.ts';
import { lessTime, percentLess } from '../less-time.ts';

const consolidationDocument = async () => (await import('../../gallery/consolidation.ts')).document;
const environments = async () => (await import('../../gallery/environments.ts')).document;
const lazySetUp = async () => (await import('../../gallery/lazy-set-up.ts')).document;

/** The report as published takes 6.4 of 16.4 min here, so that much less of it is so much less of the whole. */
const ofTheWhole = (percent: number): number => 16.4 / (16.4 - (percent / 100) * 6.4);

/** All of it waits: ten machines need no ten threads, which would have to be started for every run. */
const onOneThread = { '/machine/workers': 1, '/machine/tasksPerWorker': 10 };
const asTheyCome = {
  '/stages/consolidate/join': 'fold',
  '/stages/consolidate/work/phases/0/wait': 8,
};

export const streaming: Claim = {
  id: 'D4',
  says: 'Put results together while they still come in.',
  figures:
    '40–50 %, elsewhere 50–75 % less time for it; looked for every 30 s; it “was 40–60 % of the run”',
  scale: '1:6000',
  trials: [
    {
      kind: 'compare',
      name: 'a barrier, against a fold as results come',
      document: consolidationDocument,
      before: { name: 'after the last', set: onOneThread },
      after: { name: 'as they come', set: { ...onOneThread, ...asTheyCome } },
      claimed: { low: ofTheWhole(40), high: ofTheWhole(75) },
    },
    {
      kind: 'compare',
      name: 'a barrier, against looking every 30 s',
      document: consolidationDocument,
      before: { name: 'after the last', set: onOneThread },
      after: {
        name: 'every 30 s',
        set: { ...onOneThread, ...asTheyCome, '/stages/collect/batch/linger': 5 },
      },
      claimed: { low: ofTheWhole(40), high: ofTheWhole(75) },
      isReplay: true,
    },
  ],
  sums: [
    {
      working: '5 ÷ 25',
      result: (100 * 5) / 25,
      unit: '% of the run, by its baseline',
      claimed: { low: 40, high: 60 },
      follows: 'By its own tables it was 20–27 % of the run.',
    },
    {
      working: '(12 − 8) ÷ 15',
      result: (100 * (12 - 8)) / 15,
      unit: '% of the run, by its timeline',
      claimed: { low: 40, high: 60 },
      follows: 'So doing it in no time at all would save no more than 27 %.',
    },
  ],
  scenario: 'consolidation',
  why: 'Only what comes in at the end is left for afterwards; claimed shares of the report are told as shares of the whole run.',
};

/** The six streams take 5 ms a minute. */
const quick = {
  '/stages/stream/setup/phases/0/wait': 12.5,
  '/stages/stream/work/phases/0/wait': { perItem: [50, 40, 35, 30, 25, 20] },
};

export const preparedEnvironment: Claim = {
  id: 'D5',
  says: 'Prepare the environment once instead of installing it in each stream.',
  figures: 'set-up 12–15 min (6 × 2–3) → 2–3 min, 80–90 % less',
  scale: '1:12,000',
  trials: [
    {
      kind: 'compare',
      name: 'six machines: installed in each, against prepared',
      document: environments,
      before: { name: 'installed in each', set: quick },
      after: { name: 'prepared', set: { ...quick, '/stages/stream/setup/when': 'start' } },
      // The set-up is 2.5 of 12.5 min.
      claimed: { low: 12.5 / (10 + 0.2 * 2.5), high: 12.5 / (10 + 0.1 * 2.5) },
    },
    {
      kind: 'compare',
      name: 'two machines: for each stream, against once a machine',
      document: environments,
      before: { name: 'for each stream', set: { ...quick, '/machine/workers': 2 } },
      after: {
        name: 'once a machine',
        set: { ...quick, '/machine/workers': 2, '/stages/stream/setup/when': 'worker' },
      },
      claimed: null,
      isReplay: true,
    },
  ],
  sums: [
    {
      working: 'max(2.5, 2.5, 2.5, 2.5, 2.5, 2.5)',
      result: Math.max(...Array<number>(6).fill(2.5)),
      unit: 'min of waiting for six set-ups side by side',
      claimed: { low: 12, high: 15 },
      follows:
        'Nobody ever waited 12–15 min: that is machine time, and 2–3 min “once” is what it was.',
    },
    {
      working: '1 − 3 ÷ 12',
      result: percentLess(12, 3),
      unit: '% less, from the best before to the worst after',
      claimed: { low: 80, high: 90 },
      follows: 'From range to range it is 75–87 %.',
    },
  ],
  faults: [
    'Set-up is 2–3 min a stream in one place and 2–4 min in another, of five streams or six.',
  ],
  scenario: 'environments',
  why: 'A prepared environment takes the set-up out of the run; whoever builds it still takes that time, but not each time.',
};

const fourStreams = { '/source/count': 4 };

export const lazyImports: Claim = {
  id: 'D6',
  says: 'Import modules when they are first used.',
  figures: '2–4 s → < 0.5 s a stream; “60–80 % less”',
  trials: [
    {
      kind: 'compare',
      name: 'four modules parsed at the start, against the one that is used',
      document: lazySetUp,
      before: { name: 'at the start', set: fourStreams },
      after: {
        name: 'when used',
        set: { ...fourStreams, '/modules/loading': "export const loading = 'lazy';\n" },
      },
      claimed: lessTime(60, 80),
    },
  ],
  sums: [
    {
      working: '2 s − 80 %',
      result: 2 * (1 - 0.8),
      unit: 's left at best',
      claimed: { high: 0.5 },
      follows: 'At best that is enough.',
    },
    {
      working: '4 s − 60 %',
      result: 4 * (1 - 0.6),
      unit: 's left at worst',
      claimed: { high: 0.5 },
      follows: 'It is not at worst: 60–80 % less of 2–4 s leaves up to 1.6 s.',
    },
  ],
  faults: [
    'Calling what it puts in place of a class gives the class and no instance, so every use of it breaks.',
    'Whatever a stream uses is imported all the same: only what it never uses is saved.',
  ],
  scenario: 'lazy-set-up',
  why: 'A stream that uses one module of four parses a quarter; what it saves is the share that nobody uses.',
};

export const fallbacks: Claim = {
  id: 'D14',
  says: 'Nine in ten analyses run a fallback, and long inline scripts slow each stream.',
  figures: '> 90 % of the analyses ran a fallback; 700+ lines of script a stream',
  trials: [],
  untestable:
    'How long a fallback takes beside the real analysis is said nowhere; the nearest is what a set-up for each task costs.',
  sums: [
    {
      working: '6 × (1 − 0.9)',
      result: 6 * (1 - 0.9),
      unit: 'of six streams did the real analysis',
      follows: 'So the baseline of all its figures is the time of fallbacks, not of analyses.',
    },
  ],
  faults: [
    'A fallback that is faster than the real thing makes the pipeline faster: here different results are refused as other work.',
  ],
  scenario: 'environments',
  why: 'A time says nothing as long as the work is not the work: first the results must be the same.',
};
