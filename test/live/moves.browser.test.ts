import { expect, test, vi } from 'vitest';
import { canonicalBytes, OrderFreeDigest } from '../../src/base/digest.ts';
import type { DispatchTrick } from '../../src/engine/runner.ts';
import { code, runLive } from './run-live.ts';

vi.setConfig({ testTimeout: 30_000 });

const bytesMax = 1000;
const make = `export default ({ index }) => new Uint8Array(${bytesMax}).fill(index);`;
const one = { workers: 1 };
const count = (items: number) => ({ source: { kind: 'count' as const, count: items } });
const moving = (body: string) => `export const moves = true;\n${body}`;

const firstBytes = (results: readonly { value: unknown }[]) =>
  results
    .map(({ value }) => value as Uint8Array)
    .map((bytes) => [bytes.length, bytes[0]])
    .sort((a, b) => a[1]! - b[1]!);

test('what stages that move put out is whole where it went', async () => {
  const add = moving('export default (bytes) => { bytes[0] += 1; return bytes; };');
  const { results, failures, error } = await runLive({
    ...count(50),
    stages: [
      code('make', moving(make)),
      code('add', add, { after: ['make'] }),
      code('again', add, { after: ['add'] }),
    ],
    machine: { workers: 2 },
  });
  expect([error, failures]).toEqual([null, []]);
  expect(firstBytes(results)).toEqual(
    Array.from({ length: 50 }, (_, index) => [bytesMax, index + 2]),
  );
});

/** How much the next task finds left of what the one before put out; -1: there was none before. */
const seeLeft = moving(`let last = null;
export default (bytes) => {
  const left = last === null ? -1 : last.length;
  last = bytes;
  return { bytes, left };
};`);

test.each<[string, DispatchTrick[], number]>([
  ['an output is moved', [], 0],
  ['without moving it stays', ['moving buffers'], bytesMax],
])('%s: so the next task finds it', async (_, without, left) => {
  const { results } = await runLive(
    {
      ...count(20),
      stages: [code('make', make), code('see', seeLeft, { after: ['make'] })],
      machine: one,
    },
    // Each end is told before another task begins.
    { without: ['gathering ends', ...without] },
  );
  const found = results.map(({ value }) => value as { bytes: Uint8Array; left: number });
  expect(found.every(({ bytes }) => bytes.length === bytesMax)).toBe(true);
  expect(found.map((each) => each.left).sort((a, b) => a - b)).toEqual([
    -1,
    ...new Array<number>(19).fill(left),
  ]);
});

test('values that share a buffer are copied: none finds it empty', async () => {
  const halves = `export default ({ index }, ctx) => {
  const bytes = new Uint8Array(10).fill(index);
  return ctx.many([bytes.subarray(0, 5), bytes.subarray(5)]);
};`;
  const { results, failures } = await runLive({
    ...count(10),
    stages: [
      code('halve', moving(halves)),
      code('sum', moving('export default (half) => half.reduce((a, b) => a + b, 0);'), {
        after: ['halve'],
      }),
    ],
    machine: { workers: 2 },
  });
  expect(failures).toEqual([]);
  const sums = results.map(({ value }) => Number(value)).sort((a, b) => a - b);
  expect(sums).toEqual(Array.from({ length: 20 }, (_, at) => 5 * Math.floor(at / 2)));
});

test('nor one that lies deeper in another value', async () => {
  const both = `export default ({ index }, ctx) => {
  const bytes = new Uint8Array(10).fill(index);
  return ctx.many([bytes, [bytes.subarray(0, 5)]]);
};`;
  const { results, failures, error } = await runLive({
    ...count(300),
    stages: [
      code('both', both),
      code('sum', moving('export default (one) => [one].flat().reduce((n, b) => n + b[0], 0);'), {
        after: ['both'],
      }),
    ],
    machine: { workers: 2 },
  });
  expect([error, failures]).toEqual([null, []]);
  const firsts = results.map(({ value }) => Number(value)).sort((a, b) => a - b);
  expect(firsts).toEqual(
    Array.from({ length: 600 }, (_, at) => Math.floor(at / 2) % 256).sort((a, b) => a - b),
  );
});

test('what many inputs share stays with all of them, though each puts it out again', async () => {
  const shares = `const weights = new Uint8Array(1000).fill(3);
export default function* () {
  for (let x = 0; x < 300; x++) yield { weights, x };
}`;
  const { results, failures, error } = await runLive({
    source: { kind: 'code', code: shares },
    stages: [
      code(
        'weigh',
        moving('export default ({ weights, x }) => ({ weights, y: x * weights[999] });'),
      ),
    ],
    machine: { workers: 2 },
  });
  expect([error, failures]).toEqual([null, []]);
  const ys = results.map(({ value }) => (value as { y: number }).y).sort((a, b) => a - b);
  expect(ys).toEqual(Array.from({ length: 300 }, (_, x) => 3 * x));
});

test('a stage that may be tried again gets a copy, and the same input each time', async () => {
  const { results, failures } = await runLive({
    ...count(6),
    stages: [
      code('make', make),
      code(
        'try',
        moving(`export default (bytes, ctx) => {
  if (ctx.attempt === 1) { bytes.fill(99); throw new Error('once'); }
  return bytes;
};`),
        { after: ['make'], retry: { attempts: 2, backoff: 1 } },
      ),
    ],
    machine: { workers: 2 },
  });
  expect(failures).toEqual([]);
  expect(firstBytes(results)).toEqual(Array.from({ length: 6 }, (_, index) => [bytesMax, index]));
});

test('of what was moved and failed, the failure says so', async () => {
  const { failures } = await runLive({
    ...count(3),
    stages: [
      code('make', make),
      code('fail', moving('export default () => { throw new Error("no"); };'), { after: ['make'] }),
    ],
    machine: one,
  });
  expect(failures.map(({ message, input }) => [message, input])).toEqual(
    new Array(3).fill(['no', 'moved to its worker']),
  );
});

test('with a worker go the inputs that were moved there: those items fail, and nothing is lost', async () => {
  const items = 200;
  const { trace, failures, error } = await runLive(
    {
      ...count(items),
      stages: [
        code('make', make),
        code('hang', moving('export default (bytes) => { while (bytes[0] === 40); return 1; };'), {
          after: ['make'],
        }),
      ],
      machine: one,
    },
    {},
    { silentAfterMs: 500, killSilentAfterMs: 1500 },
  );
  expect(error).toBe(null);
  const { delivered, failed } = trace.meta.items;
  expect(delivered + failed).toBe(items);
  expect(failed).toBe(failures.length);
  const moved = failures.filter(({ message }) =>
    message.includes('Its input had been moved there'),
  );
  const hung = failures.filter(({ message }) => message.includes('sign of life'));
  expect(hung.length).toBeGreaterThan(0);
  expect(moved.length).toBeGreaterThan(0);
  expect(moved.length + hung.length).toBe(failures.length);
});

test('large results have the digest of their bytes', async () => {
  const bytes = 64 * 1024;
  const items = 40;
  const { resultsDigest, error } = await runLive({
    ...count(items),
    stages: [
      code('make', moving(`export default ({ index }) => new Uint8Array(${bytes}).fill(index);`)),
    ],
    machine: { workers: 2 },
  });
  expect(error).toBeNull();
  const digest = new OrderFreeDigest();
  for (let index = 0; index < items; index++) {
    digest.add(canonicalBytes([String(index), 'make', new Uint8Array(bytes).fill(index)]));
  }
  expect(resultsDigest).toBe(digest.hex);
});
