import { expect, test, vi } from 'vitest';
import type { RunRequest } from '../../src/engine/runner.ts';
import { cacheClient, code, lastFrame, runLive, startLive, synthetic } from './run-live.ts';

vi.setConfig({ testTimeout: 30_000 });

const two = { workers: 2 };
const doubled = { stages: [code('double', 'export default (n) => 2 * n;')], machine: two };
const values = (...values: number[]) => ({ source: { kind: 'values' as const, values } });

/** The frame that a run which ended well leaves behind. */
const frameAfter = async (...of: Parameters<typeof runLive>) => {
  const report = await runLive(...of);
  expect(report.error).toBeNull();
  return lastFrame();
};

test('runs of one experiment have one sandbox, each its own items and its own results', async () => {
  const series = {};
  const first = await runLive({ ...doubled, ...values(1, 2) }, { series });
  const frame = lastFrame();
  expect(frame).toBeDefined();
  const second = await runLive({ ...doubled, ...values(3, 4, 5) }, { series });
  expect(lastFrame()).toBe(frame);
  const found = ({ results }: typeof first) => results.map(({ value }) => value).sort();
  expect([found(first), found(second)]).toEqual([
    [2, 4],
    [10, 6, 8],
  ]);
  expect(second.trace.meta.items).toMatchObject({ emitted: 3, delivered: 3 });
  expect(second.trace.tasks.count).toBe(3);
});

test('no code of a run is alive in the next: its workers are new ones', async () => {
  const marks = `globalThis.marks = (globalThis.marks ?? 0) + 1;
const early = globalThis.marks;
export default () => early;`;
  const document = { stages: [code('a', marks)], ...values(1), machine: { workers: 1 } };
  const series = {};
  const frame = await frameAfter(document, { series });
  const { results } = await runLive(document, { series });
  expect(lastFrame()).toBe(frame);
  expect(results.map(({ value }) => value)).toEqual([1]);
});

test('the cache of a later run is its own port, and holds what the earlier one stored', async () => {
  const document = {
    ...values(1, 2, 3),
    stages: [code('a', 'export default (n) => n + 1;', { cache: { key: 'input' } })],
    machine: two,
  };
  const more = { cache: 'on', cacheNamespace: 'sandboxes', series: {} } as const;
  await cacheClient.clear('sandboxes');
  const frame = await frameAfter(document, more);
  const again = await runLive(document, more);
  expect(lastFrame()).toBe(frame);
  expect(again.notices).toEqual([]);
  expect(again.trace.meta.stages[0]!.cacheHits).toBe(3);
});

const usual = { ...doubled, ...values(1) };
const apart: [string, Parameters<typeof runLive>[0]][] = [
  [
    'an item failed',
    {
      ...values(1),
      stages: [code('a', 'export default () => { throw new Error("no"); };')],
      machine: two,
    },
  ],
  [
    'much was put out',
    {
      ...values(1, 2, 3, 4),
      stages: [code('a', 'export default () => new Uint8Array(5_000_000);')],
      machine: two,
    },
  ],
  [
    'much came in',
    {
      source: { kind: 'values', values: ['x'.repeat(20_000_000)] },
      stages: [code('a', 'export default (text) => text.length;')],
      machine: two,
    },
  ],
];
test.each(apart)(
  'once %s, no run of that experiment follows another in its sandbox',
  async (_, document) => {
    const series = {};
    const frames = [await frameAfter(usual, { series })];
    await runLive(document, { series });
    // Not even one that ended well: which setting came before decides nothing.
    for (let run = 0; run < 2; run++) {
      let during: Element | undefined;
      const note: RunRequest['onProgress'] = () => (during = lastFrame());
      await runLive(usual, { series, onProgress: note });
      frames.push(during as (typeof frames)[number]);
      expect(lastFrame()).toBeUndefined();
    }
    expect(new Set(frames).size).toBe(3);
  },
);

test('another experiment, another cache, or none has a sandbox of its own', async () => {
  const series = {};
  const frames = [await frameAfter(usual, { series })];
  frames.push(await frameAfter(usual, { series, cacheNamespace: 'another' }));
  frames.push(await frameAfter(usual, { series: {}, cacheNamespace: 'another' }));
  expect(new Set(frames).size).toBe(3);
  await runLive(usual);
  expect(lastFrame()).toBeUndefined();
});

test('what is ordered of a run that is over does not reach the next one in its sandbox', async () => {
  const series = {};
  const first = startLive(usual, { series });
  await first.done;
  const frame = lastFrame();
  const slow = { ...values(1, 2, 3), stages: [synthetic('a', [{ wait: 400 }])], machine: two };
  let orders = 0;
  const onProgress: RunRequest['onProgress'] = ({ running }) => {
    if (running[0] === 0 || orders++ > 0) return;
    first.stop();
    first.kill?.();
  };
  const report = await startLive(slow, { series, onProgress }).done;
  expect(orders).toBeGreaterThan(0);
  expect(lastFrame()).toBe(frame);
  expect(report.trace.meta).toMatchObject({ ended: 'done', items: { delivered: 3 } });
});

test('a sandbox that died meanwhile is not gone on with, and one that nobody takes over goes', async () => {
  const series = {};
  const frame = await frameAfter(usual, { series });
  // Its coordinator is gone with its document; the element is still there.
  frame!.srcdoc = '';
  await new Promise((resolve) => frame!.addEventListener('load', resolve, { once: true }));
  const report = await runLive(usual, { series });
  expect(report.error).toBeNull();
  expect(report.trace.meta.items.delivered).toBe(1);
  expect(lastFrame()).not.toBe(frame);
  await expect.poll(lastFrame, { timeout: 5000 }).toBeUndefined();
});
