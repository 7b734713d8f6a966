import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exp, inverseNormal, ln, pow, ulpsBetween } from '../../src/base/exact-math.ts';

function hex(x: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  return view.getBigUint64(0).toString(16).padStart(16, '0');
}

describe('within 2 ulp of the engine', () => {
  const normal = fc.double({ min: 1e-300, max: 1e300, noNaN: true });
  test('ln', () => {
    fc.assert(fc.property(normal, (x) => ulpsBetween(ln(x), Math.log(x)) <= 2));
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 2, noNaN: true }), (x) => {
        return ulpsBetween(ln(x), Math.log(x)) <= 2;
      }),
    );
  });
  test('exp', () => {
    fc.assert(
      fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
        return ulpsBetween(exp(x), Math.exp(x)) <= 2;
      }),
    );
  });
  test('pow', () => {
    const base = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
    const exponent = fc.double({ min: -40, max: 40, noNaN: true });
    fc.assert(
      fc.property(base, exponent, (b, e) => ulpsBetween(pow(b, e), Math.pow(b, e)) <= 2),
      { numRuns: 2000 },
    );
  });
});

test('exact bit patterns, the same in every engine', () => {
  expect([0.1, 2, 10, 1e-310].map((x) => hex(ln(x)))).toEqual([
    'c0026bb1bbb55515',
    '3fe62e42fefa39ef',
    '40026bb1bbb55516',
    'c0864e69394d9508',
  ]);
  expect([1, -1, 0.1, 700, -745].map((x) => hex(exp(x)))).toEqual([
    '4005bf0a8b14576a',
    '3fd78b56362cef38',
    '3ff1aec7b35a00d4',
    '7f0d945df4f8ec8e',
    '0000000000000001',
  ]);
  expect([pow(2.5, 3.7), pow(10, -5), pow(0.3, -0.7)].map(hex)).toEqual([
    '403dac93f32d18dd',
    '3ee4f8b588e368f0',
    '400295216ea4f6c2',
  ]);
  expect([1e-10, 0.01, 0.3, 0.975, 0.9999].map((p) => hex(inverseNormal(p)))).toEqual([
    'c0197203597a2154',
    'c0029c5c4630ff0e',
    'bfe0c7e39582c5fa',
    '3fff5c0331eeff82',
    '400dc08bb712897a',
  ]);
});

test('corners', () => {
  expect([ln(1), ln(0), ln(-1), ln(Infinity), ln(NaN)]).toEqual([0, -Infinity, NaN, Infinity, NaN]);
  expect([exp(0), exp(1000), exp(-1000), exp(-Infinity), exp(NaN)]).toEqual([
    1,
    Infinity,
    0,
    0,
    NaN,
  ]);
  expect([pow(0, 2), pow(0, -1), pow(5, 0), pow(2, 2000), pow(2, -2000), pow(-2, 3)]).toEqual([
    0,
    Infinity,
    1,
    Infinity,
    0,
    NaN,
  ]);
  expect(pow(2, 10)).toBe(1024);
  expect(pow(10, -310)).toBe(1e-310);
  expect([inverseNormal(0), inverseNormal(1), inverseNormal(0.5), inverseNormal(2)]).toEqual([
    -Infinity,
    Infinity,
    0,
    NaN,
  ]);
});

test('the inverse normal agrees with published percentage points and is odd', () => {
  // Abramowitz and Stegun, table 26.5 and 26.6.
  expect(inverseNormal(0.975)).toBeCloseTo(1.959963984540054, 14);
  expect(inverseNormal(0.995)).toBeCloseTo(2.575829303548901, 14);
  expect(inverseNormal(1e-9)).toBeCloseTo(-5.997807015007687, 13);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 20 - 1 }), (k) => {
      const p = k / 2 ** 20;
      return Math.abs(inverseNormal(p) + inverseNormal(1 - p)) < 1e-12;
    }),
  );
});
