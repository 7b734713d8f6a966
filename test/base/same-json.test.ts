import fc from 'fast-check';
import { expect, test } from 'vitest';
import { same } from '../../src/base/same-json.ts';

test('equal is what JSON says the same of, in whatever order', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      expect(same(value, JSON.parse(text))).toBe(true);
      expect(same({ a: value, b: 1 }, { b: 1, a: JSON.parse(text) as unknown })).toBe(true);
    }),
  );
});

test('each value is compared once, however deep it lies', () => {
  let compared = 0;
  let [one, other]: [object, object] = [{}, {}];
  for (let depth = 0; depth < 12; depth++) {
    const inner = one;
    one = {
      get field() {
        compared++;
        return inner;
      },
    };
    other = { field: other };
  }
  expect(same(one, other)).toBe(true);
  expect(compared).toBe(12);
});

test('a field set to undefined is absent; what is null, in another place or of another kind is not the same', () => {
  expect(same({ a: 1, b: undefined }, { a: 1 })).toBe(true);
  expect(same({ a: 1 }, { a: 1, b: undefined, c: undefined })).toBe(true);
  for (const [one, other] of [
    [{ a: 1, b: null }, { a: 1 }],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: 1 }, { b: 1 }],
    [
      [1, 2],
      [2, 1],
    ],
    [[1], [1, undefined]],
    [[], {}],
    [{}, null],
    ['1', 1],
    [{ constructor: {} }, {}],
  ])
    for (const pair of [
      [one, other],
      [other, one],
    ])
      expect(same(pair[0], pair[1]), JSON.stringify(pair)).toBe(false);
});
