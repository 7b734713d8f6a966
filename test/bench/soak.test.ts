import { expect, test } from 'vitest';
import { compiledBytesOf } from './soak/compiled-code.ts';
import type { Sample } from './soak/samples.ts';
import { isFlat, slopePerHour } from './soak/slope.ts';
import { simulateDay } from './soak/simulated-day.ts';
import { growthOf, tellSoak } from './soak/tell.ts';

const hourMs = 3_600_000;

test('a slope is that of most pairs of samples, whatever one of them says', () => {
  const timesMs = Array.from({ length: 40 }, (_, at) => (at * hourMs) / 20);
  const rising = timesMs.map((ms) => 100 + (6 * ms) / hourMs);
  rising[7] = 100_000;
  const slope = slopePerHour(timesMs, rising);
  expect(slope.perHour).toBeCloseTo(6, 10);
  expect(slope.low).toBeCloseTo(6, 10);
  expect(slope.high).toBeCloseTo(6, 10);
  expect(isFlat(slope, 5)).toBe(false);
  expect(isFlat(slope, 7)).toBe(true);
  // Up and down by as much: its interval has zero in it.
  const swinging = slopePerHour(
    timesMs,
    timesMs.map((_, at) => 100 + (at % 2)),
  );
  expect(swinging.low).toBeLessThanOrEqual(0);
  expect(swinging.high).toBeGreaterThanOrEqual(0);
  expect(isFlat(slopePerHour([0, 1, 2], [1, 2, 3]), 5)).toBe(null);
});

/** Two hours, a sample every three minutes; `heap` of each. */
const samplesOf = (heap: (hours: number) => number): Sample[] =>
  Array.from({ length: 41 }, (_, at) => ({
    ...{ atMs: (at * hourMs) / 20, pageHeap: heap(at / 20), allMemory: null, compiledCode: at },
    ...{ domNodes: 10, eventListeners: 3, documents: 1, frames: 1, workers: 2, storedEntries: 200 },
  }));
const totals = { retried: 1, timedOut: 2, workersReplaced: 3, cacheHits: 4, cacheMisses: 5 };
const figuresOf = (samples: Sample[], wrong: string[] = []) => ({
  ...{ minutes: 120, runs: 100, totals, wrong, samples },
});

test('what grows while it warms up is flat, what goes on growing is told and fails the soak', () => {
  const warm = samplesOf((hours) => 1e6 + 1e7 * Math.min(hours, 0.4));
  expect(growthOf(warm, 'pageHeap')).toMatchObject({ median: 5e6, isFlat: true, samples: 33 });
  expect(growthOf(warm, 'allMemory')).toBe(null);
  expect(tellSoak(figuresOf(warm)).isSteady).toBe(true);
  const leaks = tellSoak(figuresOf(samplesOf((hours) => 1e6 * (1 + hours))));
  expect(leaks.isSteady).toBe(false);
  expect(leaks.text).toMatch(/^Heap of the page's thread .* GROWS$/m);
});

test('code that the browser goes on compiling is told, and fails nothing', () => {
  const { text, isSteady } = tellSoak(figuresOf(samplesOf(() => 1e6)));
  expect(text).toMatch(/^Compiled code of the page's .* the browser’s$/m);
  expect(isSteady).toBe(true);
});

test('of a heap snapshot, nodes of code are what is compiled', () => {
  const meta = { node_fields: ['type', 'name', 'self_size'], node_types: [['object', 'code']] };
  const nodes = [0, 7, 1000, 1, 8, 20, 1, 1, 3, 0, 1, 5];
  expect(compiledBytesOf({ snapshot: { meta }, nodes })).toBe(23);
});

test('one thing lost in one run fails the soak, and is told', () => {
  const lost = tellSoak(
    figuresOf(
      samplesOf(() => 1e6),
      ['Run 7: Lost: an item.'],
    ),
  );
  expect(lost.isSteady).toBe(false);
  expect(lost.text).toContain('Run 7: Lost: an item.');
});

test('half an hour of simulated time with faults breaks no law', () => {
  const { hours, items, tasks, retried, timedOut, wrong } = simulateDay(0.5);
  expect(wrong).toEqual([]);
  expect(hours).toBeGreaterThan(0.45);
  expect(items).toBe(3600);
  expect(tasks).toBeGreaterThan(items);
  expect(retried).toBeGreaterThan(0);
  expect(timedOut).toBeGreaterThan(0);
});
