import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromSlider, sliderSteps, toSlider } from '../../src/ui/parts/quantities.ts';

describe('sliders', () => {
  it('keep a value through the position and back, to the two digits a log slider gives', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 5000, noNaN: true }), fc.boolean(), (value, log) => {
        const back = fromSlider(toSlider(value, 0, 5000, log), 0, 5000, log);
        expect(Math.abs(back - value)).toBeLessThanOrEqual(value * (log ? 0.051 : 1e-9) + 1e-9);
      }),
    );
  });

  it('has zero at the very left and the largest value at the very right', () => {
    expect(toSlider(0, 0, 5000, true)).toBe(0);
    expect(fromSlider(0, 0, 5000, true)).toBe(0);
    expect(fromSlider(sliderSteps, 0, 5000, true)).toBe(5000);
    expect(toSlider(9_999_999, 0, 5000, true)).toBe(sliderSteps);
  });
});
