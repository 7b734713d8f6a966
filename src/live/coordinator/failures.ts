import type { Scheduler } from '../../engine/scheduler.ts';
import { Mark, type Trace } from '../../trace/types.ts';
import type { UnitPlace } from '../border.ts';

/** What is known of a failed item before the scheduler lets go of its input. */
export interface FailedItem {
  item: number;
  message: string;
  place: UnitPlace | null;
  input: string;
}

/**
 * Whether the scheduler will try an item again: it alone knows, and it has then written a mark.
 * @param marksBefore rows in `trace.marks` before the end was told.
 */
export function willRetry(trace: Trace, marksBefore: number, stage: number, item: number): boolean {
  const { marks } = trace;
  for (let row = marksBefore; row < marks.count; row++) {
    if (
      marks.kind[row] === Mark.backoff &&
      marks.stage[row] === stage &&
      marks.item[row] === item
    ) {
      return true;
    }
  }
  return false;
}

/** The items of a task whose failing is told: the members of a batch, or the one item or result. */
export function itemsOf(scheduler: Scheduler, task: number, isAll: boolean): ArrayLike<number> {
  const members = isAll ? null : scheduler.taskMembers(task);
  return members ?? [scheduler.taskItem(task)];
}
