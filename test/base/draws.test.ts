import { describe, expect, test } from 'vitest';
import {
  type Draw,
  DrawSeries,
  drawUnit,
  drawValue,
  hashString,
  noStage,
  purpose,
} from '../../src/base/draws.ts';
import { meanOf } from '../../src/base/draw-mean.ts';
import { Zipf, zipf } from '../../src/base/zipf.ts';
import { SeededRandom } from '../../src/base/seeded-random.ts';

const stage = hashString('resize');
const units = (n: number, at: (i: number) => number): number[] =>
  Array.from({ length: n }, (_, i) => at(i));

/** Largest distance between the empirical and the uniform distribution (Kolmogorov and Smirnov). */
function ksDistance(sample: number[]): number {
  const sorted = [...sample].sort((a, b) => a - b);
  return sorted.reduce(
    (worst, x, i) => Math.max(worst, (i + 1) / sorted.length - x, x - i / sorted.length),
    0,
  );
}

function correlation(a: number[], b: number[]): number {
  const mean = (v: number[]): number => v.reduce((s, x) => s + x, 0) / v.length;
  const [ma, mb] = [mean(a), mean(b)];
  let ab = 0;
  let aa = 0;
  let bb = 0;
  a.forEach((x, i) => {
    ab += (x - ma) * (b[i]! - mb);
    aa += (x - ma) ** 2;
    bb += (b[i]! - mb) ** 2;
  });
  return ab / Math.sqrt(aa * bb);
}

describe('drawUnit', () => {
  const n = 20_000;
  // 1.95 / √n: a uniform sample is further off with chance 0.1 %.
  const ksLimit = 1.95 / Math.sqrt(n);
  const alongEachPart: Record<string, (i: number) => number> = {
    seed: (i) => drawUnit(i, purpose.service, stage, 0, 1, 0),
    item: (i) => drawUnit(1, purpose.service, stage, i, 1, 0),
    stage: (i) => drawUnit(1, purpose.service, hashString(`stage-${i}`), 0, 1, 0),
    attempt: (i) => drawUnit(1, purpose.service, stage, 0, i, 0),
    phase: (i) => drawUnit(1, purpose.service, stage, 0, 1, i),
    'far items': (i) => drawUnit(1, purpose.service, stage, i * 2 ** 32, 1, 0),
  };
  for (const [part, at] of Object.entries(alongEachPart)) {
    test(`is uniform along ${part}`, () => {
      const sample = units(n, at);
      expect(sample.every((u) => u >= 0 && u < 1)).toBe(true);
      expect(ksDistance(sample)).toBeLessThan(ksLimit);
      // Neighbours do not go together.
      expect(Math.abs(correlation(sample.slice(1), sample.slice(0, -1)))).toBeLessThan(
        3.5 / Math.sqrt(n),
      );
      // Low bits are as good as the high ones.
      expect(ksDistance(sample.map((u) => (u * 2 ** 26) % 1))).toBeLessThan(ksLimit);
    });
  }

  test('differs by every part of its address', () => {
    const base = drawUnit(1, purpose.service, stage, 5, 1, 0);
    const others = [
      drawUnit(2, purpose.service, stage, 5, 1, 0),
      drawUnit(1, purpose.failure, stage, 5, 1, 0),
      drawUnit(1, purpose.service, noStage, 5, 1, 0),
      drawUnit(1, purpose.service, stage, 6, 1, 0),
      drawUnit(1, purpose.service, stage, 5, 2, 0),
      drawUnit(1, purpose.service, stage, 5, 1, 1),
    ];
    expect(new Set([base, ...others]).size).toBe(7);
  });

  test('purposes are independent of each other', () => {
    const service = units(n, (i) => drawUnit(1, purpose.service, stage, i, 1, 0));
    const failure = units(n, (i) => drawUnit(1, purpose.failure, stage, i, 1, 0));
    expect(Math.abs(correlation(service, failure))).toBeLessThan(3.5 / Math.sqrt(n));
  });

  test('golden values: a change here changes every shared schedule', () => {
    expect([0, 1, 2].map((i) => drawUnit(1, purpose.service, stage, i, 1, 0))).toEqual([
      0.7389393650091131, 0.011468488940613364, 0.042865564790953936,
    ]);
    expect(drawUnit(2 ** 40 + 7, purpose.failure, 0, -3, 2, 1)).toBe(0.5682990733559186);
    expect([stage, hashString('')]).toEqual([2263634456, 2872998923]);
  });
});

