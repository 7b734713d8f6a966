import { expect, onTestFinished, test } from 'vitest';
import { byteSize, canonicalBytes, OrderFreeDigest } from '../../src/base/digest.ts';
import { emptyMeta } from '../../src/trace/empty-trace.ts';
import { TraceBuilder } from '../../src/trace/builder.ts';
import type { FromFrame } from '../../src/live/border.ts';
import { Results } from '../../src/live/coordinator/results.ts';
import type { StageMeta } from '../../src/trace/types.ts';
import { begun } from './puppets.ts';

const mib = 1024 * 1024;

/** As the sandbox's frame has it; `asked`: how many parts each message brought. @param answers else it cannot hash. */
function makeHasher(answers = true): { hasher: MessagePort; asked: number[] } {
  const { port1, port2 } = new MessageChannel();
  const asked: number[] = [];
  port1.onmessage = async ({ data }: MessageEvent<{ ask: number; parts: ArrayBuffer[] }>) => {
    asked.push(data.parts.length);
    const hash = (part: ArrayBuffer) => crypto.subtle.digest('SHA-256', part);
    const hashes = answers ? await Promise.all(data.parts.map(hash)) : null;
    port1.postMessage({ ask: data.ask, hashes });
  };
  onTestFinished(() => port1.close());
  return { hasher: port2, asked };
}

/** A record with so many source items, of which stage `s` puts out one each. */
function recordOf(items: number): TraceBuilder {
  const trace = new TraceBuilder(emptyMeta('live'));
  trace.meta.stages = [{ id: 's' } as StageMeta];
  for (let i = 0; i < items; i++) trace.item(-1, i, 0);
  return trace;
}

interface Given {
  hasher?: MessagePort | null;
  waitingBytesMax?: number;
  /** Called when so many have been added. */
  after?: (added: number) => Promise<unknown>;
}

async function digestOf(
  values: readonly unknown[],
  { hasher = null, waitingBytesMax = Infinity, after }: Given = {},
) {
  const trace = recordOf(values.length);
  const results = new Results(true, { hasher, waitingBytesMax });
  for (let item = 0; item < values.length; item++) {
    results.add(0, item, values[item], byteSize(values[item]), trace);
    await after?.(item + 1);
  }
  const posted: FromFrame[] = [];
  const found = await results.finish(trace, (message) => posted.push(message));
  const kept = posted.flatMap((message) => (message.type === 'results' ? message.results : []));
  return { ...found, kept };
}

const expected = (values: readonly unknown[]): string => {
  const digest = new OrderFreeDigest();
  values.forEach((value, item) => digest.add(canonicalBytes([String(item), 's', value])));
  return digest.hex;
};

const mixed = [
  { small: 1 },
  new Uint8Array(64 * 1024).fill(3),
  'text',
  new Uint8Array(64 * 1024).fill(4),
  new Float64Array(1024),
  new Uint8Array(8 * 1024 - 30),
];

test('small and large results have the digest of their bytes, whoever hashes them', async () => {
  const { hasher, asked } = makeHasher();
  const { resultsDigest, kept, problem } = await digestOf(mixed, { hasher });
  expect(problem).toBeNull();
  expect(resultsDigest).toBe(expected(mixed));
  expect(kept.map(({ value }) => value)).toEqual(mixed);
  expect(asked).toEqual([4]);
  expect((await digestOf(mixed)).resultsDigest).toBe(expected(mixed));
});

test('one message that could not be hashed takes the digest only from the run it was of', async () => {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  const asks: { ask: number; parts: ArrayBuffer[] }[] = [];
  port1.onmessage = ({ data }) => asks.push(data);
  const heard = async (count: number) => {
    while (asks.length < count) await new Promise((resolve) => setTimeout(resolve, 1));
    return asks[count - 1]!;
  };
  const first = digestOf(mixed, { hasher: port2 });
  const { ask } = await heard(1);
  port1.postMessage({ ask, hashes: null });
  expect((await first).problem).toMatch(/^The results have no digest: the browser could not/);
  const second = digestOf(mixed, { hasher: port2 });
  const { ask: own, parts } = await heard(2);
  // Late, of the run before.
  port1.postMessage({ ask, hashes: null });
  const hashes = await Promise.all(parts.map((part) => crypto.subtle.digest('SHA-256', part)));
  port1.postMessage({ ask: own, hashes });
  expect(await second).toMatchObject({ problem: null, resultsDigest: expected(mixed) });
});

