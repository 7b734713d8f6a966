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

test('its second stage is given what the first put out', () => {
  const { tasks } = rehearse(100, 3);
  const rows = [...tasks.stage.subarray(0, tasks.count).keys()];
  const bytes = (stage: number) =>
    rows.filter((row) => tasks.stage[row] === stage).map((row) => tasks.bytes[row]);
  const [first] = bytes(0);
  expect(first).toBeGreaterThan(0);
  expect([...bytes(0), ...bytes(1)]).toEqual(new Array(100).fill(first));
});

test('short runs begin at once, and none practises for ever', () => {
  expect(tasksToPractise(200)).toBe(0);
  expect(tasksToPractise(6000)).toBe(3000);
  expect(tasksToPractise(10_000_000)).toBe(10_000);
});
