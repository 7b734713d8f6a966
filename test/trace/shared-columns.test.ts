import { expect, test } from 'vitest';
import { TraceBuilder, chunkBuffers, takeRows } from '../../src/trace/builder.ts';
import { buffersOf } from '../../src/trace/columns.ts';
import { emptyMeta } from '../../src/trace/empty-trace.ts';
import type { TaskColumns } from '../../src/trace/types.ts';

/** One task that ends at `endMs` and leaves at `leaveMs`. */
function addTask(trace: TraceBuilder, endMs: number, leaveMs: number, bytes = 0): void {
  const row = trace.taskRow();
  const { tasks } = trace;
  if (leaveMs !== endMs && !trace.parted.leave) trace.part('leave');
  if (bytes !== 0 && !trace.parted.bytes) trace.part('bytes');
  tasks.end[row] = endMs;
  tasks.leave[row] = leaveMs;
  tasks.bytes[row] = bytes;
}

const rowsOf = ({ count, end, leave, bytes, setup }: TaskColumns): number[][] =>
  Array.from({ length: count }, (_, i) => [end[i]!, leave[i]!, bytes[i]!, setup[i]!]);

const builder = (): TraceBuilder =>
  new TraceBuilder(emptyMeta('simulated'), { tasks: 1, items: 1 });

test('columns share their memory until the first row in which they differ', () => {
  const trace = builder();
  addTask(trace, 1, 1);
  addTask(trace, 2, 2);
  expect(trace.tasks.leave).toBe(trace.tasks.end);
  expect(trace.tasks.bytes).toBe(trace.tasks.setup);
  addTask(trace, 3, 5, 7);
  addTask(trace, 4, 4);
  expect(trace.tasks.leave).not.toBe(trace.tasks.end);
  expect(rowsOf(trace.tasks)).toEqual([
    [1, 1, 0, 0],
    [2, 2, 0, 0],
    [3, 5, 7, 0],
    [4, 4, 0, 0],
  ]);
});

test('they still share it when they have grown and when the rows are taken out', () => {
  const trace = builder();
  for (let i = 0; i < 200; i++) addTask(trace, i, i);
  expect(trace.tasks.leave).toBe(trace.tasks.end);
  const { tasks } = takeRows(trace);
  expect(tasks.leave).toBe(tasks.end);
  expect(tasks.waited).toBe(tasks.held);
});

test('chunks are put together again whether their columns are shared or not, before and after', () => {
  const from = builder();
  const into = builder();
  const pass = (): void => {
    const chunk = from.chunk();
    const buffers = chunkBuffers(chunk);
    expect(buffers).toHaveLength(1);
    for (const table of [chunk.tasks, chunk.members, chunk.items, chunk.marks]) {
      // Any two buffers are equal to `toEqual`.
      expect(buffersOf(table)).toHaveLength(1);
      expect(buffersOf(table)[0]).toBe(buffers[0]);
    }
    into.append(structuredClone(chunk, { transfer: buffers }));
  };
  addTask(from, 1, 1);
  pass();
  expect(into.tasks.leave).toBe(into.tasks.end);
  addTask(from, 2, 3, 4);
  pass();
  addTask(from, 5, 5);
  pass();
  expect(rowsOf(into.tasks)).toEqual(rowsOf(from.tasks));
  expect(into.tasks.leave).not.toBe(into.tasks.end);
  expect(into.tasks.setup).toBe(into.tasks.waited);
});
