import { transfer, wrap } from 'comlink';
import pLimit from 'p-limit';
import PQueue from 'p-queue';
import { FixedThreadPool } from 'poolifier-web-worker';
// @ts-expect-error Its types are not where its exports point.
import { Pool, spawn, Transfer } from 'threads';
import workerpool from 'workerpool';
import comlinkUrl from './worker-of-comlink.ts?worker&url';
import poolifierUrl from './worker-of-poolifier.ts?worker&url';
import threadsUrl from './worker-of-threads.ts?worker&url';
import workerpoolUrl from './worker-of-workerpool.ts?worker&url';
import { feed } from './feed.ts';
import { workers, type Contender, type Job } from './job.ts';
import type { Timed, TimedArguments } from './timed.ts';
import type { Input } from './work.ts';

type ThreadsCall = (...args: unknown[]) => PromiseLike<Timed>;
type ThreadsPool = {
  queue(run: (work: ThreadsCall) => PromiseLike<Timed>): PromiseLike<Timed>;
};

/** Buffers of an input that are to be moved to its worker. */
const moved = (job: Job, input: Input): ArrayBuffer[] =>
  typeof input !== 'number' && job.payload?.isMoved ? [input.buffer as ArrayBuffer] : [];

/** A pool that must be told beforehand how many tasks a worker may have open: one for each number. */
function perOpen<T>(make: (open: number) => T): (open: number) => T {
  const made = new Map<number, T>();
  return (open) => {
    if (!made.has(open)) made.set(open, make(open));
    return made.get(open)!;
  };
}

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
    cannot: ({ waitMs }) =>
      waitMs > 0 ? 'a worker has one task open, and nothing else while that waits' : null,
    run: (job) => {
      const isMoved = job.payload?.isMoved === true;
      return feed(job, (stage, turns, input) => {
        const options = { transfer: moved(job, input) };
        const args = [stage, turns, job.waitMs, input, isMoved];
        return pool.exec('work', args, options) as unknown as Promise<Timed>;
      });
    },
  };
}

/** Its workers cannot move what they answer with: the way back is a copy. */
function poolifierContender(): Contender {
  const poolOf = perOpen(
    (open) =>
      new FixedThreadPool<TimedArguments, Timed>(workers, new URL(poolifierUrl, location.href), {
        enableEvents: false,
        enableTasksQueue: true,
        tasksQueueOptions: { concurrency: open },
      }),
  );
  return {
    name: 'poolifier-web-worker',
    kind: 'library',
    async run(job) {
      const pool = poolOf(job.open);
      return feed(job, (stage, turns, input) =>
        pool.execute([stage, turns, job.waitMs, input], undefined, undefined, moved(job, input)),
      );
    },
  };
}

function threadsContender(): Contender {
  const make = Pool as (start: () => Promise<unknown>, options: object) => ThreadsPool;
  const start = () =>
    // Its own `Worker` would wrap the address in a script that a module worker cannot run.
    (spawn as (worker: Worker) => Promise<unknown>)(new Worker(threadsUrl, { type: 'module' }));
  const poolOf = perOpen((concurrency) => make(start, { size: workers, concurrency }));
  const move = Transfer as (value: unknown, buffers: readonly ArrayBuffer[]) => unknown;
  return {
    name: 'threads',
    kind: 'library',
    async run(job) {
      const pool = poolOf(job.open);
      const isMoved = job.payload?.isMoved === true;
      return feed(job, (stage, turns, input) =>
        pool.queue((work) => {
          const carried = isMoved ? move(input, moved(job, input)) : input;
          return work(stage, turns, job.waitMs, carried, isMoved);
        }),
      );
    },
  };
}

type ComlinkCall = (...args: [...TimedArguments, isMoved: boolean]) => Timed | Promise<Timed>;
type Limit = (run: () => Promise<Timed>) => Promise<Timed>;

/** Comlink has no pool: another library says when there is a place for one task more. */
function comlinkContender(name: string, limitOf: (open: number) => Limit): Contender {
  const lanes = Array.from({ length: workers }, () =>
    wrap<ComlinkCall>(new Worker(comlinkUrl, { type: 'module' })),
  );
  return {
    name: `Comlink + ${name}`,
    kind: 'library',
    run(job) {
      const limit = limitOf(workers * job.open);
      const isMoved = job.payload?.isMoved === true;
      const free = Array.from({ length: workers * job.open }, (_, at) => lanes[at % workers]!);
      return feed(job, (stage, turns, input) =>
        limit(async () => {
          const lane = free.shift()!;
          const carried = isMoved ? transfer(input, moved(job, input)) : input;
          const result = await lane(stage, turns, job.waitMs, carried, isMoved);
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
  comlinkContender('p-limit', (open) => pLimit(open)),
  comlinkContender('p-queue', (concurrency) => {
    const queue = new PQueue({ concurrency });
    return (run) => queue.add(run);
  }),
];
