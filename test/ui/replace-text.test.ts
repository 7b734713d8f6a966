import fc from 'fast-check';
import { expect, test } from 'vitest';
import { differenceOf } from '../../src/ui/editor/replace-text.ts';

test('changing only the stretch that differs gives the new text', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 12 });
  fc.assert(
    fc.property(text, text, (old, next) => {
      const { from, to, text } = differenceOf(old, next);
      expect(old.slice(0, from) + text + old.slice(to)).toBe(next);
      expect(from).toBeLessThanOrEqual(to);
    }),
    { numRuns: 500 },
  );
});

test('the stretch is as short as it can be', () => {
  expect(differenceOf('{"a": 1, "b": 2}', '{"a": 1, "c": 2}')).toEqual({
    from: 10,
    to: 11,
    text: 'c',
  });
  expect(differenceOf('same', 'same')).toEqual({ from: 4, to: 4, text: '' });
});
