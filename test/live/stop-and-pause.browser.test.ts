import { expect, test } from 'vitest';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { code, startLive, synthetic } from './run-live.ts';
import { sleep } from './sleep.ts';

const two = { workers: 2 };
const one = {
  source: { kind: 'count' as const, count: 1 },
  stages: [synthetic('a', [{ cpu: 1 }])],
};

/** So many items through one stage of code. */
const counted = (count: number, source: string, machine: PipelineDocument['machine'] = two) => ({
  source: { kind: 'count' as const, count },
  stages: [code('a', source)],
  machine,
});
const indexOf = 'export default (item) => item.index;';

test('Stop works at once, in the middle of an endless loop', async () => {
  const handle = startLive(counted(10, 'export default () => { for (;;); };'));
  setTimeout(() => handle.stop(), 400);
  const report = await handle.done;
  expect(report.error).toBe(null);
  expect(report.trace.meta.ended).toBe('stopped');
  const { items } = report.trace.meta;
  expect(items.cancelled).toBe(items.emitted);
});

test(
  'Stop with hundreds of thousands waiting accounts for every one',
  { timeout: 120_000 },
  async () => {
    const count = 400_000;
    const handle = startLive(
      {
        source: { kind: 'count', count },
        stages: ['a', 'b', 'c'].map((id) => synthetic(id, [{ wait: 50 }])),
        machine: two,
      },
      {
        // All of them are to be there.
        without: ['holding back'],
        onProgress: ({ trace }) => trace.items.count === count && handle.stop(),
      },
    );
    const report = await handle.done;
    expect(report.error).toBe(null);
    expect(report.trace.meta.ended).toBe('stopped');
    const { emitted, delivered, cancelled } = report.trace.meta.items;
    expect(emitted).toBe(count);
    expect(delivered + cancelled).toBe(count);
  },
);

test('Stop is heard while a source still brings its items', { timeout: 60_000 }, async () => {
  const handle = startLive(
    {
      source: { kind: 'count', count: 5_000_000 },
      stages: [synthetic('a', [{ wait: 50 }])],
      machine: two,
    },
    { onProgress: ({ trace }) => trace.items.count > 0 && handle.stop() },
  );
  const report = await handle.done;
  const { emitted, delivered, cancelled } = report.trace.meta.items;
  expect(emitted).toBeGreaterThan(0);
  expect(emitted).toBeLessThan(5_000_000);
  expect(delivered + cancelled).toBe(emitted);
});

test('Stop before the frame is up', async () => {
  const handle = startLive(one);
  handle.stop();
  const report = await handle.done;
  expect(report.trace.meta.ended).toBe('stopped');
});

test('pause holds what has not started, resume lets it go', async () => {
  let begun = 0;
  const handle = startLive(
    {
      source: { kind: 'count', count: 20 },
      stages: [synthetic('a', [{ wait: 100 }])],
      machine: { workers: 1 },
    },
    { onProgress: ({ trace }) => (begun = trace.tasks.count) },
  );
  while (begun < 2) await sleep(20);
  handle.pause();
  // What runs may end, and is told of.
  await sleep(500);
  const before = begun;
  expect(before).toBeLessThan(20);
  await sleep(500);
  expect(begun).toBe(before);
  handle.resume();
  const { trace } = await handle.done;
  expect(trace.meta.items.delivered).toBe(20);
});

test.each([0, 700])(
  'paused %i ms after Run, before the first task, nothing begins, nor the clock, until it is resumed',
  async (afterMs) => {
    let seen = 0;
    const handle = startLive(
      // Its code takes a while to load.
      counted(20, `await new Promise((done) => setTimeout(done, 1500)); ${indexOf}`),
      { onProgress: ({ trace }) => (seen = trace.tasks.count) },
    );
    if (afterMs > 0) await sleep(afterMs);
    handle.pause();
    await sleep(3500);
    expect(seen).toBe(0);
    handle.resume();
    const { trace } = await handle.done;
    expect(trace.meta.items.delivered).toBe(20);
    expect(trace.meta.makespan).toBeLessThan(1000);
  },
);

test('paused at once, the clock does not start where no worker is waited for', async () => {
  const handle = startLive(counted(20, indexOf, { workers: 2, warm: 0 }));
  handle.pause();
  await sleep(2500);
  handle.resume();
  const { trace } = await handle.done;
  expect(trace.meta.items.delivered).toBe(20);
  expect(trace.meta.makespan).toBeLessThan(1500);
});

test('stopped after much, its results have their digest, however long that takes', async () => {
  const stopPatienceMs = 1000;
  let delivered = 0;
  const handle = startLive(
    counted(
      2000,
      'export default ({ index }) => Array.from({ length: 3000 }, (_, i) => ({ i, index, name: "row" + i }));',
    ),
    { onProgress: ({ trace }) => (delivered = trace.meta.items.delivered) },
    { stopPatienceMs },
  );
  while (delivered < 1000) await sleep(20);
  const stoppedMs = performance.now();
  handle.stop();
  const { trace, resultsDigest, results, resultsOmitted, notices } = await handle.done;
  expect(performance.now() - stoppedMs).toBeGreaterThan(stopPatienceMs);
  expect(trace.meta.ended).toBe('stopped');
  expect(resultsDigest).not.toBeNull();
  expect(results.length + resultsOmitted).toBe(trace.meta.items.delivered);
  expect(notices).toEqual([]);
});

test('stopped while it is paused before the first task, it ends', async () => {
  const handle = startLive(one);
  handle.pause();
  await sleep(800);
  handle.stop();
  const report = await handle.done;
  expect(report.trace.meta.ended).toBe('stopped');
  expect(report.trace.tasks.count).toBe(0);
});
