import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isNone, stepped, type KeyStep, type Steppable } from '../../src/ui/parts/number-steps.ts';
import { exactText, quantities, type QuantityName } from '../../src/ui/parts/quantities.ts';

const key = (name: string, held: Partial<KeyStep> = {}): KeyStep => ({
  key: name,
  shiftKey: false,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  ...held,
});
const field = (value: number | null, more: Partial<Steppable> = {}): Steppable => ({
  value,
  at: value ?? 8,
  min: 1,
  max: 16,
  whole: true,
  isSlider: false,
  kind: quantities.count,
  ...more,
});
const ms = { kind: quantities.ms, whole: false, min: 0, max: 5000 };

describe('a step by key', () => {
  it('is one of the natural size, ten of them with Shift or Page Up, a tenth with Alt', () => {
    expect(stepped(key('ArrowUp'), field(4))).toBe(5);
    expect(stepped(key('ArrowUp', { shiftKey: true }), field(4))).toBe(14);
    expect(stepped(key('PageDown'), field(14))).toBe(4);
    expect(stepped(key('ArrowUp', { altKey: true }), field(20, ms))).toBeCloseTo(20.1, 9);
    expect(stepped(key('ArrowDown'), field(10, ms))).toBe(9);
    // Half a worker is none.
    expect(stepped(key('ArrowUp', { altKey: true }), field(4))).toBe(5);
  });

  it('ends at the least; beyond the slider only the box goes', () => {
    expect(stepped(key('PageDown'), field(4))).toBe(1);
    expect(stepped(key('PageUp'), field(12))).toBe(22);
    expect(stepped(key('PageUp'), field(12, { isSlider: true }))).toBe(16);
    expect(stepped(key('ArrowUp'), field(40, { isSlider: true }))).toBe(40);
  });

  it('goes sideways and to the ends on the slider alone', () => {
    for (const name of ['ArrowLeft', 'ArrowRight', 'Home', 'End'])
      expect(stepped(key(name), field(4))).toBeNull();
    expect(stepped(key('ArrowLeft'), field(4, { isSlider: true }))).toBe(3);
    expect(stepped(key('Home'), field(4, { isSlider: true }))).toBe(1);
    expect(stepped(key('End'), field(4, { isSlider: true }))).toBe(16);
  });

  it('begins where there was no number, and leaves other keys alone', () => {
    expect(stepped(key('ArrowUp'), field(null))).toBe(8);
    expect(stepped(key('ArrowUp', { ctrlKey: true }), field(4))).toBeNull();
    expect(stepped(key('5'), field(4))).toBeNull();
  });

  it('goes the way of the key, whatever the value', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 1e9, noNaN: true }),
        fc.constantFrom<QuantityName>('ms', 'bytes', 'number', 'perSecond'),
        (value, quantity) => {
          const of = { kind: quantities[quantity], whole: false, min: 0 };
          const up = stepped(key('ArrowUp'), field(value, of))!;
          const down = stepped(key('ArrowDown'), field(value, of))!;
          expect(up).toBeGreaterThan(value);
          expect(down).toBeLessThan(value);
        },
      ),
    );
  });
});

it('knows "no limit" in the words of the field, and in usual ones', () => {
  expect(isNone(' Until full ', 'until full')).toBe(true);
  expect(isNone('none', 'until full')).toBe(true);
  expect(isNone('∞', 'no limit')).toBe(true);
  expect(isNone('5', 'no limit')).toBe(false);
  expect(isNone('', 'no limit')).toBe(false);
});

it('writes a number so that reading it gives the same one', () => {
  expect(exactText('ms', 1500)).toBe('1.5 s');
  expect(exactText('ms', 12.3456)).toBe('12.3456');
  expect(exactText('share', 0.123456)).toBe('12.3456 %');
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1e12, noNaN: true }),
      fc.constantFrom<QuantityName>('ms', 'number', 'perSecond'),
      (value, quantity) => {
        const read = quantities[quantity].parse(exactText(quantity, value))!;
        // What is typed is read to 15 digits.
        expect(Math.abs(read - value)).toBeLessThanOrEqual(value * 1e-14);
      },
    ),
  );
});
