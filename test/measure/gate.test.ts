import { describe, expect, it, test } from 'vitest';
import { SeededRandom } from '../../src/base/seeded-random.ts';
import { environmentDifferences } from '../../src/measure/environments.ts';
import { judgeInterleaved, judgeRecorded, type MeasuredRuns } from '../../src/measure/gate.ts';
import { unpairedRatio } from '../../src/measure/ratio-interval.ts';
import { pairedSpeedup } from '../../src/measure/speedup.ts';

/** A run's time: 100 ms, a tenth up or down, and now and then far out. */
const timeOf = (random: SeededRandom, factor = 1): number =>
  factor * (100 + 20 * random.next() + (random.int(10) === 0 ? 80 * random.next() : 0));
const timesOf = (random: SeededRandom, count: number, factor = 1): number[] =>
  Array.from({ length: count }, () => timeOf(random, factor));

describe('the ratio of two samples that were not paired', () => {
  // Two-sided critical values of U at 5 % from the tables of Mann and Whitney: the interval begins one after.
  test.each([
    [4, 4, 0],
    [5, 5, 2],
    [6, 6, 5],
    [8, 10, 17],
    [10, 10, 23],
    [12, 12, 37],
    [20, 20, 127],
  ])('of %i and %i runs begins after the %i smallest ratios', (m, n, critical) => {
    const random = new SeededRandom(m * 100 + n);
    const earlier = timesOf(random, m);
    const later = timesOf(random, n);
    const ratios = earlier.flatMap((before) => later.map((now) => now / before));
    ratios.sort((a, b) => a - b);
    const { low, high } = unpairedRatio(earlier, later);
    expect(low).toBe(ratios[critical]);
    expect(high).toBe(ratios[ratios.length - 1 - critical]);
  });
  it('says nothing of three runs against three, or of none', () => {
    expect(unpairedRatio([1, 2, 3], [4, 5, 6])).toMatchObject({ low: 0, high: Infinity });
    expect(unpairedRatio([], [1, 2])).toEqual({ ratio: 1, low: 0, high: Infinity });
  });
  it('hardly changes where counting gives way to the normal approximation', () => {
    const random = new SeededRandom(7);
    const [earlier, later] = [timesOf(random, 31), timesOf(random, 30)];
    const counted = unpairedRatio(earlier.slice(1), later);
    const approximated = unpairedRatio(earlier, later);
    expect(approximated.high - approximated.low).toBeGreaterThan(
      0.7 * (counted.high - counted.low),
    );
    expect(approximated.high - approximated.low).toBeLessThan(1.3 * (counted.high - counted.low));
  });
  test.each([
    [12, 12, 30],
    [40, 35, 31],
  ])('covers the true ratio of %i and %i runs as often as it says (seed %i)', (m, n, seed) => {
    const random = new SeededRandom(seed);
    const experiments = 600;
    let covered = 0;
    for (let i = 0; i < experiments; i++) {
      const { low, high } = unpairedRatio(timesOf(random, m), timesOf(random, n, 1.3));
      if (low <= 1.3 && 1.3 <= high) covered++;
    }
    expect(covered / experiments).toBeGreaterThanOrEqual(0.93);
    expect(covered / experiments).toBeLessThan(0.99);
  });
});

const here = {
  browser: 'Chromium 156',
  cores: 2,
  isolated: true,
  timerStepMs: 0.005,
  hidden: false,
};
const runs = (makespansMs: number[], more: Partial<MeasuredRuns> = {}): MeasuredRuns => ({
  makespansMs,
  resultsDigest: 'ab',
  environment: here,
  ...more,
});

