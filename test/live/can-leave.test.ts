import { expect, test } from 'vitest';
import { canLeave } from '../../src/live/coordinator/can-leave.ts';

const shared = new SharedArrayBuffer(8);
const module = new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
const cyclic: unknown[] = [1];
cyclic.push(cyclic);

test.each([
  [undefined],
  ['text'],
  [{ a: [1, new Map([[{}, new Set([1n])]])], when: new Date() }],
  [new Float64Array(4)],
  [cyclic],
  [new Array(4e9)],
  [new Error('no', { cause: 'that' })],
])('plain data can leave %#', (value) => expect(canLeave(value)).toBe(true));

test.each([
  [shared],
  [module],
  [[1, { deep: new Map([[1, new Set([shared])]]) }]],
  [new Map([[module, 1]])],
  [new Uint8Array(shared, 0, 1)],
  [[cyclic, new Error('no', { cause: module })]],
])('what holds shared memory or a module can not %#', (value) => {
  expect(canLeave(value)).toBe(false);
});
