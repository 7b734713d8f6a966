import { expect, test } from 'vitest';
import { measureSimulatedScale } from './scale-bench.ts';
import { coordinatorBetween, peakOf, type Look } from './scale/watch.ts';

/** A look every 10 ms; the coordinator works half of the time, from 1,000 ms on. */
const looks = Array.from({ length: 101 }, (_, at): Look => ({
  ...{ atMs: 1000 + 10 * at, coordinatorMs: 500 + 5 * at },
  ...{ pageBytes: 1000 + (at % 7), sandboxBytes: 5000 - at },
}));

test('the coordinator’s time is that of the run alone, between looks in proportion', () => {
  expect(coordinatorBetween(looks, 1000, 2000)).toBeCloseTo(500, 10);
  expect(coordinatorBetween(looks, 1005, 1028)).toBeCloseTo(11.5, 10);
});

test('nothing is said of a run whose beginning or end nobody saw', () => {
  expect(coordinatorBetween(looks, 990, 1500)).toBe(null);
  expect(coordinatorBetween(looks, 1500, 2400)).toBe(null);
  expect(coordinatorBetween([], 0, 1)).toBe(null);
  expect(peakOf([], 'pageBytes')).toBe(null);
});

test('the most memory is that of one look', () => {
  expect(peakOf(looks, 'pageBytes')).toBe(1006);
  expect(peakOf(looks, 'sandboxBytes')).toBe(5000);
});

test('a simulated run of a size does all of its tasks, in a process of its own', async () => {
  const { tasks, ms, residentPeak } = await measureSimulatedScale({ items: 50, stages: 4 });
  expect(tasks).toBe(200);
  expect(ms).toBeGreaterThan(0);
  expect(residentPeak).toBeGreaterThan(2 ** 20);
});
