import type { Claim, CompareTrial } from '../claim.ts';

const detectorsDocument = async () => (await import('../../gallery/detectors.ts')).document;
const fileCache = async () => (await import('../../gallery/file-cache.ts')).document;
const streamsDocument = async () => (await import('../../gallery/streams.ts')).document;

/** Eight detectors made for each file, against a pool a worker: on one worker, so that only the making counts. */
const pooled: Omit<CompareTrial, 'claimed'> = {
  kind: 'compare',
  name: 'eight detectors a file, against a pool',
  document: detectorsDocument,
  before: { name: 'made for each file', set: { '/machine/workers': 1 } },
  after: {
    name: 'a pool',
    set: { '/machine/workers': 1, '/modules/reuse': "export const reuse = 'worker';\n" },
  },
};

export const detectorPool: Claim = {
  id: 'D7',
  says: 'Keep detectors in a pool and use them again.',
  figures: '16 a type, 2 warmed; 76–88 % hits; 8 objects a file → 1',
  trials: [{ ...pooled, claimed: null }],
  faults: [
    'Two of each type, made once, have 78 % hits after nine files and 98 % after a hundred: the rate tells how short the runs were, not how good the pool is.',
  ],
  scenario: 'detectors',
  why: (verdict) =>
    verdict === 'refuted'
      ? 'Making a detector costs too little here beside using it for keeping it to be seen.'
      : 'Making a detector costs more than using it once, so keeping it pays from the second file on.',
};

export const astReuse: Claim = {
  id: 'D10',
  says: 'Using syntax trees again makes processing 87.5 % faster.',
  figures: '87.5 % = 1 − 1 ÷ 8',
  trials: [{ ...pooled, claimed: { low: 8, high: 8 } }],
  sums: [
    {
      working: '1 − 1 ÷ 8',
      result: 100 * (1 - 1 / 8),
      unit: '% fewer objects',
      claimed: { low: 87.5, high: 87.5 },
      follows: 'It is a count of objects: time is saved only as far as making them was the time.',
    },
  ],
  faults: ['The document itself says of its figure that it “requires verification”.'],
  scenario: 'detectors',
  why: (verdict) =>
    verdict === 'reproduced'
      ? 'Making the objects is nearly all of the time here, so the time falls as their number does; where more is done with them it does not.'
      : 'What is done with the objects takes the time it took, so the time does not fall as their number does.',
};

/** As the simulated cache counts an entry: its 10,000 bytes, and 256 for its keys and books. */
const entryBytes = 10_256;
/** 5000 reads of 600 files, with room for so many. */
const reads = (entries: number, policy: string): Record<string, unknown> => ({
  '/source/count': 5000,
  '/stages/read/work/key': { zipf: { keys: 600, exponent: 0.9 } },
  '/cache/policy': policy,
  '/cache/maxSize': entries * entryBytes,
});
const hits = 'stages/read/cacheHits ÷ stages/read/received';

