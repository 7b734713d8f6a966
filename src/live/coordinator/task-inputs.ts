import type { PlanStage } from '../../engine/plan.ts';
import type { Scheduler } from '../../engine/scheduler.ts';
import { TaskKind } from '../../engine/task-table.ts';
import type { ItemColumns } from '../../trace/types.ts';
import type { Payloads } from './payloads.ts';

/** What a stage is given for one item. */
export function inputOf(
  stage: PlanStage,
  item: number,
  items: ItemColumns,
  payloads: Payloads,
): unknown {
  // A copy under `each` (or of several parents) names its parent in its lineage.
  if (stage.copies) return payloads.get(-1 - items.ordinal[item]!, item);
  if (!stage.zipped) return payloads.get(stage.parents[0]!, item);
  const pair: Record<string, unknown> = {};
  stage.stage.after.forEach((id, i) => {
    pair[id] = payloads.get(stage.parents[i]!, item);
  });
  return pair;
}

/** The input of a whole task: one value, or an array for a batch and for `all`. */
export function taskInput(
  scheduler: Scheduler,
  task: number,
  stage: PlanStage,
  items: ItemColumns,
  payloads: Payloads,
): unknown {
  const kind = scheduler.taskKind(task);
  if (kind === TaskKind.foldFinish) return undefined;
  const members = scheduler.taskMembers(task);
  if (members) return Array.from(members, (item) => inputOf(stage, item, items, payloads));
  const input = inputOf(stage, scheduler.taskItem(task), items, payloads);
  return kind === TaskKind.item && stage.batchSize > 1 ? [input] : input;
}
