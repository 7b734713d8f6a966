import { expect, test, vi } from 'vitest';
import type { RunReport } from '../../src/engine/runner.ts';
import { code, runLive, synthetic } from './run-live.ts';

// Nothing here is a figure: ratios are far apart, and it only must not wait for ever.
vi.setConfig({ testTimeout: 60_000 });

/** Longest and shortest of a stage's tasks and the sum of their waits, ms. */
function timesOf({ trace }: RunReport, stage: number) {
  const { tasks } = trace;
  const times: number[] = [];
  let waited = 0;
  for (let row = 0; row < tasks.count; row++) {
    if (tasks.stage[row] !== stage) continue;
    times.push(tasks.end[row]! - tasks.start[row]! - tasks.setup[row]!);
    waited += tasks.waited[row]!;
  }
  return { least: Math.min(...times), sum: times.reduce((a, b) => a + b, 0), waited };
}

const spins = `const until = performance.now() + 4; while (performance.now() < until);`;

test('a stage of code takes as many times as long, on the thread and in its waits', async () => {
  const document = {
    source: { kind: 'count' as const, count: 4 },
    stages: [
      code('busy', `export default (item) => { ${spins} return item.index; };`),
      code('waits', `export default async (n, ctx) => { await ctx.wait(20); return n; };`, {
        after: ['busy'],
      }),
    ],
    machine: { workers: 1 },
  };
  const plain = await runLive(document);
  const delayed = await runLive(document, {
    delays: { busy: { service: 4, setup: 1 }, waits: { service: 3, setup: 1 } },
  });
  // 4 ms of the thread each, then 12 ms of spinning that count as its own.
  expect(timesOf(delayed, 0).least).toBeGreaterThanOrEqual(15.9);
  expect(timesOf(delayed, 0).waited).toBeLessThan(1);
  expect(timesOf(delayed, 1).waited).toBeGreaterThanOrEqual(4 * 59);
  expect(delayed.resultsDigest).toBe(plain.resultsDigest);
});

test('with several open on a worker each is delayed for its own share of the thread', async () => {
  const report = await runLive(
    {
      source: { kind: 'count' as const, count: 3 },
      stages: [
        code(
          'both',
          `export default async (item, ctx) => { ${spins} await ctx.wait(30); return item.index; };`,
        ),
      ],
      machine: { workers: 1, tasksPerWorker: 3 },
    },
    { delays: { both: { service: 2, setup: 1 } } },
  );
  const { makespan } = report.trace.meta;
  // Three times 4 ms of work and as much of spinning, behind a wait of 60 ms.
  expect(makespan).toBeGreaterThanOrEqual(60 + 4);
  expect(timesOf(report, 0).waited).toBeGreaterThanOrEqual(3 * 59);
});

test('set-ups and synthetic stages are delayed; what is not named is not', async () => {
  const report = await runLive(
    {
      source: { kind: 'count' as const, count: 2 },
      stages: [
        synthetic('slow', [{ wait: 10 }]),
        synthetic('plain', [{ wait: 10 }], { after: ['slow'] }),
        code('sets-up', `export function setup() { ${spins} } export default (item) => item;`, {
          after: ['plain'],
        }),
      ],
      machine: { workers: 1 },
    },
    { delays: { slow: { service: 3, setup: 1 }, 'sets-up': { service: 1, setup: 5 } } },
  );
  const { tasks } = report.trace;
  expect(timesOf(report, 0).waited).toBeGreaterThanOrEqual(2 * 29);
  expect(timesOf(report, 1).waited).toBeLessThan(timesOf(report, 0).waited);
  expect(Math.max(...tasks.setup.subarray(0, tasks.count))).toBeGreaterThanOrEqual(19.9);
});