export const largerCache: Claim = {
  id: 'D8',
  says: 'A larger cache of files and trees, LRU in place of FIFO, in buckets by size, with prefetching.',
  figures: '100 entries FIFO → 500 LRU; hits 60–95 % → 85–98 %, aim > 90 %; “+15–25 %”',
  trials: [
    {
      kind: 'compare',
      name: 'hits: 100 entries FIFO, against 500 LRU',
      document: fileCache,
      before: { name: '100 FIFO', set: reads(100, 'fifo') },
      after: { name: '500 LRU', set: reads(500, 'lru') },
      quantity: hits,
      better: 'more',
      claimed: { low: 1.15, high: 1.25 },
      isReplay: true,
      cache: true,
    },
    {
      kind: 'compare',
      name: 'hits at 100 entries: FIFO, against LRU in buckets',
      document: fileCache,
      before: { name: '100 FIFO', set: reads(100, 'fifo') },
      after: { name: '100 LRU in buckets', set: reads(100, 'lru-buckets') },
      quantity: hits,
      better: 'more',
      claimed: { low: 1.15, high: 1.25 },
      isReplay: true,
      cache: true,
    },
    {
      kind: 'level',
      name: 'hits with 500 entries, LRU',
      document: fileCache,
      settings: { name: '500 LRU', set: reads(500, 'lru') },
      quantity: hits,
      unit: '%',
      claimed: { low: 90 },
      better: 'more',
      noGain: 60,
      isReplay: true,
      cache: true,
    },
  ],
  sums: [
    {
      working: '100 MB ÷ 500 entries',
      result: 100 / 500,
      unit: 'MB an entry',
      follows:
        'Sources are seldom as large as 200 kB: the number of entries is the limit, and more megabytes change nothing.',
    },
    {
      working: '98 % − 95 %',
      result: 98 - 95,
      unit: 'points, from the best before to the best after',
      claimed: { low: 15, high: 25 },
      follows: 'Only the worst case has room for 25 points; the best has room for 3.',
    },
  ],
  faults: [
    'Three buckets are declared, and nothing is ever put into one.',
    'Its prefetching fetches files of the same directory whether they were asked for or not, and what that costs is not counted.',
  ],
  scenario: 'file-cache',
  why: 'Most of the gain is that of room for five times as much; the policy at the same size brings a few points. Fetching ahead is tried in the cache lab, under the tab Cache.',
};

export const savedReads: Claim = {
  id: 'D13',
  says: 'The cache saves reads, and the pool stays in its memory.',
  figures: '67–70 % fewer reads; 82 % of 50 MB in use',
  trials: [
    {
      kind: 'level',
      name: 'reads that are left, with room for 12 files of 12',
      document: fileCache,
      settings: {
        name: '60 reads of 12 files',
        set: {
          '/source/count': 60,
          '/stages/read/work/key': { zipf: { keys: 12, exponent: 0.9 } },
          '/cache/maxSize': 50 * entryBytes,
        },
      },
      quantity: 'stages/read/tasks ÷ stages/read/received',
      unit: '%',
      claimed: { low: 30, high: 33 },
      better: 'less',
      noGain: 100,
      isReplay: true,
      cache: true,
    },
  ],
  sums: [
    {
      working: '0.82 × 50 MB',
      result: 0.82 * 50,
      unit: 'MB in use',
      follows:
        'What an object in the pool weighs is not told, so 82 % is of nothing one could count.',
    },
  ],
  faults: ['The share is “claimed, needs verification” where it is listed as the profile.'],
  scenario: 'file-cache',
  why: 'Each file must be read once, so what is saved is how often it is asked for again, here five times on average and there about three: it measures the readers, not the cache.',
};

export const scaling: Claim = {
  id: 'D11',
  says: 'From 5 streams to 8–12: much more throughput, resources used 2.4 times as well.',
  figures: '8–12 streams; “2.4×”; “160 % more”',
  scale: '1:6000',
  trials: [
    {
      kind: 'compare',
      name: 'throughput of 5 streams, against 12',
      document: streamsDocument,
      before: { name: '5 streams', set: {} },
      after: { name: '12 streams', set: { '/limits/stream': 12 } },
      quantity: 'throughput',
      better: 'more',
      claimed: { low: 2.4, high: 2.4 },
      isReplay: true,
    },
  ],
  sums: [
    {
      working: '8 ÷ 5 − 1',
      result: 100 * (8 / 5 - 1),
      unit: '% more',
      claimed: { low: 160, high: 160 },
      follows:
        'Eight in place of five is 60 % more; 160 % is what there is then, of what there was.',
    },
    {
      working: '(12 ÷ 5) ÷ (12 ÷ 5)',
      result: 12 / 5 / (12 / 5),
      unit: '× the work of each machine',
      claimed: { low: 2.4, high: 2.4 },
      follows:
        'With 2.4 times the machines 2.4 times the work is done: each is used as well as before.',
    },
  ],
  scenario: 'streams',
  why: 'Streams that wait for their own machines scale with their number; that is capacity, and has its price.',
};
