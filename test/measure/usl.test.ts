import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { lastGain } from '../../src/measure/last-gain.ts';
import { fitAmdahl, fitUsl, peakWorkers, uslSpeedup } from '../../src/measure/usl.ts';
import { amdahlSpeedup } from '../../src/measure/amdahl.ts';

const workers = [1, 2, 4, 8, 16, 32];
const pointsOf = (law: (n: number) => number) =>
  workers.map((n) => ({ workers: n, speedup: law(n) }));

describe('the universal scalability law', () => {
  it('is Amdahl’s law without coherence, and linear without both', () => {
    for (const n of workers) {
      expect(uslSpeedup({ alpha: 0.1, beta: 0 }, n)).toBeCloseTo(amdahlSpeedup(0.1, n), 12);
      expect(uslSpeedup({ alpha: 0, beta: 0 }, n)).toBe(n);
    }
  });
  it('finds both numbers again from exact points, and its own peak', () => {
    const share = fc.double({ min: 0, max: 0.5, noNaN: true });
    const small = fc.double({ min: 0, max: 0.02, noNaN: true });
    fc.assert(
      fc.property(share, small, (alpha, beta) => {
        const fit = fitUsl(pointsOf((n) => uslSpeedup({ alpha, beta }, n)))!;
        expect(fit.alpha).toBeCloseTo(alpha, 5);
        expect(fit.beta).toBeCloseTo(beta, 6);
        if (beta < 1e-4) return;
        const peak = peakWorkers({ alpha, beta });
        const at = (n: number): number => uslSpeedup({ alpha, beta }, n);
        expect(at(peak)).toBeGreaterThanOrEqual(at(peak * 1.05));
        if (peak > 1) expect(at(peak)).toBeGreaterThanOrEqual(at(peak / 1.05));
      }),
    );
  });
  it('has the peak that the book gives: √((1 − α) ÷ β)', () => {
    expect(peakWorkers({ alpha: 0.05, beta: 0.0095 })).toBeCloseTo(10, 12);
    expect(peakWorkers({ alpha: 0.05, beta: 0 })).toBe(Infinity);
  });
  it('leaves no residual that another α or β would make smaller', () => {
    const noisy = [1, 1.92, 3.3, 5.9, 8.2, 7.1];
    const points = workers.map((n, index) => ({ workers: n, speedup: noisy[index]! }));
    const squares = (fit: { alpha: number; beta: number }): number =>
      points.reduce((sum, { workers: n, speedup }) => sum + (speedup - uslSpeedup(fit, n)) ** 2, 0);
    const fit = fitUsl(points)!;
    for (const [a, b] of [
      [1.02, 1],
      [0.98, 1],
      [1, 1.02],
      [1, 0.98],
      [1.02, 0.98],
    ] as const)
      expect(squares(fit)).toBeLessThanOrEqual(
        squares({ alpha: fit.alpha * a, beta: fit.beta * b }) + 1e-12,
      );
  });
  it('never fits less than nothing: faster than linear is linear', () => {
    const fit = fitUsl(pointsOf((n) => n * 1.1))!;
    expect(fit).toEqual({ alpha: 0, beta: 0 });
    expect(fitAmdahl(pointsOf((n) => n * 1.1))).toEqual({ alpha: 0, beta: 0 });
  });
  it('leaves out what did not run', () => {
    const points = pointsOf((n) => uslSpeedup({ alpha: 0.1, beta: 0 }, n));
    expect(fitAmdahl([...points, { workers: 3, speedup: 0 }])).toEqual(fitAmdahl(points));
  });
  it('says nothing from too few points', () => {
    expect(fitAmdahl([{ workers: 1, speedup: 1 }])).toBeNull();
    expect(
      fitUsl([
        { workers: 1, speedup: 1 },
        { workers: 2, speedup: 1.5 },
      ]),
    ).toBeNull();
    expect(fitAmdahl([{ workers: 2, speedup: 1.5 }])!.alpha).toBeCloseTo(1 / 3, 9);
  });
});

describe('the last number of workers that is seen to help', () => {
  const point = (workers: number, low: number, high: number) => ({
    workers,
    speedup: { low, high },
  });
  it('is the last whose whole interval lies above the best before it', () => {
    expect(lastGain([point(2, 1.8, 2), point(3, 1.9, 2.1), point(4, 2.2, 2.4)])).toBe(4);
    expect(lastGain([point(2, 1.8, 2), point(3, 1.9, 2.1), point(4, 1.7, 2)])).toBe(2);
    expect(lastGain([point(2, 0.9, 1.1)])).toBe(1);
  });
});