describe('drawValue', () => {
  const draws: Record<string, { draw: Draw; sd: number; golden: number }> = {
    uniform: { draw: { uniform: [2, 4] }, sd: 2 / Math.sqrt(12), golden: 2.5113 },
    exponential: { draw: { exponential: 10 }, sd: 10, golden: 2.9526 },
    lognormal: { draw: { lognormal: { mean: 10, cv: 0.5 } }, sd: 5, golden: 6.5585 },
    // sd = mean / √(α(α−2)) for α > 2.
    pareto: { draw: { pareto: { mean: 10, alpha: 4 } }, sd: 10 / Math.sqrt(8), golden: 8.0746 },
    empirical: { draw: { empirical: [1, 2, 6] }, sd: Math.sqrt(14 / 3), golden: 1 },
    perItem: { draw: { perItem: [5, 6] }, sd: 0.5, golden: 6 },
    fixed: { draw: 7, sd: 0, golden: 7 },
  };
  for (const [name, { draw, sd, golden }] of Object.entries(draws)) {
    test(`${name} has the mean and the deviation it says`, () => {
      const n = 40_000;
      const sample = units(n, (i) =>
        drawValue(draw, new DrawSeries(3, purpose.service, stage), i, 1, 0, i),
      );
      const mean = sample.reduce((s, x) => s + x, 0) / n;
      expect(Math.abs(mean - meanOf(draw))).toBeLessThanOrEqual((3.5 * sd) / Math.sqrt(n));
      const deviation = Math.sqrt(sample.reduce((s, x) => s + (x - mean) ** 2, 0) / n);
      expect(Math.abs(deviation - sd)).toBeLessThanOrEqual(0.1 * sd);
      expect(
        drawValue(draw, new DrawSeries(7, purpose.service, hashString('a')), 3, 1, 0, 3),
      ).toBeCloseTo(golden, 4);
    });
  }
  test('perItem is cyclic, also for negative numbers, whatever the address', () => {
    const entries = [-1, 0, 1, 2, 3].map((i) =>
      drawValue({ perItem: [10, 20, 30] }, new DrawSeries(i, purpose.service, stage), 9, 9, 9, i),
    );
    expect(entries).toEqual([30, 10, 20, 30, 10]);
  });
  test('a mean of zero draws zero', () => {
    const zero = (draw: Draw): number =>
      drawValue(draw, new DrawSeries(1, purpose.service, stage), 0, 1, 0, 0);
    expect(zero({ exponential: 0 })).toBeCloseTo(0, 15);
    expect(zero({ lognormal: { mean: 0, cv: 1 } })).toBe(0);
    expect(zero({ pareto: { mean: 0, alpha: 2 } })).toBe(0);
    expect(zero({ lognormal: { mean: 5, cv: 0 } })).toBe(5);
  });
});

test('zipf draws keys as often as its law says', () => {
  const law = new Zipf(50, 1.1);
  const n = 50_000;
  const counts = new Array<number>(50).fill(0);
  for (let i = 0; i < n; i++) counts[zipf(50, 1.1, drawUnit(1, purpose.key, stage, i, 1, 0))]!++;
  // Pearson's χ² with 49 degrees of freedom exceeds 85.4 with chance 0.1 %.
  const chiSquare = counts.reduce((sum, count, key) => {
    const expected = n * law.chance(key);
    return sum + (count - expected) ** 2 / expected;
  }, 0);
  expect(chiSquare).toBeLessThan(85.4);
  expect(law.keyAt(0)).toBe(0);
  expect(law.keyAt(1 - 2 ** -53)).toBe(49);
  expect(new Zipf(4, 0).chance(3)).toBe(0.25);
});

describe('SeededRandom', () => {
  test('golden values', () => {
    const random = new SeededRandom(42);
    expect([random.bits(), random.bits(), random.next(), random.int(100)]).toEqual([
      3011021589, 3960382089, 0.3602520223017406, 31,
    ]);
    expect(random.shuffle([1, 2, 3, 4, 5])).toEqual([1, 2, 4, 5, 3]);
  });
  test('is uniform, and streams of one seed differ', () => {
    const random = new SeededRandom(7);
    expect(ksDistance(units(20_000, () => random.next()))).toBeLessThan(1.95 / Math.sqrt(20_000));
    expect(new SeededRandom(7, 1).bits()).not.toBe(new SeededRandom(7, 2).bits());
  });
  test('shuffles all orders about equally often', () => {
    const random = new SeededRandom(9);
    const seen = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = random.shuffle(['a', 'b', 'c']).join('');
      seen.set(order, (seen.get(order) ?? 0) + 1);
    }
    expect(seen.size).toBe(6);
    // 1000 each, standard deviation 29.
    for (const count of seen.values()) expect(Math.abs(count - 1000)).toBeLessThan(110);
  });
});
