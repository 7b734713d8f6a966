import { expect, test } from 'vitest';
import { parseDocument } from '../../src/pipeline/parse.ts';
import { withBenchPage } from '../bench/bench-page.ts';
import type { RepeatTimed } from '../bench/cache-store/page.ts';
import { measureCacheStore } from '../bench/cache-store-bench.ts';
import { attacks } from '../bench/hostile/contenders.ts';
import { measureAttacks } from '../bench/hostile-bench.ts';
import { measureLive } from '../bench/live/rounds.ts';
import { tricks } from '../bench/live/tricks.ts';
import { workloads, type Workload } from '../bench/live/workloads.ts';
import { profileOf } from '../bench/profile-bench.ts';
import { soakLive } from '../bench/soak-bench.ts';
import { samplingFlags, type Sample } from '../bench/soak/samples.ts';
import { measureLiveScale } from '../bench/scale-bench.ts';
import { measureSweeps } from '../bench/sweep-bench.ts';
import { benchSpeedup } from '../bench/speedup.ts';
import { measureTricks, trickWorkloads } from '../bench/tricks-bench.ts';
import { graphDragBench } from '../bench/workbench/graph-drag.ts';
import { millionSpansBench } from '../bench/workbench/million-spans.ts';
import { usingBrowser } from './open-page.ts';

const openPage = usingBrowser();

// The bench itself, tiny: that it runs and adds up, never how fast.
test('the bench of the speedup runs, and its figures belong together', async () => {
  const { pipeline } = parseDocument({
    format: 'millrace/1',
    source: { kind: 'count', count: 6 },
    stages: [{ id: 'work', work: { kind: 'synthetic', phases: [{ cpu: 2 }] } }],
    machine: { workers: 2 },
  });
  const page = await openPage('#headless');
  await page.waitForFunction(() => 'millraceHeadless' in globalThis);
  const { rounds, sameResults, speedup } = await benchSpeedup(
    page,
    pipeline!,
    [0, 1, 2, 3, 4, 5],
    2,
  );
  expect(rounds).toHaveLength(2);
  for (const round of rounds) {
    expect(round.twoWorkerRatio).toBeGreaterThan(0);
    expect(round.speedup).toBeCloseTo(round.sequentialMs / round.parallelMs, 10);
    expect(round.achieved).toBeCloseTo(round.speedup / round.allowed, 10);
    expect(round.serialShare).toBe(0);
  }
  expect(sameResults).toBe(true);
  expect(speedup.pairs).toBe(2);
});

test('the bench of live runs runs: everybody does the same tasks, or says why not', async () => {
  const named = (name: string): Workload => workloads.find((one) => one.name === name)!;
  const quick = { rounds: 1, seed: 1, isQuick: true };
  const { measured, left, profile } = await withBenchPage('live', 'liveBench', async (page) => ({
    measured: await measureLive(page, workloads, quick),
    left: await measureTricks(page, trickWorkloads, quick),
    profile: await profileOf(page, named('100-us'), quick),
  }));
  const { environment, workloads: found } = measured;
  expect(environment?.isolated).toBe(true);
  for (const { name, series } of found) {
    expect(series, name).toHaveLength(11);
    for (const { name: who, cannot, rounds } of series) {
      // Who does not do all of it, or puts out something else, throws.
      expect(rounds, who).toHaveLength(cannot === null ? 1 : 0);
      for (const { ms, wholeMs } of rounds) {
        expect(ms).toBeGreaterThan(0);
        expect(wholeMs).toBeGreaterThanOrEqual(ms);
      }
    }
    const unable = series.filter(({ cannot }) => cannot !== null).map((one) => one.name);
    // All others may have as many tasks open as wait at once.
    const fewOpen = ['postMessage, 1 ahead', 'postMessage, 4 ahead', 'messages of 64 tasks'];
    const known = ['workerpool', ...fewOpen, 'ring in shared memory'];
    expect(unable).toEqual(name === 'waits' ? known : []);
  }
  const without = left.flatMap(({ workloads: [one] }) => one!.series);
  for (const { rounds } of without) expect(rounds.map(({ ms }) => ms > 0)).toEqual([true]);
  for (const { trick } of tricks) expect(without.map(({ name }) => name)).toContain(trick);
  const { profiles } = profile;
  const yardsticks = ['messages of 64 tasks', 'ring in shared memory', 'one static split'];
  expect(profiles.map(({ name }) => name)).toEqual(['millrace', ...yardsticks]);
  // Tasks of 100 µs: those two threads were seen to work.
  for (const { rounds } of profiles)
    expect(rounds.map(({ workers }) => workers > 1)).toEqual([true]);
});

