import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../src/base/seeded-random.ts';
import { fitPowerLaw } from '../../src/measure/power-law.ts';

describe('a power law', () => {
  it('is found again, whatever it is, from costs that follow it', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1, max: 4, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
        fc.uniqueArray(fc.integer({ min: 1, max: 5000 }), { minLength: 3, maxLength: 9 }),
        (exponent, factor, sizes) => {
          const law = fitPowerLaw(sizes.map((n) => ({ n, cost: factor * n ** exponent })))!;
          expect(law.exponent).toBeCloseTo(exponent, 6);
          expect(law.factor / factor).toBeCloseTo(1, 5);
          expect(law.high - law.low).toBeLessThan(1e-5);
          expect(law.sizes).toBe(sizes.length);
        },
      ),
    );
  });

  it('has the interval of a linear regression, worked by hand', () => {
    // Slope ± 3.1824 × its standard error, three degrees of freedom.
    const law = fitPowerLaw([
      { n: 10, cost: 1.1 },
      { n: 20, cost: 3.6 },
      { n: 50, cost: 27 },
      { n: 100, cost: 95 },
      { n: 200, cost: 420 },
    ])!;
    expect(law.exponent).toBeCloseTo(1.99672, 4);
    expect(law.low).toBeCloseTo(1.864, 3);
    expect(law.high).toBeCloseTo(2.1294, 3);
  });

  it('has an interval that holds the exponent in 95 of 100 noisy series', () => {
    const random = new SeededRandom(7);
    /** Nearly normal: the sum of twelve. */
    const noise = () => Array.from({ length: 12 }, () => random.next()).reduce((a, b) => a + b) - 6;
    let held = 0;
    const series = 2000;
    for (let at = 0; at < series; at++) {
      const law = fitPowerLaw(
        [10, 30, 100, 300, 1000, 3000].map((n) => ({ n, cost: n ** 2 * Math.exp(noise() / 5) })),
      )!;
      if (law.low <= 2 && law.high >= 2) held++;
    }
    expect(held / series).toBeGreaterThan(0.93);
    expect(held / series).toBeLessThan(0.97);
  });

  it('needs three different sizes with a cost', () => {
    expect(
      fitPowerLaw([
        { n: 1, cost: 1 },
        { n: 2, cost: 2 },
      ]),
    ).toBeNull();
    expect(fitPowerLaw([1, 2, 2].map((n) => ({ n, cost: n })))).toBeNull();
    expect(fitPowerLaw([1, 2, 3].map((n) => ({ n, cost: n - 1 })))).toBeNull();
  });
});
