import { expect, test } from 'vitest';
import type { RunRequest, Runner } from '../../src/engine/runner.ts';
import { LazyRunner } from '../../src/live/lazy-runner.ts';
import { withDefaults } from '../../src/pipeline/defaults.ts';
import { simulate } from '../../src/simulate/simulate.ts';

const request: RunRequest = {
  pipeline: withDefaults({
    format: 'millrace/1',
    source: { kind: 'count', count: 3 },
    stages: [{ id: 'a', work: { kind: 'synthetic', phases: [{ cpu: 1 }] } }],
  }),
  cache: 'off',
  cacheNamespace: 'test',
};

/** Simulates, and notes what it was told. */
function noting(told: string[]): Runner {
  return {
    run: ({ pipeline }) => ({
      done: Promise.resolve({
        ...simulate(pipeline, { cores: 2 }),
        ...{ results: [], resultsOmitted: 0, resultsDigest: null, failures: [] },
        ...{ failuresOmitted: 0, notices: [], log: [], environment: null, models: {} },
      }),
      stop: () => told.push('stop'),
      pause: () => told.push('pause'),
      resume: () => told.push('resume'),
      endWorker: (worker) => told.push(`end ${worker}`),
    }),
  };
}

test('what is ordered before the machine has come is passed on in order', async () => {
  const told: string[] = [];
  let arrive = (_: Runner): void => {};
  const runner = new LazyRunner(() => new Promise((resolve) => (arrive = resolve)));
  const handle = runner.run(request);
  handle.pause();
  handle.resume();
  handle.endWorker!(1);
  expect(told).toEqual([]);
  arrive(noting(told));
  const { trace, error } = await handle.done;
  handle.stop();
  expect(error).toBeNull();
  expect(trace.meta.items.delivered).toBe(3);
  expect(told).toEqual(['pause', 'resume', 'end 1', 'stop']);
});

test('a machine that cannot be fetched is an error in the report, and the next run asks again', async () => {
  let asked = 0;
  const runner = new LazyRunner(async () => {
    if (asked++ === 0) throw new TypeError('Failed to fetch');
    return noting([]);
  });
  const { error, trace } = await runner.run(request).done;
  expect(error?.message).toContain('press Run again');
  expect(trace.meta.ended).toBe('failed');
  expect((await runner.run(request).done).error).toBeNull();
});
