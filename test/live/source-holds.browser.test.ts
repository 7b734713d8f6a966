import { expect, test, vi } from 'vitest';
import { Mark } from '../../src/trace/types.ts';
import { code, runLive } from './run-live.ts';

vi.setConfig({ testTimeout: 30_000 });

test('items that are made one by one come when they are made', async () => {
  const slowly = `export default async function* (ctx) {
  for (let i = 0; i < 6; i++) {
    await ctx.wait(40);
    yield i;
  }
}`;
  const { trace, error } = await runLive({
    source: { kind: 'code', code: slowly },
    stages: [code('a', 'export default (n) => n;')],
    machine: { workers: 1 },
  });
  expect(error).toBe(null);
  const { tasks, marks } = trace;
  const arrived = [...tasks.arrive.subarray(0, tasks.count)];
  expect(arrived.length).toBe(6);
  // Five waits of 40 ms lie before the last; nobody waited in the stage's buffer meanwhile.
  expect(Math.max(...arrived)).toBeGreaterThan(150);
  expect([...marks.kind.subarray(0, marks.count)]).toContain(Mark.admitted);
});

test('a batch larger than what the source holds back is filled all the same', async () => {
  const { trace, error } = await runLive({
    source: { kind: 'count', count: 20_000 },
    stages: [
      code('a', 'export default (items) => items.map(() => 1);', {
        batch: { size: 7000, linger: null },
      }),
    ],
    machine: { workers: 1 },
  });
  expect(error).toBe(null);
  expect(trace.meta.items.delivered).toBe(20_000);
  const { tasks } = trace;
  expect([...tasks.memberCount.subarray(0, tasks.count)]).toEqual([7000, 7000, 6000]);
});

test('two thousand tasks that end at one instant are all believed', async () => {
  const together = `let all = null;
export default async (item, ctx) => {
  all ??= ctx.wait(50);
  await all;
  return 1;
};`;
  const { trace, error, failures, notices } = await runLive({
    source: { kind: 'count', count: 2000 },
    stages: [code('a', together)],
    machine: { workers: 1, tasksPerWorker: 2000 },
  });
  expect([error, failures, notices]).toEqual([null, [], []]);
  expect(trace.meta.items.delivered).toBe(2000);
  expect(trace.tasks.count).toBe(2000);
});
