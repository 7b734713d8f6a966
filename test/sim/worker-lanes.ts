import { itemLabel } from '../../src/trace/item-label.ts';
import type { Trace } from '../../src/trace/types.ts';

/**
 * The same schedule as `drawLanes` tells, a line a worker, tasks in the order of their start:
 *
 *   0: a0@0-10 a2@10-11        stage a, item 0
 *   1: a1@0-1 b0+1@1-3         stage b, a batch of 0 and 1
 */
export function drawWorkers(trace: Trace): string {
  const { tasks, members, meta } = trace;
  const label = (row: number): string => {
    const from = tasks.memberStart[row]!;
    const count = tasks.memberCount[row]!;
    if (from < 0) return itemLabel(trace, tasks.item[row]!);
    return Array.from({ length: count }, (_, i) => itemLabel(trace, members.item[from + i]!)).join(
      '+',
    );
  };
  const round = (ms: number): number => Math.round(ms * 1000) / 1000;
  return Array.from({ length: meta.workers }, (_, worker) => {
    const rows = Array.from({ length: tasks.count }, (__, row) => row)
      .filter((row) => tasks.worker[row] === worker)
      .sort((a, b) => tasks.start[a]! - tasks.start[b]! || tasks.end[a]! - tasks.end[b]! || a - b);
    const spans = rows.map(
      (row) =>
        `${meta.stages[tasks.stage[row]!]!.id}${label(row)}@${round(tasks.start[row]!)}-${round(tasks.end[row]!)}`,
    );
    return [`${worker}:`, ...spans].join(' ');
  }).join('\n');
}
