import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { SeededRandom } from '../../src/base/seeded-random.ts';
import { SignBoundaries } from '../../src/measure/sign-boundaries.ts';
import {
  familyError,
  formatSpeedup,
  isPrecise,
  pairedSpeedup,
  plannedLooks,
} from '../../src/measure/speedup.ts';
import { amdahlSpeedup, karpFlatt } from '../../src/measure/amdahl.ts';

/** A ratio of two equally distributed times: symmetric in log, with now and then a far outlier. */
function nullRatio(random: SeededRandom): number {
  const time = () => 100 + 10 * random.next() + (random.int(10) === 0 ? 60 * random.next() : 0);
  return time() / time();
}

describe('paired speedup', () => {
  it('raises a false alarm in at most 5 % of experiments without a difference, all looks counted', () => {
    const random = new SeededRandom(20);
    const experiments = 400;
    let alarms = 0;
    for (let experiment = 0; experiment < experiments; experiment++) {
      const ratios: number[] = [];
      const boundaries = new SignBoundaries(familyError);
      for (const look of plannedLooks) {
        while (ratios.length < look) ratios.push(nullRatio(random));
        const { verdict } = pairedSpeedup(ratios, {
          seed: experiment,
          votes: boundaries.look(look, look / plannedLooks.at(-1)!),
          resamples: 400,
        });
        if (verdict !== 'no difference seen') {
          alarms++;
          break;
        }
      }
    }
    expect(alarms / experiments).toBeLessThanOrEqual(0.05);
  });
  it('would raise far more if the looks were not counted', () => {
    const random = new SeededRandom(21);
    let alarms = 0;
    for (let experiment = 0; experiment < 200; experiment++) {
      const ratios: number[] = [];
      for (let look = 12; look <= 96; look += 6) {
        while (ratios.length < look) ratios.push(nullRatio(random));
        const found = pairedSpeedup(ratios, { seed: experiment, resamples: 200 });
        if (found.verdict !== 'no difference seen') {
          alarms++;
          break;
        }
      }
    }
    expect(alarms / 200).toBeGreaterThan(0.06);
  });
  it('covers the true ratio at least as often as it says', () => {
    const random = new SeededRandom(22);
    let covered = 0;
    for (let experiment = 0; experiment < 300; experiment++) {
      const ratios = Array.from({ length: 24 }, () => 1.8 * nullRatio(random));
      const { low, high } = pairedSpeedup(ratios, { seed: experiment, resamples: 400 });
      if (low <= 1.8 && 1.8 <= high) covered++;
    }
    expect(covered / 300).toBeGreaterThanOrEqual(0.94);
  });
  it('finds a real difference at the first look', () => {
    const random = new SeededRandom(23);
    const ratios = Array.from({ length: 12 }, () => 1.8 * nullRatio(random));
    expect(pairedSpeedup(ratios, { seed: 1, votes: 1 }).verdict).toBe('faster');
    expect(
      pairedSpeedup(
        ratios.map((r) => 1 / r),
        { seed: 1, votes: 1 },
      ).verdict,
    ).toBe('slower');
  });
  it('contains its median, widens with the looks, and repeats from its seed', () => {
    const ratio = fc.double({ min: 0.2, max: 5, noNaN: true });
    fc.assert(
      fc.property(fc.array(ratio, { minLength: 12, maxLength: 40 }), fc.nat(), (ratios, seed) => {
        const one = pairedSpeedup(ratios, { seed, resamples: 200 });
        const votes = new SignBoundaries(familyError).look(ratios.length, 1 / 8);
        const early = pairedSpeedup(ratios, { seed, resamples: 200, votes });
        expect(one.low).toBeLessThanOrEqual(one.ratio);
        expect(one.high).toBeGreaterThanOrEqual(one.ratio);
        expect(early.low).toBeLessThanOrEqual(one.low);
        expect(early.high).toBeGreaterThanOrEqual(one.high);
        expect(pairedSpeedup(ratios, { seed, resamples: 200 })).toEqual(one);
      }),
      { numRuns: 40 },
    );
  });
  it('claims nothing from too few pairs', () => {
    const { low, high, verdict } = pairedSpeedup([2, 2, 2], { seed: 1 });
    expect([low, high, verdict]).toEqual([0, Infinity, 'no difference seen']);
  });
  it('shows no more digits than the interval supports', () => {
    const base = { verdict: 'faster' as const, pairs: 12 };
    expect(formatSpeedup({ ...base, ratio: 1e18, low: 1.5, high: 2.5e18, digits: 2 })).toBe(
      '1.0e18× (1.50–2.5e18)',
    );
    expect(formatSpeedup({ ...base, ratio: 1.8321, low: 1.79, high: 1.88, digits: 2 })).toBe(
      '1.83× (1.79–1.88)',
    );
    const wide = pairedSpeedup([1.1, 3.2, 1.4, 2.8, 2.2, 1.9, 3.1, 1.2, 2.6, 1.7, 2.4, 2], {
      seed: 1,
    });
    expect(wide.digits).toBe(1);
    expect(isPrecise(wide)).toBe(false);
    expect(isPrecise({ ...wide, low: wide.ratio * 0.985, high: wide.ratio * 1.015 })).toBe(true);
  });
});

describe("Amdahl's law", () => {
  it('has its known values and is undone by Karp and Flatt', () => {
    expect(amdahlSpeedup(0, 4)).toBe(4);
    expect(amdahlSpeedup(1, 4)).toBe(1);
    expect(amdahlSpeedup(0.05, 20)).toBeCloseTo(10.256, 3);
    expect(karpFlatt(amdahlSpeedup(0.3, 8), 8)).toBeCloseTo(0.3, 12);
  });
});
