import { wrap } from 'comlink';
import pLimit from 'p-limit';
import { FixedThreadPool } from 'poolifier-web-worker';
// @ts-expect-error Its types are not where its exports point.
import { Pool, spawn } from 'threads';
import workerpool from 'workerpool';
import comlinkUrl from './worker-of-comlink.ts?worker&url';
import poolifierUrl from './worker-of-poolifier.ts?worker&url';
import threadsUrl from './worker-of-threads.ts?worker&url';
import workerpoolUrl from './worker-of-workerpool.ts?worker&url';
import { checkSum, workers, type Contender, type Job } from './job.ts';
import type { work } from './work.ts';

type Call = (turns: number, index: number) => PromiseLike<number>;
type ThreadsPool = {
  queue(run: (work: Call) => PromiseLike<number>): PromiseLike<number>;
};

/** Items handed to a library at once: enough for it never to run dry, too few to drown it. */
const itemsAtOnce = (job: Job): number => 2 * workers * job.open;

/** Sends every item through all stages, the next one when one is through. */
async function feed(job: Job, call: Call): Promise<{ ms: number; wholeMs: number }> {
  let next = 0;
  let count = 0;
  let sum = 0;
  const startMs = performance.now();
  const line = async (): Promise<void> => {
    while (next < job.items) {
      let index = next++;
      for (const turns of job.stages) index = await call(turns, index);
      count++;
      sum += index;
    }
  };
  await Promise.all(Array.from({ length: itemsAtOnce(job) }, line));
  const ms = performance.now() - startMs;
  checkSum(job, count, sum);
  return { ms, wholeMs: ms };
}

/** A pool that must be told beforehand how many tasks a worker may have open: one for each number. */
function perOpen<T>(make: (open: number) => Promise<T>): (open: number) => Promise<T> {
  const made = new Map<number, Promise<T>>();
  return (open) => {
    if (!made.has(open)) made.set(open, make(open));
    return made.get(open)!;
  };
}

/** One task at a time on a worker: that is all it offers. */
function workerpoolContender(): Contender {
  const pool = workerpool.pool(workerpoolUrl, {
    workerType: 'web',
    minWorkers: workers,
    maxWorkers: workers,
    workerOpts: { type: 'module' },
  });
  return {
    name: 'workerpool',
    kind: 'library',
    run: (job) => feed(job, (turns, index) => pool.exec('work', [turns, index]) as Promise<number>),
  };
}

function poolifierContender(): Contender {
  const poolOf = perOpen((open) =>
    Promise.resolve(
      new FixedThreadPool<{ turns: number; index: number }, number>(
        workers,
        new URL(poolifierUrl, location.href),
        { enableEvents: false, enableTasksQueue: true, tasksQueueOptions: { concurrency: open } },
      ),
    ),
  );
  return {
    name: 'poolifier-web-worker',
    kind: 'library',
    async run(job) {
      const pool = await poolOf(job.open);
      return feed(job, (turns, index) => pool.execute({ turns, index }));
    },
  };
}

function threadsContender(): Contender {
  const make = Pool as (start: () => Promise<unknown>, options: object) => ThreadsPool;
  const start = () =>
    // Its own `Worker` would wrap the address in a script that a module worker cannot run.
    (spawn as (worker: Worker) => Promise<unknown>)(new Worker(threadsUrl, { type: 'module' }));
  const poolOf = perOpen((concurrency) =>
    Promise.resolve(make(start, { size: workers, concurrency })),
  );
  return {
    name: 'threads',
    kind: 'library',
    async run(job) {
      const pool = await poolOf(job.open);
      return feed(job, (turns, index) => pool.queue((work) => work(turns, index)));
    },
  };
}

function comlinkContender(): Contender {
  const lanes = Array.from({ length: workers }, () =>
    wrap<typeof work>(new Worker(comlinkUrl, { type: 'module' })),
  );
  return {
    name: 'Comlink + p-limit',
    kind: 'library',
    run(job) {
      const limit = pLimit(workers * job.open);
      const free = lanes.flatMap((lane) => Array.from({ length: job.open }, () => lane));
      return feed(job, (turns, index) =>
        limit(async () => {
          const lane = free.shift()!;
          const result = await lane(turns, index);
          free.push(lane);
          return result;
        }),
      );
    },
  };
}

export const makeLibraries = (): Contender[] => [
  workerpoolContender(),
  poolifierContender(),
  threadsContender(),
  comlinkContender(),
];
