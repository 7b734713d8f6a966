import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assert, AssertionError, defined } from '../../src/base/assert.ts';
import { lowerBound, upperBound } from '../../src/base/bisect.ts';
import { formatPointer, parsePointer } from '../../src/base/json-pointer.ts';
import { editDistance, suggest } from '../../src/base/suggest.ts';
import * as units from '../../src/base/units.ts';

describe('units', () => {
  test('durations', () => {
    const shown = [
      0, 0.0000123, 0.00085, 0.85, 0.99949, 0.9996, 12.400000000000091, 100, 999.6, 1240, 59_999,
    ]
      .concat([125_000, 3_840_000, 187_200_000, -12.4, NaN, Infinity])
      .map(units.formatMs);
    expect(shown).toEqual([
      '0 ms', '12.3 ns', '850 ns', '850 µs', '999 µs', '1 ms', '12.4 ms', '100 ms', '1 s', '1.24 s', '1 min',
      '2 min 5 s', '1 h 4 min', '2 d 4 h', '−12.4 ms', '–', '∞',
    ]); // prettier-ignore
  });
  test('sizes, counts, shares, ratios', () => {
    expect([0, 512, 65536, 1.5 * 2 ** 20, 1023, 2 ** 40].map(units.formatBytes)).toEqual([
      '0 B', '512 B', '64 KiB', '1.5 MiB', '1 KiB', '1 TiB',
    ]); // prettier-ignore
    expect([7, 12400, 999_999, 3_600_000, 0.25, -1500].map(units.formatCount)).toEqual([
      '7', '12,400', '999,999', '3.6 million', '0.25', '−1,500',
    ]); // prettier-ignore
    expect([0.93, 0.0042, 1, 0].map(units.formatPercent)).toEqual([
      '93 %',
      '0.4 %',
      '100 %',
      '0 %',
    ]);
    expect([1.872, 12.44, 0.5, 250].map(units.formatRatio)).toEqual([
      '1.87×',
      '12.4×',
      '0.50×',
      '250×',
    ]);
    expect(units.formatRate(160.4)).toBe('160 /s');
  });
  test('numbers without measure are short, and a field that shows one reads it back', () => {
    const huge = 1e308;
    expect([units.formatCount, units.formatMs, units.formatBytes].map((as) => as(huge))).toEqual([
      '1e308',
      '1.16e300 d',
      '8.88e292 PiB',
    ]);
    expect(units.formatPercent(huge)).toBe('∞');
    expect(units.formatRatio(2e20)).toBe('2e20×');
    expect(units.formatCount(-12.5e14)).toBe('−1.25e15');
    expect(units.formatMs(1e12)).toBe('11574 d');
    for (const [format, parse] of [
      [units.formatCount, units.parseCount],
      [units.formatMs, units.parseMs],
      [units.formatBytes, units.parseBytes],
    ] as const)
      for (const value of [2 ** 50, 1e12, 1e20, 1e300])
        expect(parse(format(value))! / value, format(value)).toBeCloseTo(1, 2);
  });
  test('typed values', () => {
    const typed: [string, number | null][] = [
      ['250ms', 250], ['1.5 s', 1500], ['40', 40], ['2 min 5 s', 125_000], ['850µs', 0.85], ['850 us', 0.85],
      ['.5s', 500], ['1,200 ms', 1200], ['-3', -3], ['1e3', 1000], ['', null], ['fast', null], ['5 parsecs', null],
      ['5 s 3', null], ['1.2.3', null], ['constructor', null], ['5 constructor', null],
    ]; // prettier-ignore
    for (const [text, ms] of typed) expect(units.parseMs(text), text).toBe(ms);
    expect([units.parseBytes('64 KiB'), units.parseBytes('1.5MB'), units.parseBytes('x')]).toEqual([
      65536,
      1.5e6,
      null,
    ]);
    expect([
      units.parseCount('12,400'),
      units.parseCount('12k'),
      units.parseCount('3 million'),
    ]).toEqual([12400, 12000, 3e6]);
    expect([units.parsePercent('93 %'), units.parsePercent('93'), units.parsePercent('%')]).toEqual(
      [0.93, 0.93, null],
    );
  });
  test('what is shown can be typed back', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e9, noNaN: true }), (ms) => {
        const back = units.parseMs(units.formatMs(ms))!;
        expect(Math.abs(back - ms) / ms).toBeLessThan(0.02);
      }),
    );
  });
});

test('bisect finds the first place, in any range', () => {
  const sorted = fc.array(fc.integer({ min: 0, max: 9 })).map((a) => a.sort((x, y) => x - y));
  fc.assert(
    fc.property(sorted, fc.integer({ min: -1, max: 10 }), (values, wanted) => {
      const count = (test: (x: number) => boolean): number => values.filter(test).length;
      expect(lowerBound(values, wanted)).toBe(count((x) => x < wanted));
      expect(upperBound(values, wanted)).toBe(count((x) => x <= wanted));
    }),
  );
  expect([lowerBound([1, 1, 5, 5], 5, 3), upperBound([1, 1, 5, 5], 1, 0, 1)]).toEqual([3, 1]);
});

test('nearest word: what was meant, or nothing', () => {
  expect(editDistance('permits', 'premits')).toBe(1);
  expect(editDistance('', 'abc')).toBe(3);
  const fields = ['permits', 'priority', 'batch', 'buffer', 'whenFull', 'inFlight'];
  expect(suggest('permit', fields)).toBe('permits');
  expect(suggest('when_full', fields)).toBe('whenFull');
  expect(suggest('infligth', fields)).toBe('inFlight');
  expect(suggest('colour', fields)).toBe(null);
  expect(suggest('x'.repeat(100_000), fields)).toBe(null);
});

test('JSON pointers round-trip, and others are refused', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (segments) => {
      expect(parsePointer(formatPointer(segments))).toEqual(segments);
    }),
  );
  expect(formatPointer(['a/b', 'm~n', 0])).toBe('/a~1b/m~0n/0');
  expect([parsePointer('a'), parsePointer('/a~2'), parsePointer('/~01')]).toEqual([
    null,
    null,
    ['~1'],
  ]);
});

test('assert says what it was told', () => {
  expect(() => assert(false, 'books do not balance')).toThrow(
    new AssertionError('books do not balance'),
  );
  expect(() => defined(undefined, 'gone')).toThrow('gone');
  expect(defined(0, 'gone')).toBe(0);
});
