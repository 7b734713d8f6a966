import { expect, test } from 'vitest';
import type { TaskColumns } from '../../src/trace/types.ts';
import { code, runLive } from './run-live.ts';

const rowsOf = (tasks: TaskColumns, wanted: (row: number) => boolean): number[] =>
  Array.from({ length: tasks.count }, (_, row) => row)
    .filter(wanted)
    .sort((a, b) => tasks.start[a]! - tasks.start[b]! || tasks.end[a]! - tasks.end[b]!);

test('a flood of empty tasks: each has its row, one at a time on a worker', async () => {
  const { trace, error, results } = await runLive({
    source: { kind: 'count', count: 20_000 },
    stages: [
      code('one', 'export default ({ index }) => index;'),
      code('two', 'export default (index) => 2 * index;', { after: ['one'] }),
    ],
    machine: { workers: 2 },
  });
  expect(error).toBe(null);
  expect(trace.meta.items.delivered).toBe(20_000);
  expect(results.every(({ item, value }) => value === 2 * Number(item))).toBe(true);
  const { tasks } = trace;
  expect(tasks.count).toBe(40_000);
  for (const worker of [0, 1]) {
    const rows = rowsOf(tasks, (row) => tasks.worker[row] === worker);
    expect(rows.length).toBeGreaterThan(0);
    for (let i = 1; i < rows.length; i++) {
      expect(tasks.start[rows[i]!]).toBeGreaterThanOrEqual(tasks.end[rows[i - 1]!]!);
    }
  }
  for (let row = 0; row < tasks.count; row++) {
    expect(tasks.dispatch[row]).toBeGreaterThanOrEqual(tasks.ready[row]!);
    expect(tasks.start[row]).toBeGreaterThanOrEqual(tasks.dispatch[row]!);
  }
});
