import { expect, test } from 'vitest';
import {
  cacheSavings,
  savingsSentence,
  type StageSavings,
} from '../../src/measure/cache-savings.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import type { Pipeline, StageDocument } from '../../src/pipeline/types.ts';
import { Outcome } from '../../src/trace/types.ts';
import { drawnTrace, type DrawnTask } from '../fixtures/ascii-trace.ts';

const source = 'export default (x) => x;';
function pipelineOf(more: Partial<StageDocument> = {}): Pipeline {
  const stage = { id: 'embed', name: 'Embed', cache: {}, work: { kind: 'code', source }, ...more };
  const plain = { id: 'plain', after: ['embed'], work: { kind: 'code', source } };
  const { pipeline } = parseDocument({ format: 'millrace/1', stages: [stage, plain] });
  return pipeline!;
}
const hit = (from: number, to: number, more: Partial<DrawnTask> = {}): DrawnTask => ({
  stage: 0,
  worker: -1,
  arrive: from,
  ready: from,
  start: from,
  end: to,
  leave: to,
  outcome: Outcome.hit,
  bytes: 100,
  ...more,
});
const miss = (
  arrive: number,
  ready: number,
  serviceMs: number,
  more: Partial<DrawnTask> = {},
): DrawnTask => ({
  stage: 0,
  worker: 0,
  arrive,
  ready,
  start: ready,
  end: ready + serviceMs,
  leave: ready + serviceMs,
  ...more,
});
const of = (
  tasks: DrawnTask[],
  earlier: DrawnTask[] = [],
  pipeline = pipelineOf(),
): StageSavings => {
  const trace = drawnTrace(['embed', 'plain'], tasks);
  const before = earlier.length > 0 ? [drawnTrace(['embed', 'plain'], earlier)] : [];
  const [savings, ...others] = cacheSavings(trace, pipeline, before);
  expect(others).toEqual([]);
  return savings!;
};

test('looks that were answered together cost the time they took together', () => {
  // Four are under way during [0, 4], one more during [6, 7]: 5 ms for five.
  const tasks = [hit(0, 4), hit(0, 4), hit(1, 4), miss(0, 4, 20), hit(6, 7)];
  expect(of(tasks)).toEqual({
    id: 'embed',
    name: 'Embed',
    hits: 4,
    misses: 1,
    lookUpMs: 1,
    computeMs: 20,
    isComputedEarlier: false,
    savedMs: 4 * 20 - 5 * 1,
    pays: true,
  });
});

test('a look-up that takes longer than computing does not pay, and the sentence has both numbers', () => {
  const savings = of([hit(0, 3), miss(3, 6, 2), hit(6, 9)]);
  expect(savings).toMatchObject({ lookUpMs: 3, computeMs: 2, pays: false, savedMs: 2 * 2 - 3 * 3 });
  expect(savingsSentence(savings)).toBe(
    'Caching “Embed” does not pay: a look-up took 3 ms, computing the result takes 2 ms. Turn the cache off for this stage.',
  );
});

test('equal costs do not pay', () => {
  expect(of([hit(0, 2), miss(2, 4, 2)]).pays).toBe(false);
});

test('who waited for another’s computation is a hit, but its wait is no look-up’s cost', () => {
  const savings = of([miss(0, 1, 50), hit(0, 51, { bytes: 0 })]);
  expect(savings).toMatchObject({ hits: 1, lookUpMs: 1, computeMs: 50, savedMs: 50 - 2 * 1 });
});

test('takes the computing time of an earlier run where all were hits', () => {
  const tasks = [hit(0, 1), hit(1, 2)];
  expect(of(tasks)).toMatchObject({ lookUpMs: 1, computeMs: null, savedMs: null, pays: null });
  expect(savingsSentence(of(tasks))).toMatch(/^All 2 look-ups of “Embed” were hits; .* not known/);
  const failed = of([miss(0, 1, 9, { outcome: Outcome.failed }), ...tasks]);
  expect(savingsSentence(failed)).toMatch(
    /^2 of 3 look-ups of “Embed” were hits; nothing else was/,
  );
  const savings = of(tasks, [miss(0, 1, 30)]);
  expect(savings).toMatchObject({ computeMs: 30, isComputedEarlier: true, savedMs: 60 - 2 });
  expect(savingsSentence(savings)).toBe(
    '“Embed” saved 58 ms of worker time: a look-up took 1 ms, computing the result takes 30 ms.',
  );
});

test('counts failed attempts as no result, a retried item as one miss', () => {
  const failed = miss(0, 1, 90, { outcome: Outcome.retried });
  const again = miss(91, 95, 10, { attempt: 2 });
  expect(of([failed, again])).toMatchObject({ misses: 1, lookUpMs: 1, computeMs: 10 });
});

test('a batch costs each of its items its share', () => {
  const pipeline = pipelineOf({ batch: { size: 4 } });
  const batch = miss(0, 8, 40, {
    members: [
      [0, 0],
      [1, 2],
      [2, 4],
      [3, 6],
    ],
  });
  const savings = of([batch, hit(10, 11)], [], pipeline);
  // How long the batch's items were looked up is not told from their waiting for each other.
  expect(savings).toMatchObject({ hits: 1, misses: 4, computeMs: 10, lookUpMs: 1 });
});

test('says nothing of stages without a cache, and of runs that asked for nothing', () => {
  const nothing = of([]);
  expect(nothing).toMatchObject({ hits: 0, misses: 0, lookUpMs: null, pays: null });
  expect(savingsSentence(nothing)).toBe('“Embed” asked for nothing.');
  expect(cacheSavings(drawnTrace(['embed'], [miss(0, 1, 5)]), pipelineOf({ cache: null }))).toEqual(
    [],
  );
});

test('says what is still to come, and when there were too few hits', () => {
  expect(savingsSentence(of([miss(0, 1, 5)]))).toMatch(
    /found nothing yet: .* 1 ms, .* 5 ms, so it pays as soon/,
  );
  const few = [hit(0, 1), ...Array.from({ length: 9 }, (_, i) => miss(i + 1, i + 2, 5))];
  expect(of(few).savedMs).toBe(5 - 10);
  expect(savingsSentence(of(few))).toMatch(/has not paid yet: 1 hit is too few for 10 look-ups/);
});
