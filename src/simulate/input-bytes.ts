import type { Scheduler } from '../engine/scheduler.ts';
import { TaskKind } from '../engine/task-table.ts';
import type { Payloads } from './task-outputs.ts';

/** Bytes that a task is sent: of a batch and of an `all`, those of every item. */
export function taskInputBytes(
  scheduler: Scheduler,
  payloads: Pick<Payloads, 'inputBytes'>,
  task: number,
): number {
  // The accumulator of a fold stays with its worker.
  if (scheduler.taskKind(task) === TaskKind.foldFinish) return 0;
  const stage = scheduler.taskStage(task);
  const items = scheduler.taskMembers(task) ?? [scheduler.taskItem(task)];
  let bytes = 0;
  for (const item of items) bytes += payloads.inputBytes(stage, item);
  return bytes;
}
