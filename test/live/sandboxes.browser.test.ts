import { beforeEach, expect, test, vi } from 'vitest';
import { cacheClient, code, lastFrame, runLive, startLive, synthetic } from './run-live.ts';

vi.setConfig({ testTimeout: 30_000 });

const two = { workers: 2 };
const doubled = { stages: [code('double', 'export default (n) => 2 * n;')], machine: two };
const values = (...values: number[]) => ({ source: { kind: 'values' as const, values } });
const frameAfter = async (...of: Parameters<typeof runLive>) => {
  const report = await runLive(...of);
  expect(report.error).toBeNull();
  return lastFrame();
};

beforeEach(() => expect.poll(lastFrame, { timeout: 5000 }).toBeUndefined());

test('a run at once after one that ended well has its sandbox, its own items and its own results', async () => {
  const first = await runLive({ ...doubled, ...values(1, 2) });
  const frame = lastFrame();
  expect(frame).toBeDefined();
  const second = await runLive({ ...doubled, ...values(3, 4, 5) });
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
  await runLive(document);
  const frame = lastFrame();
  const { results } = await runLive(document);
  expect(lastFrame()).toBe(frame);
  expect(results.map(({ value }) => value)).toEqual([1]);
});

test('the cache of a later run is its own port, and holds what the earlier one stored', async () => {
  const document = {
    ...values(1, 2, 3),
    stages: [code('a', 'export default (n) => n + 1;', { cache: { key: 'input' } })],
    machine: two,
  };
  const more = { cache: 'on', cacheNamespace: 'sandboxes' } as const;
  await cacheClient.clear('sandboxes');
  const frame = await frameAfter(document, more);
  const again = await runLive(document, more);
  expect(lastFrame()).toBe(frame);
  expect(again.notices).toEqual([]);
  expect(again.trace.meta.stages[0]!.cacheHits).toBe(3);
});

test('another cache, an item that failed, a stop, or much that was put out: the next one is fresh', async () => {
  const usual = { ...doubled, ...values(1) };
  const frames = [await frameAfter(usual)];
  frames.push(await frameAfter(usual, { cacheNamespace: 'another' }));
  const failing = [code('a', 'export default () => { throw new Error("no"); };')];
  await frameAfter({ stages: failing, ...values(1), machine: two }, { cacheNamespace: 'another' });
  frames.push(await frameAfter(usual, { cacheNamespace: 'another' }));
  const slow = startLive({ stages: [synthetic('a', [{ wait: 5000 }])], machine: two });
  slow.stop();
  await slow.done;
  frames.push(await frameAfter(usual));
  const large = [code('a', 'export default () => new Uint8Array(5_000_000);')];
  await frameAfter({ stages: large, ...values(1, 2, 3, 4), machine: two });
  frames.push(await frameAfter(usual));
  expect(new Set(frames).size).toBe(frames.length);
});

test('what is ordered of a run that is over does not reach the next one in its sandbox', async () => {
  const first = startLive({ ...doubled, ...values(1) });
  await first.done;
  const second = startLive({ ...doubled, ...values(1, 2, 3) });
  first.stop();
  first.kill?.();
  const report = await second.done;
  first.stop();
  expect(report.trace.meta).toMatchObject({ ended: 'done', items: { delivered: 3 } });
});
