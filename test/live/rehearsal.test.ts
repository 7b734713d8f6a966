import { expect, test } from 'vitest';
import { rehearse, tasksToPractise } from '../../src/live/coordinator/rehearsal.ts';
import { Outcome } from '../../src/trace/types.ts';

test('a rehearsal goes the way of a run in which nothing goes wrong', () => {
  const { meta, tasks } = rehearse(3000, 3);
  expect(meta).toMatchObject({ ended: 'done', note: '', workers: 2 });
  expect(meta.items).toMatchObject({ emitted: 1500, delivered: 1500 });
  expect(tasks.count).toBe(3000);
  expect(tasks.outcome.subarray(0, tasks.count).every((outcome) => outcome === Outcome.ok)).toBe(
    true,
  );
  expect(tasks.attempt.subarray(0, tasks.count).every((attempt) => attempt === 1)).toBe(true);
});

test('short runs begin at once, and none practises for ever', () => {
  expect(tasksToPractise(200)).toBe(0);
  expect(tasksToPractise(6000)).toBe(3000);
  expect(tasksToPractise(10_000_000)).toBe(10_000);
});
