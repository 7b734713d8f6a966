import { rootOf } from '../trace/item-label.ts';
import { Outcome, type Trace } from '../trace/types.ts';

/**
 * CPU time of a stage's tasks by the source item they descend from: ms, in order of their end. Set-up and waits are
 * left out, and so is what failed, was answered by a cache or came in a batch of several items.
 */
export function cpuByItem(trace: Trace, stageId: string): Map<number, number[]> {
  const { tasks, items, meta } = trace;
  const stage = meta.stages.findIndex(({ id }) => id === stageId);
  const found = new Map<number, number[]>();
  for (let row = 0; row < tasks.count; row++) {
    if (tasks.stage[row] !== stage || tasks.outcome[row] !== Outcome.ok) continue;
    if (tasks.worker[row]! < 0 || tasks.memberCount[row] !== 1) continue;
    const root = rootOf(items, tasks.item[row]!);
    if (items.parent[root] !== -1) continue;
    const number = items.ordinal[root]!;
    const ms = tasks.end[row]! - tasks.start[row]! - tasks.setup[row]! - tasks.waited[row]!;
    const own = found.get(number);
    if (own) own.push(ms);
    else found.set(number, [ms]);
  }
  return found;
}
