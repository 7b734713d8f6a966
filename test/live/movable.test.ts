import { expect, test } from 'vitest';
import { eachMovable } from '../../src/live/movable.ts';

const found = (value: unknown): ArrayBuffer[] => {
  const buffers: ArrayBuffer[] = [];
  eachMovable(value, (buffer) => buffers.push(buffer));
  return buffers;
};

const buffer = new ArrayBuffer(8);

test.each<[string, unknown]>([
  ['a buffer', buffer],
  ['a view', new Uint16Array(buffer, 2, 1)],
  ['a data view', new DataView(buffer)],
  ['an object with one', { pixels: new Uint8Array(buffer), width: 2, name: 'x', none: null }],
])('%s goes with its buffer', (_, value) => {
  expect(found(value)).toEqual([buffer]);
  expect(found(value)[0]).toBe(buffer);
});

test.each<[string, unknown]>([
  ['a number', 7],
  ['a text', 'text'],
  ['nothing', null],
  ['shared memory', new SharedArrayBuffer(8)],
  ['a view of shared memory', new Uint8Array(new SharedArrayBuffer(8))],
  ['a list of views', [new Uint8Array(buffer)]],
  ['what lies deeper', { inner: { bytes: new Uint8Array(buffer) } }],
  ['an object that only says it is a view', { [Symbol.toStringTag]: 'Uint8Array', buffer: 1 }],
])('%s is copied', (_, value) => {
  expect(found(value)).toEqual([]);
});
