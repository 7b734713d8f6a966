import { compareItems } from '../../trace/item-label.ts';
import type { Trace } from '../../trace/types.ts';

export interface TaskSort {
  by: 'stage' | 'item' | 'worker' | 'start' | 'service' | 'waited' | 'blocked';
  isDown: boolean;
}

export const taskColumns: readonly { by: TaskSort['by']; name: string; isNumber: boolean }[] = [
  { by: 'stage', name: 'Stage', isNumber: false },
  { by: 'item', name: 'Item', isNumber: false },
  { by: 'worker', name: 'Worker', isNumber: false },
  { by: 'start', name: 'Start', isNumber: true },
  { by: 'service', name: 'Service', isNumber: true },
  { by: 'waited', name: 'Waited', isNumber: true },
  { by: 'blocked', name: 'Blocked', isNumber: true },
];

/** From being ready to its start, ms. */
export const waitedMs = ({ tasks }: Trace, row: number): number =>
  Math.max(0, tasks.start[row]! - tasks.ready[row]!);

/**
 * Task rows in the order wanted; equal ones by their start.
 * @param only rows that are listed; null: all.
 * @param hidden stages that are not.
 */
export function sortTasks(
  trace: Trace,
  sort: TaskSort,
  only: ReadonlySet<number> | null,
  hidden: ReadonlySet<number>,
): Int32Array {
  const { tasks } = trace;
  const listed = only
    ? Int32Array.from(only)
    : Int32Array.from({ length: tasks.count }, (_, row) => row);
  const all = hidden.size > 0 ? listed.filter((row) => !hidden.has(tasks.stage[row]!)) : listed;
  const sign = sort.isDown ? -1 : 1;
  const compare = comparer(trace, sort.by);
  return all.sort((a, b) => sign * compare(a, b) || tasks.start[a]! - tasks.start[b]! || a - b);
}

function comparer(trace: Trace, by: TaskSort['by']): (a: number, b: number) => number {
  const { tasks, items } = trace;
  const { stage, item, worker, start, end, leave } = tasks;
  switch (by) {
    case 'stage':
      return (a, b) => stage[a]! - stage[b]!;
    case 'item':
      return (a, b) =>
        item[a]! < 0 || item[b]! < 0
          ? item[b]! - item[a]!
          : compareItems(items, item[a]!, item[b]!);
    case 'worker':
      return (a, b) => worker[a]! - worker[b]!;
    case 'start':
      return (a, b) => start[a]! - start[b]!;
    case 'service':
      return (a, b) => end[a]! - start[a]! - (end[b]! - start[b]!);
    case 'waited':
      return (a, b) => waitedMs(trace, a) - waitedMs(trace, b);
    case 'blocked':
      return (a, b) => leave[a]! - end[a]! - (leave[b]! - end[b]!);
  }
}
