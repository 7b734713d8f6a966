import { describe, expect, test, vi } from 'vitest';
import { withAt } from '../../src/pipeline/pointer.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { document } from '../../src/scenarios/gallery/router.ts';
import { runLive, startLive } from '../live/run-live.ts';

// Nothing here is timed: it only must not wait for ever, however busy the machine is.
vi.setConfig({ testTimeout: 60_000 });

/** The document with one of its variants, and so many requests. */
function router(variant: string | null, count: number): PipelineDocument {
  const set = document.variants!.find(({ name }) => name === variant)?.set ?? {};
  const all = { ...set, '/source/count': count };
  return Object.entries(all).reduce(
    (at, [pointer, value]) => withAt(at, pointer, value)!,
    document,
  );
}
const namespace = () => ({ cacheNamespace: `test-${crypto.randomUUID()}` });

describe('what the notes of the router say', () => {
  test.each([
    [null, 200],
    ['every 10th', 20],
  ])('%s: 200 updates take %i writes', async (variant, writes) => {
    const report = await runLive(router(variant, 200), namespace());
    expect(report.counters).toMatchObject([{ updates: 200, writes, written: 200 }]);
  });

  test.each(['every 50 ms', 'through, eight at once'])('%s takes fewer writes', async (variant) => {
    const [counter] = (await runLive(router(variant, 200), namespace())).counters!;
    expect(counter!.writes).toBeLessThan(200);
    expect(counter).toMatchObject({ updates: 200, written: 200, lost: null });
  });

  test('a second run goes on where the first one ended', async () => {
    const space = namespace();
    const resultOf = async (count: number) =>
      (await runLive(router('every 10th', count), space)).results[0]?.value;
    expect(await resultOf(6)).toEqual({ cursor: 6, north: 2, east: 2, south: 1, west: 1 });
    expect(await resultOf(3)).toEqual({ cursor: 9, south: 1, west: 1, north: 1 });
  });

  test('a kill loses up to nine of every 10th, and the next run begins further back', async () => {
    const space = namespace();
    const handle = startLive(router('every 10th, over 5 s', 1000), {
      ...space,
      onProgress: ({ trace }) => {
        if (trace.tasks.count > 100) handle.kill!();
      },
    });
    const [counter] = (await handle.done).counters!;
    expect(counter!.lost).toBeLessThanOrEqual(9);
    const next = (await runLive(router(null, 1), space)).results[0]?.value;
    expect(next).toMatchObject({ cursor: counter!.written! + 1 });
  });
});
