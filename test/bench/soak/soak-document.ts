import type { PipelineDocument } from '../../../src/pipeline/types.ts';

export const itemsPerRun = 400;
const failsEvery = 50;
/** Items that throw whatever is tried. */
export const failsAlways = (n: number): boolean => n % failsEvery === failsEvery - 1;

/** Long enough that a busy machine does not keep a task from its thread for so long. */
const timeoutMs = 300;
/** Most of a run's results are asked for again by the next run, or two; there is room for those of one run and a third. */
const ttlMs = 10_000;
const cacheBytes = 200_000;
const keysPerRun = 150;
/** Keys of one run that the run before did not have. */
const newKeysPerRun = 15;

/**
 * Everything that can go wrong in a run and is made good again, beside what is not: throws, tasks that loop (their
 * worker is ended and replaced) or wait for ever, endless recursion; and results that are found, expire or are pushed
 * out of the cache.
 */
export function soakDocument(run: number): PipelineDocument {
  const values = Array.from({ length: itemsPerRun }, (_, n) => ({
    n,
    key: run * newKeysPerRun + (n % keysPerRun),
  }));
  // What shares a worker with a loop is over its time as well, on a busy machine more than once.
  const retry = { attempts: 10, backoff: 2, factor: 1.5, jitter: 0.5 };
  return {
    format: 'millrace/1',
    seed: run,
    source: { kind: 'values', values },
    stages: [
      {
        id: 'throws',
        retry,
        work: {
          kind: 'code',
          source: `export default (item, ctx) => {
  if (item.n % ${failsEvery} === ${failsEvery - 1}) throw new Error('always');
  if (item.n % 7 === 0 && ctx.attempt === 1) throw new Error('once');
  return item;
};`,
        },
      },
      {
        id: 'hangs',
        after: ['throws'],
        timeout: timeoutMs,
        retry,
        work: {
          kind: 'code',
          source: `const deeper = (n) => deeper(n + 1) + 1;
export default async (item, ctx) => {
  if (ctx.attempt === 1) {
    if (item.n % 61 === 0) for (;;);
    if (item.n % 43 === 0) await ctx.wait(1e6);
    if (item.n % 29 === 0) deeper(0);
  }
  return { key: item.key };
};`,
        },
      },
      {
        id: 'keeps',
        after: ['hangs'],
        cache: { ttl: ttlMs, version: '1' },
        work: {
          kind: 'code',
          source: `export default ({ key }) => ({ key, text: String(key).repeat(250) });`,
        },
      },
    ],
    machine: { workers: 2, tasksPerWorker: 4 },
    cache: { maxSize: cacheBytes },
  };
}

/**
 * As many look-ups as a cache keeps for its lab, all of one key: what is bounded is full before anything is measured,
 * or it would be seen to grow.
 */
export const fillDocument: PipelineDocument = {
  format: 'millrace/1',
  source: { kind: 'count', count: 100_000 },
  stages: [
    { id: 'same', work: { kind: 'code', source: 'export default () => 1;' } },
    {
      id: 'asks',
      after: ['same'],
      cache: { ttl: ttlMs, version: '1' },
      work: { kind: 'code', source: 'export default (one) => one;' },
    },
  ],
  machine: { workers: 2 },
  cache: { maxSize: cacheBytes },
};

/** Nothing goes wrong: runs of it share a sandbox, so what one leaves behind there is added to what the next does. */
export const calmDocument: PipelineDocument = {
  format: 'millrace/1',
  source: { kind: 'count', count: 300 },
  stages: ['first', 'second'].map((id, at) => ({
    id,
    after: at === 0 ? [] : ['first'],
    work: {
      kind: 'code',
      source: 'export default (item) => ({ ...item, text: "x".repeat(500) });',
    },
  })),
  machine: { workers: 2 },
};
export const calmRuns = 8;
