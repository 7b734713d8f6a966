import { expect, test } from 'vitest';
import { idealOverheads } from '../../src/engine/runner.ts';
import { evaluateTrials } from '../../src/explore/evaluate-trials.ts';
import type { TrialRequest } from '../../src/explore/trials.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { TrialThreads } from '../../workers/trials-client.ts';

const twoStages = (items: number): PipelineDocument => ({
  format: 'millrace/1',
  source: { kind: 'count', count: items },
  stages: [
    { id: 'read', work: { kind: 'synthetic', phases: [{ wait: { exponential: 4 } }] } },
    { id: 'parse', after: ['read'], work: { kind: 'synthetic', phases: [{ cpu: 3 }] } },
  ],
});
const requestOf = (items: number, trials: number): TrialRequest => ({
  document: twoStages(items),
  sets: Array.from({ length: trials }, (_, at) => ({ '/stages/read/permits': at + 1 })),
  cores: 2,
  overheads: idealOverheads,
});
/** A minute of work and more: nobody can be through with it. */
const endless = requestOf(2_000_000, 8);

test('the threads find what is found here, in the order of the sets', async () => {
  const request = requestOf(60, 90);
  const counts: number[] = [];
  const { done } = new TrialThreads(2).run(request, (count, outcomes) => {
    counts.push(count);
    expect(Object.keys(outcomes)).toHaveLength(count);
  });
  expect(await done).toEqual(evaluateTrials(request));
  expect(counts.at(-1)).toBe(90);
  expect(counts).toEqual([...counts].sort((a, b) => a - b));
});

test('a stop answers at once, whatever the threads are at, and the next run is whole', async () => {
  const pool = new TrialThreads(2);
  const first = pool.run(endless);
  const waiting = pool.run(endless);
  const next = pool.run(requestOf(50, 20));
  waiting.stop();
  expect(await waiting.done).toBeNull();
  // The threads are deep in their first trials.
  await new Promise((resolve) => setTimeout(resolve, 300));
  first.stop();
  expect(await first.done).toBeNull();
  expect(await next.done).toEqual(evaluateTrials(requestOf(50, 20)));
});

test('no trials are over at once', async () => {
  expect(await new TrialThreads(2).run(requestOf(50, 0)).done).toEqual([]);
});