test('the soak runs: everything goes wrong, nothing is lost, and all it holds is counted', async () => {
  const figures = await withBenchPage('soak', 'soak', (page) => soakLive(page, 1 / 60_000), {
    args: samplingFlags,
  });
  expect(figures.wrong).toEqual([]);
  expect(figures.runs).toBe(1);
  for (const [what, count] of Object.entries(figures.totals)) {
    expect(count, what).toBeGreaterThan(0);
  }
  const [sample] = figures.samples as [Sample];
  expect(figures.samples).toHaveLength(1);
  for (const [what, value] of Object.entries(sample)) expect(value, what).toBeGreaterThan(0);
});

test('the bench of the scale runs: the clocks of run and browser agree', async () => {
  const before = Date.now();
  const found = await withBenchPage('scale', 'scale', (page) =>
    measureLiveScale(page, { items: 300, stages: 3 }),
  );
  expect(found.tasks).toBe(900);
  expect(found.traceBytes).toBeGreaterThan(900 * 50);
  expect(found.wholeMs).toBeGreaterThan(found.makespanMs);
  expect(found.startedAtMs).toBeGreaterThan(before);
  expect(found.startedAtMs).toBeLessThan(Date.now());
});

test('the bench of the cache’s store runs, and every way to keep results answers', async () => {
  const { sizes, compression, repeats } = await withBenchPage('cache-store', 'bench', (page) =>
    measureCacheStore(page, 1, 0.01),
  );
  expect(sizes).toHaveLength(2);
  for (const { rounds } of sizes) {
    expect(Object.keys(rounds)).toHaveLength(4);
    for (const [{ entries, writeMs, readMs, strayMs } = { entries: 0 }] of Object.values(rounds)) {
      expect(entries).toBeGreaterThan(0);
      for (const ms of [writeMs, readMs, strayMs]) expect(ms).toBeGreaterThan(0);
    }
  }
  // Small values are kept as they are, large ones are not.
  expect(compression[0]!.share).toBe(1);
  expect(compression.at(-1)!.share).toBeLessThan(0.5);
  const [{ asked, hits, sameResults }] = repeats as [RepeatTimed];
  expect(asked).toBeGreaterThan(100);
  expect(hits / asked).toBeGreaterThanOrEqual(0.95);
  expect(sameResults).toBe(true);
});

test('the bench of the sweeps runs, and every sweep has its cells', async () => {
  const figures = await withBenchPage('sweep', 'bench', (page) => measureSweeps(page, 1, 0.005));
  const { warm, fresh, alone, stops } = figures;
  expect(Object.keys(warm)).toHaveLength(3);
  for (const [{ cells, ms, firstMs } = { cells: 0 }] of [...Object.values(warm), fresh, alone]) {
    expect(cells).toBe(5);
    expect(firstMs).toBeGreaterThan(0);
    expect(ms).toBeGreaterThanOrEqual(firstMs!);
  }
  expect(stops).toHaveLength(1);
});

test('the bench of the workbench runs, and every row of it has figures', async () => {
  const rows = [
    ...(await graphDragBench(await openPage(), 1, 40)),
    ...(await millionSpansBench(await openPage(), 1, 3000)),
  ];
  // Two ways to drag; a first picture, its levels, zooms and pans in three kinds of lanes.
  expect(rows).toHaveLength(2 + 3 * 4);
  for (const { what, medianMs, p99Ms, samples } of rows) {
    expect(samples, what).toBeGreaterThan(0);
    expect(medianMs, what).toBeGreaterThan(0);
    expect(p99Ms, what).toBeGreaterThanOrEqual(medianMs);
  }
});

test('the bench of hostile code runs: every press is counted, and every end told', async () => {
  const names = ['endless recursion', 'closing its own worker'];
  const chosen = attacks.filter(({ name }) => names.includes(name));
  const series = await measureAttacks(openPage, chosen, 1, 100);
  expect(series.map(({ name }) => name)).toEqual(names);
  const [recursion, closing] = series.map(({ rounds }) => rounds[0]!);
  for (const { presses, delaysMs, longestDelayMs } of [recursion!, closing!]) {
    expect(presses).toBeGreaterThan(0);
    // The click on Run is one more, and may take more than one try among the others.
    expect(delaysMs.length).toBeGreaterThan(presses);
    expect(longestDelayMs).toBeGreaterThanOrEqual(Math.max(...delaysMs));
  }
  expect(recursion!.ended).toMatch(/^0 of 2 items.* 2 failed: .*Maximum call stack/);
  expect(closing!.ended).toMatch(/^0 of 2 items.* 2 failed: .*close is not a function/);
});
