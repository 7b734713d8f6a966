import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cloneSize } from '../../src/base/byte-size.ts';
import {
  byteSize,
  canonicalBytes,
  digestHex,
  exactBytes,
  OrderFreeDigest,
} from '../../src/base/digest.ts';

const hex = (value: unknown): string => digestHex(canonicalBytes(value));

describe('canonicalBytes', () => {
  test('different values have different bytes', () => {
    const cyclic: unknown[] = [1];
    cyclic.push(cyclic);
    const deeper: unknown[] = [1];
    deeper.push([deeper]);
    const holes = [1, 2];
    delete (holes as unknown[])[0];
    const withKey = Object.assign([1], { index: 3 });
    const values: unknown[] = [
      undefined, null, true, false, 0, -0, 1, NaN, Infinity, '0', '', 'a', '\ud800', '\udc00', '\ufffd',
      0n, 1n, -1n, 10n ** 30n, [], {}, [[]], [[], []], [undefined], new Array(1), [null], holes, [1, 2],
      [undefined, 2], withKey, [1], { a: 1 }, { a: undefined }, { a: '1' }, { b: 1 }, { a: 1, b: 2 },
      { 'a,b': 1 }, new Map(), new Map([[1, 2]]), new Map([['1', 2]]), new Set(), new Set([1, 2]),
      new Set([2, 1]), new Date(0), new Date(NaN), /a/, /a/g, /b/, new Error('x'), new TypeError('x'),
      new Error('y'), new Error('x', { cause: 1 }), new ArrayBuffer(2), new Uint8Array(2),
      new Int8Array(2), new Uint16Array(1), new DataView(new ArrayBuffer(2)), new Float64Array(2),
      new Blob(['ab']), new Blob(['abc']), new Blob(['ab'], { type: 'text/plain' }), Object(1), Object('a'),
      cyclic, deeper, [1, [1]], [['a'], 'b'], ['a', ['b']], [['a', 'b']], ['ab'], ['a', 'b'],
    ]; // prettier-ignore
    const digests = values.map(hex);
    digests.forEach((digest, i) => {
      expect(digests.indexOf(digest), `value ${i} has the bytes of an earlier one`).toBe(i);
    });
  });

  test('equal values have equal bytes', () => {
    const shared = { x: [1] };
    expect(hex({ b: 2, a: 1 })).toBe(hex({ a: 1, b: 2 }));
    expect(hex([shared, shared])).toBe(hex([{ x: [1] }, { x: [1] }]));
    expect(hex(new Uint8Array([9, 1, 2]).subarray(1))).toBe(hex(new Uint8Array([1, 2])));
    expect(hex(new Float64Array(new BigUint64Array([0x7ff8000000000001n]).buffer)[0])).toBe(
      hex(NaN),
    );
    expect(hex([new Error('x').message])).toBe(hex(['x']));
    expect(hex(Object.create(null))).toBe(hex({}));
  });

  test('a structured clone has the bytes of its original', () => {
    const values = fc.anything({
      withBigInt: true,
      withBoxedValues: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withSparseArray: true,
    });
    fc.assert(
      fc.property(values, (value) => {
        // Null prototypes and __proto__ keys survive only as plain keys; that is all that is compared.
        expect(hex(structuredClone(value))).toBe(hex(value));
      }),
    );
  });

  test('JSON values collide only if they are equal', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        expect(hex(a) === hex(b)).toBe(isDeepStrictEqual(a, b));
      }),
    );
  });

  test('depth is no limit, size is', () => {
    let list: unknown = null;
    for (let i = 0; i < 200_000; i++) list = { next: list };
    expect(canonicalBytes(list).length).toBeGreaterThan(200_000);
    let bomb: unknown = 'x';
    for (let i = 0; i < 60; i++) bomb = [bomb, bomb];
    expect(() => canonicalBytes(bomb, 1e6)).toThrow(/more than 1000000 bytes/);
    expect(canonicalBytes(new Array(4e9)).length).toBeLessThan(20);
  });

  test('what can not be copied is refused', () => {
    expect(() => canonicalBytes({ f: () => 1 })).toThrow("a function can't be part of a result");
  });

  test('golden digest: cache keys and shared results depend on it', () => {
    const value = {
      b: [1, 'x', null, undefined, -0, NaN],
      a: new Map([[1, new Set(['q'])]]),
      d: new Date(0),
      t: new Uint16Array([1, 2]),
    };
    expect(hex(value)).toBe('2e462464b9294d48fe87658c27329a4e6f39e6430f6010a659eeb34e3ce5b568');
    // FIPS 180-4's own example.
    expect(digestHex(new TextEncoder().encode('abc'))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });
});

