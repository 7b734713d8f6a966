import type { Claim, CompareTrial } from '../claim.ts';
import { lessTime, percentLess } from '../less-time.ts';

const processor = async () => (await import('../../gallery/processor.ts')).document;
const overload = async () => (await import('../../gallery/overload.ts')).document;
const sonarflow = async () => (await import('../../gallery/sonarflow.ts')).document;
const boardrev = async () => (await import('../../gallery/boardrev.ts')).document;

/** A hundred files that wait for 2 ms on average, so many at once within a batch. */
const files = (concurrency: number): Record<string, unknown> => ({
  '/source/count': 100,
  '/modules/settings': `export const concurrency = ${concurrency};\nexport const meanMs = 2;\n`,
});
const plainQueue = { '/stages/process/batch': { size: 1 }, '/stages/process/permits': 16 };

export const parallelProcessor: Claim = {
  id: 'C1',
  says: 'Process files in parallel: half the cores, batches of 50, a limit on memory.',
  figures: '≥ 50 % faster; ≥ 50 % less time; 50 a batch, 1024 MB of which 80 %',
  trials: [
    {
      kind: 'compare',
      name: 'files that wait: one at a time, against 16 in batches of 50',
      document: processor,
      before: {
        name: 'one at a time',
        set: files(1),
      },
      after: { name: 'batches of 50', set: files(16) },
      claimed: { low: 1.5, high: 2 },
    },
    {
      kind: 'compare',
      name: 'files that wait: one at a time, against 16 in a plain queue',
      document: processor,
      before: {
        name: 'one at a time',
        set: { ...files(16), ...plainQueue, '/stages/process/permits': 1 },
      },
      after: { name: 'a plain queue', set: { ...files(16), ...plainQueue } },
      claimed: { low: 1.5, high: 2 },
    },
  ],
  sums: [
    {
      working: '½ of the cores ÷ all of them',
      result: 100 * 0.5,
      unit: '% of the cores at most',
      claimed: { low: 80 },
      follows: 'The default of half the cores caps at 50 % what is to be used for more than 80 %.',
    },
    {
      working: '200 files ÷ 50 a batch × 4 kept of each',
      result: Math.ceil(200 / 50) * 4,
      unit: 'results of 200 files',
      claimed: { low: 200, high: 200 },
      follows:
        'With a concurrency of 4 all but the first four of each batch are left out, and counted as done.',
    },
  ],
  faults: [
    'Only the first files of each batch are worked on, as many as the concurrency: 16 of 200 results, “200 processed”.',
    'An error names itself as the item it came from.',
    'A concurrency that is given as undefined hangs for ever; a batch size of 0 takes all memory.',
    '40 files of 5 ms of computing take 200 ms on its one thread, however many are “concurrent”.',
    'Even mended, batches are barriers: with exponential times 57 % busy at a concurrency of 16.',
    'It watches the heap, which 300 MB of buffers do not touch, and can wait for memory for ever.',
  ],
  scenario: 'processor',
  why: 'Files that wait for a disk gain by as many as are under way; a plain queue keeps that many under way to the end. The default, half the cores, is one at a time on two cores.',
};

/** Thirty items at hand; each is handled in 4 ms of waiting, so that a busy machine changes nothing. */
const flood = {
  '/source/count': 30,
  '/source/arrivals': { kind: 'all' },
  // What the source has not been asked for was never read: it weighs nothing.
  '/source/bytes': 0,
  '/stages/receive/work/phases': [],
  '/stages/handle/work/phases': [{ wait: 4 }],
  '/stages/handle/buffer/capacity': 4,
};
const growing = { name: 'grow', set: { ...flood, '/stages/handle/buffer/whenFull': 'grow' } };
const throttled = { name: 'throttle', set: flood };

export const streamProcessor: Claim = {
  id: 'C2',
  says: 'Process streams with a bounded buffer, so that memory stays small and nothing is lost.',
  figures:
    '70 % less memory; nothing lost unless it drops; chunks of 100, 10 at once, buffer of 1000',
  trials: [
    {
      kind: 'compare',
      name: 'bytes held: everything taken in, against waiting while a buffer of 4 is full',
      document: overload,
      before: growing,
      after: throttled,
      quantity: 'memory/peak',
      claimed: lessTime(70),
    },
    {
      kind: 'compare',
      name: 'bytes held: everything taken in, against dropping what finds it full',
      document: overload,
      before: growing,
      after: {
        name: 'drop the newest',
        set: { ...flood, '/stages/handle/buffer/whenFull': 'drop-newest' },
      },
      quantity: 'memory/peak',
      claimed: lessTime(70),
      differs: 'What finds the buffer full is lost: dropping is how it stays small.',
      isReplay: true,
    },
    {
      kind: 'level',
      name: 'lost when throttled',
      document: overload,
      settings: throttled,
      quantity: 'items/dropped ÷ items/emitted',
      unit: '%',
      claimed: { high: 0 },
      better: 'less',
    },
  ],
  faults: [
    'Its buffer is never filled, so nothing is ever held back: with a concurrency of 1 it ran 50 at once.',
    'The total of its items is not a number; the size of a chunk is never read.',
    'Lines that are torn between two chunks vanish uncounted: 10 of 20,000.',
    'It says it is done before its work is.',
  ],
  scenario: 'overload',
  why: 'A buffer of four holds four; what does not fit is lost, or is not read from the source until there is room.',
};

const boardrevPair: Omit<CompareTrial, 'name' | 'claimed'> = {
  kind: 'compare',
  document: boardrev,
  before: { name: 'one worker', set: sequential('/stages/terms/cache') },
  after: { name: 'all cores', set: { '/stages/terms/cache': null } },
};

export const fourPipelines: Claim = {
  id: 'C4',
  says: 'Four pipelines, run concurrently in place of one thing after another.',
  figures: '50 % less time, 60 % less memory',
  trials: [
    {
      kind: 'compare',
      name: 'sonarflow: a call at a time, against eight',
      document: sonarflow,
      before: { name: 'one at a time', set: calls(1, 1) },
      after: { name: 'eight at once', set: calls(2, 4) },
      claimed: lessTime(50),
    },
    {
      ...boardrevPair,
      name: 'boardrev: one worker, against all cores',
      claimed: lessTime(50),
      expects: 'either',
    },
    {
      ...boardrevPair,
      name: 'boardrev: bytes held by one worker, against those held by all cores',
      quantity: 'memory/peak',
      claimed: lessTime(60),
      expects: 'no gain',
    },
  ],
  sums: [
    {
      working: '1 − 1 ÷ 2, on two cores',
      result: percentLess(2, 1),
      unit: '% less at most',
      claimed: { low: 50 },
      follows: 'On two cores half the time is the very best, when nothing at all is done alone.',
    },
  ],
  faults: [
    'More at once holds more at once: less time and less memory are not had by the same change.',
  ],
  scenario: 'simtask',
  why: 'Waiting overlaps as far as one likes, computing as far as there are cores, less what is copied from one worker to the next; what waits for everything overlaps with nothing. Sonarflow waits and the other three compute: one of each kind is run here, and simtask and readmeflow, whose parsers must warm up before each run, are scenarios as well.',
};

function sequential(cache: string): Record<string, unknown> {
  return { [cache]: null, '/machine/workers': 1, '/machine/tasksPerWorker': 1 };
}

function calls(workers: number, tasksPerWorker: number): Record<string, unknown> {
  return {
    '/source/service': { items: 20, pageSize: 10, latency: 8, rate: null, failure: 0 },
    '/machine/workers': workers,
    '/machine/tasksPerWorker': tasksPerWorker,
  };
}
