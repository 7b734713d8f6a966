import { expect, onTestFinished, test, vi } from 'vitest';
import { TraceBuilder } from '../../src/trace/builder.ts';
import { code, runLive } from './run-live.ts';

const longer = {
  source: { kind: 'count' as const, count: 30 },
  stages: [code('waits', 'export default (item, ctx) => ctx.wait(80);')],
  machine: { workers: 1 },
};

/** What was told of a run of 2.4 s, and how long it took with all that it needs before, and without. */
async function toldOf(watched: boolean) {
  const told = vi.spyOn(TraceBuilder.prototype, 'append');
  onTestFinished(() => told.mockRestore());
  const startMs = performance.now();
  const { trace } = await runLive(longer, watched ? { onProgress: () => {} } : {});
  const wholeMs = performance.now() - startMs;
  expect(trace.tasks.count).toBe(30);
  expect(trace.meta.ended).toBe('done');
  const early = told.mock.calls.filter(
    ([{ meta }]) => meta.ended === 'running' && meta.makespan > 0,
  );
  return {
    told: told.mock.calls.length,
    early: early.length,
    wholeMs,
    clockMs: trace.meta.makespan,
  };
}

test('a run that nobody looks at is told of once a second, and then whole', async () => {
  const { told, early, wholeMs } = await toldOf(false);
  // The first may come while workers still load; the last when all is over.
  expect(told).toBeLessThanOrEqual(wholeMs / 1000 + 2);
  expect(early).toBeGreaterThan(0);
});

test('a run that somebody looks at is told of several times a second', async () => {
  const { early, clockMs } = await toldOf(true);
  expect(early).toBeGreaterThan(clockMs / 1000 + 1);
});