test('large results are digested while others come where nobody else hashes them', async () => {
  const values = Array.from({ length: 60 }, (_, item) => new Uint8Array(3 * mib).fill(item % 2));
  const taken: number[] = [];
  const digest = OrderFreeDigest.prototype.add;
  onTestFinished(() => void (OrderFreeDigest.prototype.add = digest));
  OrderFreeDigest.prototype.add = function (this: OrderFreeDigest, bytes) {
    taken.push(bytes.length);
    digest.call(this, bytes);
  };
  let before = 0;
  const { resultsDigest } = await digestOf(values, {
    after: async (added) => {
      await new Promise((resolve) => setTimeout(resolve, 0));
      if (added === values.length) before = taken.length;
    },
  });
  expect(before).toBeGreaterThan(0);
  expect(resultsDigest).toBe(expected(values));
});

test.each([2, 0.7, 0.1])(
  'no task waits for the digest of another’s result (%d of it may wait)',
  async (part) => {
    const large = Array.from({ length: 300_000 }, (_, i) => ({ i, name: `row${i}` }));
    const waitingBytesMax = part * byteSize(large);
    const results = new Results(false, { hasher: null, waitingBytesMax });
    const { machine, puppets } = begun({
      ...{ items: 2, ends: 0, results },
      document: {
        stages: [{ id: 'a', work: { kind: 'code', source: '' } }],
        machine: { workers: 1 },
      },
    });
    const add = OrderFreeDigest.prototype.add;
    onTestFinished(() => void (OrderFreeDigest.prototype.add = add));
    let digested = 0;
    OrderFreeDigest.prototype.add = function (this: OrderFreeDigest, bytes) {
      digested++;
      add.call(this, bytes);
    };
    puppets[0]!.end({ values: [large] });
    // The next one has been sent.
    expect(puppets[0]!.sent).toHaveLength(2);
    expect(digested).toBe(0);
    if (part < 1) await expect.poll(() => digested).toBe(1);
    puppets[0]!.end();
    expect(machine.trace.meta.items).toMatchObject({ delivered: 2 });
  },
);

test('one run after another may ask the same hasher', async () => {
  const { hasher } = makeHasher();
  await digestOf(mixed, { hasher });
  const others = mixed.slice(1);
  expect((await digestOf(others, { hasher })).resultsDigest).toBe(expected(others));
});

const large = new Uint8Array(3 * mib).fill(1);
const many = Array.from({ length: 24 }, (_, item) => (item % 3 === 0 ? item : large));
const itemsOf = (values: readonly unknown[]) => values.map((_, item) => String(item));

test('what is more than may wait is digested while others come, and all are kept in their order', async () => {
  const { hasher, asked } = makeHasher();
  const askedAt: number[] = [];
  const { resultsDigest, kept } = await digestOf(many, {
    ...{ hasher, waitingBytesMax: 8 * mib },
    after: async (added) => {
      for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setTimeout(resolve, 1));
      askedAt[added] = asked.length;
    },
  });
  expect(askedAt[3]).toBe(0);
  expect(askedAt[many.length]).toBeGreaterThan(2);
  expect(resultsDigest).toBe(expected(many));
  expect(kept.map(({ item }) => item)).toEqual(itemsOf(many));
});

test('results that come faster than they are hashed are hashed as they come, and kept in their order', async () => {
  const { hasher, asked } = makeHasher();
  const { resultsDigest, kept } = await digestOf(many, { hasher, waitingBytesMax: 8 * mib });
  // Twice as much may wait, and a page that is in work.
  const hashedBeside = asked.reduce((sum, parts) => sum + parts, 0);
  expect(hashedBeside).toBeGreaterThan(0);
  expect(hashedBeside).toBeLessThan(10);
  expect(resultsDigest).toBe(expected(many));
  expect(kept.map(({ item }) => item)).toEqual(itemsOf(many));
});

test.each([Infinity, 0])(
  'what cannot be written out is told of, and the others are kept (%d may wait)',
  async (waitingBytesMax) => {
    const values = [1, Symbol('no copy'), 2];
    const { resultsDigest, problem, kept } = await digestOf(values, { waitingBytesMax });
    expect(resultsDigest).toBe('');
    expect(problem).toBe(
      `The results have no digest: that of 1 at stage "s": a symbol can't be part of a result: it can't be copied.`,
    );
    expect(kept.map(({ item }) => item)).toEqual(['0', '1', '2']);
  },
);

test('that the hasher cannot hash is told of, and the results are kept', async () => {
  const { hasher } = makeHasher(false);
  const { resultsDigest, problem, kept } = await digestOf(mixed, { hasher });
  expect(resultsDigest).toBe('');
  expect(problem).toBe('The results have no digest: the browser could not hash them.');
  expect(kept).toHaveLength(mixed.length);
});
