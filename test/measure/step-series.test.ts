import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { countingSeries, sortTimes, valueAt } from '../../src/measure/step-series.ts';

const times = (max: number) =>
  fc.array(fc.integer({ min: 0, max }), { maxLength: 60 }).map((list) => Float64Array.from(list));

describe('times', () => {
  it('are sorted, however far from it they were', () => {
    fc.assert(
      fc.property(times(20), (list) => {
        expect(sortTimes(list.slice())).toEqual(list.slice().sort());
      }),
    );
    const falling = Float64Array.from({ length: 5000 }, (_, i) => -i);
    expect(sortTimes(falling.slice())).toEqual(falling.slice().sort());
    const nearly = Float64Array.from({ length: 5000 }, (_, i) => i + (i % 7) * 3);
    expect(sortTimes(nearly.slice())).toEqual(nearly.slice().sort());
  });
  it('counted up and down give the level of every instant, one step for each that changes it', () => {
    fc.assert(
      fc.property(times(12), times(12), (up, down) => {
        const series = countingSeries(up.slice(), down.slice());
        for (let ms = -1; ms < 14; ms++) {
          const level =
            up.filter((one) => one <= ms).length - down.filter((one) => one <= ms).length;
          expect(valueAt(series, ms)).toBe(level);
        }
        series.value.forEach((value, i) => expect(value).not.toBe(series.value[i - 1] ?? 0));
      }),
    );
  });
});