describe('exactBytes', () => {
  const exact = (value: unknown): string => digestHex(exactBytes(value, 1e6));

  test('differ wherever code could tell', () => {
    const shared = { x: [1] };
    const cyclic: unknown[] = [1];
    cyclic.push(cyclic);
    const bytes = (): Uint8Array => new Uint8Array([1, 2, 3]);
    const values: unknown[] = [
      { a: 1, b: 2 }, { b: 2, a: 1 }, Object.assign([1], { a: 1, b: 2 }), Object.assign([1], { b: 2, a: 1 }),
      [shared, shared], [{ x: [1] }, { x: [1] }], [shared, { x: [1] }, shared], [shared, { x: [1] }, { x: [1] }],
      cyclic, [1, cyclic], bytes().subarray(1), new Uint8Array([2, 3]), bytes().subarray(1, 2),
      new Uint8Array([0, 2, 3]).subarray(1), bytes(), new DataView(bytes().buffer, 1),
    ]; // prettier-ignore
    const digests = values.map(exact);
    digests.forEach((digest, i) => {
      expect(digests.indexOf(digest), `value ${i} has the bytes of an earlier one`).toBe(i);
      expect(exact(structuredClone(values[i])), `the clone of value ${i}`).toBe(digest);
    });
  });

  test('what can not be read through has none', () => {
    const empty = new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
    const growing = new (ArrayBuffer as new (size: number, more: object) => ArrayBuffer)(2, {
      maxByteLength: 4,
    });
    for (const value of [new Blob(['a']), empty, [empty], growing, new Uint8Array(growing)]) {
      expect(() => exactBytes(value, 1e6)).toThrow("can't be read");
    }
    expect(() => exactBytes('x'.repeat(2e6), 1e6)).toThrow(/more than 1000000 bytes/);
  });
});

describe('OrderFreeDigest', () => {
  const digestOf = (values: unknown[]): string => {
    const digest = new OrderFreeDigest();
    for (const value of values) digest.add(canonicalBytes(value));
    expect(digest.count).toBe(values.length);
    return digest.hex;
  };
  test('forgets the order, not how often', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), (values) => {
        expect(digestOf([...values].reverse())).toBe(digestOf(values));
        expect(digestOf([...values, 1])).not.toBe(digestOf(values));
      }),
    );
    expect(digestOf([])).toBe('0'.repeat(32));
    expect(digestOf([1, 'a'])).toBe('46dc9118fb08a702288f248a82d201a9');
  });
  test('is the sum modulo 2^128', () => {
    const values = Array.from({ length: 50 }, (_, i) => i);
    const sum = values.reduce((s, v) => s + BigInt(`0x${hex(v).slice(0, 32)}`), 0n);
    expect(digestOf(values)).toBe((sum % 2n ** 128n).toString(16).padStart(32, '0'));
  });
});

describe('byteSize', () => {
  test('counts buffers exactly and strings by two', () => {
    expect(byteSize(new Float64Array(100))).toBe(800);
    expect(byteSize(new ArrayBuffer(77))).toBe(77);
    expect(byteSize('abcd')).toBe(8);
    expect(byteSize({ ab: 1 })).toBe(8 + 4 + 8);
    expect(byteSize(new Blob(['abc']))).toBe(3);
    expect(byteSize([1, [2, 'ab'], new Map([[1, 2]])])).toBe(8 + 8 + (8 + 8 + 4) + (8 + 8 + 8));
    expect(byteSize([, , 'ab', undefined])).toBe(8 + 4 + 8); // eslint-disable-line no-sparse-arrays
  });
  test('of a copy counts what comes along: the buffer behind a view, once, and the stack of an error', () => {
    const numbers = new Float64Array(100);
    expect(byteSize(numbers.subarray(0, 2))).toBe(16);
    expect(cloneSize(numbers.subarray(0, 2))).toBe(
      structuredClone(numbers.subarray(0, 2)).buffer.byteLength,
    );
    expect(cloneSize([numbers.subarray(0, 2), new DataView(numbers.buffer)])).toBe(8 + 800 + 8);
    const error = Object.assign(new Error('no'), { stack: 'x'.repeat(1000) });
    expect(cloneSize(error)).toBe(8 + 4 + 8 + 2000);
    expect(byteSize(error)).toBe(8 + 4 + 8);
    const values = [1, 'abcd', { ab: 1 }, [1, new Map([[1, numbers]])], new Blob(['abc'])];
    for (const value of values) expect(cloneSize(value)).toBe(byteSize(value));
  });
  test('never throws and always ends', () => {
    const cyclic: unknown[] = [];
    cyclic.push(cyclic);
    const hostile = new Proxy({}, { ownKeys: () => { throw new Error('no'); } }); // prettier-ignore
    for (const value of [cyclic, hostile, () => 1, Symbol('x'), new Array(4e9)]) {
      expect(byteSize(value)).toBeGreaterThan(0);
      expect(cloneSize(value)).toBeGreaterThan(0);
    }
    fc.assert(fc.property(fc.anything(), (value) => byteSize(value) >= 0));
  });
});
