import { expect, test } from 'vitest';
import { Outcome } from '../../src/trace/types.ts';
import { makespan, predict, summaryOf } from './predict.ts';

test('ggen: every task runs, and the chain takes 39.1 s at a hundredth', async () => {
  const { trace } = await predict('ggen');
  expect(trace.meta.makespan).toBe(391);
  expect(trace.tasks.count).toBe(6);
  expect([...trace.tasks.outcome.subarray(0, 6)].every((o) => o === Outcome.ok)).toBe(true);
  expect(await makespan('ggen', 'clean room beside')).toBe(323);
  expect(await makespan('ggen', 'validation beside too')).toBe(264);
});

test('ggen: the waterfall begins at 81.7 s, and two optimisations leave 63.1 s', async () => {
  expect(await makespan('ggen', 'before')).toBe(817);
  expect(await makespan('ggen', '+ tests on threads')).toBe(683);
  expect(await makespan('ggen', '+ dependency cache')).toBe(631);
  expect(await makespan('ggen', '+ containers')).toBe(512);
});

test('containers: each its own, one a worker, warm', async () => {
  expect(await makespan('containers')).toBe(320);
  expect(await makespan('containers', 'once per worker')).toBe(140);
  expect(await makespan('containers', 'warmed before the clock')).toBe(80);
});

test('dependency cache: all but the first build, and only what is asked for again', async () => {
  expect(await makespan('dependency-cache')).toBe(124 + 3 * 72);
  expect((await summaryOf('dependency-cache')).stages['fetch']?.cacheHits).toBe(3);
  expect(await makespan('dependency-cache', 'no cache')).toBe(4 * 124);
  expect(await makespan('dependency-cache', 'other dependencies')).toBe(4 * 124);
});

test('test threads: cores bound what computes, threads what waits', async () => {
  expect(await makespan('test-threads', 'one at a time')).toBe(240);
  expect(await makespan('test-threads', 'two at a time')).toBe(120);
  expect(await makespan('test-threads')).toBe(120);
  expect(await makespan('test-threads', { '/machine/cores': 4 })).toBe(60);
  expect(await makespan('test-threads', 'waiting tests')).toBe(30);
  expect(await makespan('test-threads', 'waiting tests, one at a time')).toBe(240);
});
