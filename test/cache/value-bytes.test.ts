import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { canonicalBytes } from '../../src/base/digest.ts';
import { bytesOfValue } from '../../src/cache/store/value-bytes.ts';
import { valueOfBytes } from '../../src/cache/store/value-of-bytes.ts';

const there = (value: unknown) => bytesOfValue(value)!;
const back = (value: unknown) => valueOfBytes(there(value));

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(
      fc.constantFrom(undefined, null, true, false, NaN, -0, Infinity, 2 ** 31, -(2 ** 31), ''),
      fc.double(),
      fc.integer(),
      fc.bigInt(),
      fc.string({ unit: 'binary' }),
      // Halves of surrogate pairs, too.
      fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
      fc.date({ noInvalidDate: false }),
      fc.uint8Array().map((bytes) => bytes.slice()),
      fc.float64Array().map((numbers) => numbers.slice()),
      fc.bigUint64Array().map((numbers) => numbers.slice()),
      fc.uint8Array().map((bytes) => bytes.slice().buffer),
      fc.uint8Array().map((bytes) => new DataView(bytes.slice().buffer)),
    ),
    fc.array(tie('value')),
    fc.dictionary(fc.string(), tie('value')).map((object) => ({ ...object })),
    fc.array(fc.tuple(tie('value'), tie('value'))).map((pairs) => new Map(pairs)),
    fc.array(tie('value')).map((parts) => new Set(parts)),
  ),
}));

// Nothing here is timed: a busy machine may take long over so many values.
vi.setConfig({ testTimeout: 60_000 });

describe('the bytes of a value', () => {
  test('give exactly that value back, or there are none', () => {
    fc.assert(
      fc.property(value, (sent) => {
        const bytes = bytesOfValue(sent);
        if (bytes === null) return;
        const got = valueOfBytes(bytes);
        // These know nothing of each other; only the second asks for the order of keys.
        expect(Buffer.compare(canonicalBytes(got), canonicalBytes(sent))).toBe(0);
        expect(Buffer.compare(there(got), bytes)).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  test('keep what JSON loses', () => {
    const sent = {
      b: new Float32Array([1.5, NaN, -0]),
      a: [undefined, -0, NaN, 12n, new Date(NaN), '\ud800 half'],
      map: new Map<unknown, unknown>([[{ x: 1 }, new Set([1])]]),
      raw: new Uint8Array([1, 2, 3]).buffer,
    };
    const got = back(sent) as typeof sent;
    expect(got).toStrictEqual(sent);
    expect(Object.keys(got)).toEqual(['b', 'a', 'map', 'raw']);
    expect(Object.is(got.a[1], -0)).toBe(true);
  });

  test('keep a key named __proto__ a key', () => {
    const sent: unknown = JSON.parse('{"__proto__": {"bad": 1}, "a": 2}');
    const got = back(sent) as { bad?: unknown };
    expect(Object.keys(got)).toEqual(['__proto__', 'a']);
    expect(Object.getPrototypeOf(got)).toBe(Object.prototype);
    expect(got.bad).toBe(undefined);
  });

  const shared = { a: 1 };
  const buffer = new ArrayBuffer(8);
  const ring: unknown[] = [];
  ring.push(ring);
  const deep = (levels: number): unknown => (levels === 0 ? 1 : [deep(levels - 1)]);
  test.for<[string, unknown]>([
    ['one object twice', [shared, shared]],
    ['a ring', ring],
    ['two views of one buffer', [new Uint8Array(buffer), new Uint8Array(buffer)]],
    ['a view and its buffer', [new DataView(buffer), buffer]],
    ['a view of a part', new Uint8Array(new ArrayBuffer(8), 2)],
    ['holes', [1, , 2]], // eslint-disable-line no-sparse-arrays
    ['an array with a name', Object.assign([1], { index: 0 })],
    ['as many names as holes', Object.assign([, 1], { a: 0 })], // eslint-disable-line no-sparse-arrays
    ['an error', new Error('x')],
    ['a regular expression', /x/],
    ['a boxed number', Object(1)],
    ['a function', () => 1],
    ['what is too deep', deep(600)],
  ])('there are none for %s', ([, sent]) => {
    expect(bytesOfValue({ sent })).toBe(null);
  });

  test('there are none beyond the limit', () => {
    expect(bytesOfValue('x'.repeat(1000), 500)).toBe(null);
  });

  test('are refused when cut off or damaged, and never make up memory', () => {
    fc.assert(
      fc.property(value, fc.nat(), fc.nat(255), (sent, at, byte) => {
        const bytes = bytesOfValue(sent);
        if (bytes === null) return;
        const cut = bytes.slice(0, at % bytes.length);
        expect(() => valueOfBytes(cut)).toThrow();
        const damaged = bytes.slice();
        damaged[at % bytes.length] = byte;
        try {
          valueOfBytes(damaged);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
      { numRuns: 500 },
    );
  });
});
