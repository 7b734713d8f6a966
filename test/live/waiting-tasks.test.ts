import { expect, test } from 'vitest';
import { packTasks } from '../../src/live/packing.ts';
import { WaitingTasks } from '../../src/live/runtime/waiting-tasks.ts';
import type { WireTask } from '../../src/live/wire.ts';

const taskOf = (input: unknown, task = 0): WireTask => ({
  ...{ task, number: task, stage: 0, kind: 0, attempt: 1, item: task, itemKey: task },
  ...{ setup: null, input, synthetic: null },
});
const tooLarge = Array.from({ length: 100_001 }, (_, i) => [i]);

test('tasks are taken in the order they came', () => {
  const waiting = new WaitingTasks();
  for (let first = 0; first < 4000; first += 1000) {
    const tasks = Array.from({ length: 1000 }, (_, i) => taskOf(null, first + i));
    waiting.add(packTasks(tasks), false);
  }
  for (let task = 0; task < 4000; task++) expect(waiting.take().task).toBe(task);
  expect(waiting.isEmpty).toBe(true);
});

test('a buffer that came with several inputs is shared, also in different messages', () => {
  const waiting = new WaitingTasks();
  const [once, twice] = [new ArrayBuffer(8), new ArrayBuffer(8)];
  waiting.add(packTasks([taskOf({ once }), taskOf([new Uint8Array(twice)])]), true);
  expect([once, twice].map(waiting.isShared)).toEqual([false, false]);
  waiting.add(packTasks([taskOf({ deep: new Map([[1, twice]]) })]), true);
  expect([once, twice].map(waiting.isShared)).toEqual([false, true]);
});

test('after an input too large to be looked through any buffer may be', () => {
  const waiting = new WaitingTasks();
  const buffer = new ArrayBuffer(8);
  waiting.add(packTasks([taskOf(tooLarge), taskOf(buffer)]), true);
  expect(waiting.isShared(buffer)).toBe(true);
  waiting.add(packTasks([taskOf(1)]), true);
  expect(waiting.isShared(new ArrayBuffer(8))).toBe(true);
});
