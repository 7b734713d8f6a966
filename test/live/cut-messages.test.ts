import { expect, test } from 'vitest';
import type { DispatchTrick } from '../../src/engine/runner.ts';
import { plain } from '../../src/engine/machine.ts';
import { begun, unitThat } from './puppets.ts';

const items = 600;
const kib = 1024;

interface Case {
  /** Of each input. */
  bytes?: number;
  moves?: boolean;
  without?: DispatchTrick[];
}

/** What the one worker is sent; the first task goes alone, and has ended. */
function sentTo({ bytes = 64 * kib, moves = true, without = [] }: Case) {
  const values = Array.from({ length: items }, () => new Uint8Array(bytes));
  const [puppet] = begun({
    ...{ items, value: (index) => values[index], unit: unitThat(moves), without, ends: 0 },
    document: { source: { kind: 'values', values }, machine: { workers: 1 } },
  }).puppets;
  puppet!.end({ codes: [plain], values: values.slice(0, 1) });
  const { sent, told } = puppet!;
  return { sent, told, sizes: told.slice(1).map(({ count }) => count) };
}

test.each([
  [64 * kib, 128],
  [32 * kib, 256],
  // Fewer than 32 are not worth a message.
  [1024 * kib, 32],
])('buffers of %i bytes are moved %i in a message', (bytes, inMessage) => {
  const { sizes } = sentTo({ bytes });
  const whole = Math.floor(sizes.reduce((sum, size) => sum + size, 0) / inMessage);
  expect(sizes.slice(0, whole)).toEqual(new Array(whole).fill(inMessage));
  expect(sizes.length - whole).toBeLessThanOrEqual(1);
  expect(whole).toBeGreaterThan(0);
});

test('each goes with its task, and tasks go in their order', () => {
  const { sent, told } = sentTo({});
  const moved = told.map((one) => one.moved);
  expect(moved.map(({ length }) => length)).toEqual(told.map(({ count }) => count));
  moved.flat().forEach((buffer, at) => {
    expect(buffer).toBe((sent[at]!.input as Uint8Array).buffer);
  });
  expect(moved.flat().length).toBeGreaterThan(256);
  expect(sent.map(({ item }) => item)).toEqual([...sent.keys()]);
});

test.each<[string, Case]>([
  ['what is copied', { moves: false }],
  ['what is not cut', { without: ['cutting messages'] }],
])('%s goes in one message', (_, one) => {
  const { sizes } = sentTo(one);
  expect(sizes.length).toBe(1);
  expect(sizes[0]).toBeGreaterThan(256);
});