describe('a run against recorded times', () => {
  const random = new SeededRandom(40);
  const then = runs(timesOf(random, 12));

  it('is a regression when it is slower for certain, by more than is allowed', () => {
    const gate = judgeRecorded(then, runs(timesOf(random, 12, 1.5)));
    expect(gate).toMatchObject({ verdict: 'regression', passes: false, method: 'recorded' });
    expect(gate.low).toBeGreaterThan(1.02);
    expect(gate.sentence).toMatch(
      /^Slower than the baseline: 1\.\d+× its time \(1\.\d+–1\.\d+\)\.$/,
    );
    expect(gate.remarks[0]).toContain('in turns');
    expect(judgeRecorded(then, runs(timesOf(random, 12, 1.5)), { tolerance: 1 }).verdict).not.toBe(
      'regression',
    );
  });
  it('tells faster from no difference', () => {
    expect(judgeRecorded(then, runs(timesOf(random, 12, 0.6)))).toMatchObject({
      verdict: 'improvement',
      passes: true,
    });
    expect(judgeRecorded(then, runs(then.makespansMs.toReversed()))).toMatchObject({
      verdict: 'no difference seen',
      passes: true,
    });
  });
  it('names a small but certain slowdown, and lets it pass', () => {
    const exact = (ms: number) => Array.from({ length: 12 }, (_, i) => ms + 0.001 * i);
    const gate = judgeRecorded(runs(exact(100)), runs(exact(101)));
    expect(gate).toMatchObject({ verdict: 'within tolerance', passes: true });
    expect(gate.sentence).toContain('within the 2 % allowed');
  });
  it('never passes what cannot be compared, and says why', () => {
    const other = judgeRecorded(then, runs([1, 2], { resultsDigest: 'cd' }));
    expect(other).toMatchObject({ verdict: 'not comparable', passes: false });
    expect(other.remarks[0]).toContain('other work was done');
    const moved = runs(timesOf(random, 12), { environment: { ...here, cores: 8 } });
    const gate = judgeRecorded(then, moved);
    expect(gate).toMatchObject({ verdict: 'not comparable', passes: false });
    expect(gate.remarks[0]).toBe('Recorded times cannot be compared: 2 cores then, 8 now.');
    const few = judgeRecorded(runs([100]), runs([200]));
    expect(few).toMatchObject({ verdict: 'not comparable', passes: false });
    expect(few.remarks[0]).toContain('1 then, 1 now');
  });
  it('compares what it does not know the browser of, and says so', () => {
    const gate = judgeRecorded({ ...then, environment: null }, runs(timesOf(random, 12)));
    expect(gate.verdict).not.toBe('not comparable');
    expect(gate.remarks.join(' ')).toContain('not known');
  });
});

describe('the baseline and this document in turns', () => {
  const paired = (factor: number) => {
    const random = new SeededRandom(50);
    const ratios = Array.from({ length: 24 }, () => timeOf(random) / timeOf(random, factor));
    return { speedup: pairedSpeedup(ratios, { seed: 1 }), differentWork: null };
  };

  it('turns the speedup into what it takes now', () => {
    const experiment = paired(1.5);
    const gate = judgeInterleaved(experiment);
    expect(gate).toMatchObject({ verdict: 'regression', method: 'interleaved', remarks: [] });
    expect(gate.ratio).toBeCloseTo(1 / experiment.speedup.ratio);
    expect(gate.low).toBeLessThan(gate.ratio);
    expect(gate.high).toBeGreaterThan(gate.ratio);
    expect(judgeInterleaved(paired(0.6)).verdict).toBe('improvement');
    expect(judgeInterleaved(paired(1)).verdict).toBe('no difference seen');
  });
  it('does not pass without a speedup', () => {
    const why = 'Their results differ.';
    expect(judgeInterleaved({ speedup: null, differentWork: why })).toMatchObject({
      verdict: 'not comparable',
      passes: false,
      remarks: [why],
    });
    const none = judgeInterleaved({ speedup: null, differentWork: null });
    expect(none).toMatchObject({ verdict: 'not comparable', passes: false });
    const few = { speedup: pairedSpeedup([1, 1.1], { seed: 1 }), differentWork: null };
    expect(judgeInterleaved(few).passes).toBe(false);
  });
  it('does not pass a missed target either', () => {
    const target = { outcome: 'missed' } as Parameters<typeof judgeInterleaved>[1] extends
      { targets?: readonly (infer T)[] } | undefined
      ? T
      : never;
    expect(judgeInterleaved(paired(1), { targets: [target] }).passes).toBe(false);
    expect(judgeInterleaved(paired(1), { targets: [{ ...target, outcome: 'met' }] }).passes).toBe(
      true,
    );
    const unmeasured = { ...target, outcome: 'not measured' as const };
    expect(judgeInterleaved(paired(1), { targets: [unmeasured] }).passes).toBe(false);
  });
});

test('environments that differ are named', () => {
  expect(environmentDifferences(here, { ...here, timerStepMs: 1 })).toEqual([]);
  expect(environmentDifferences(here, { ...here, browser: 'Chromium 157' })).toEqual([
    'another browser version (Chromium 156 then, Chromium 157 now)',
  ]);
  expect(
    environmentDifferences(here, { ...here, browser: 'Firefox 153', cores: 8, hidden: true }),
  ).toEqual([
    'another browser (Chromium 156 then, Firefox 153 now)',
    '2 cores then, 8 now',
    'the tab was hidden now, which slows it',
  ]);
  expect(environmentDifferences(here, { ...here, isolated: false })[0]).toContain('isolated');
});
