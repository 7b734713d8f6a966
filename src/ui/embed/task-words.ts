import { formatMs } from '../../base/units.ts';
import { itemLabel } from '../../trace/item-label.ts';
import type { Trace } from '../../trace/types.ts';
import { placeOf, standingOf } from '../timeline/task-standing.ts';

/** A task in one line: "Decode, item 7, 12.5 ms from 103 ms, worker 2, done". */
export function taskWords(trace: Trace, row: number): string {
  const { tasks, meta } = trace;
  const members = tasks.memberCount[row] ?? 1;
  const item =
    members > 1 ? `batch of ${members}` : `item ${itemLabel(trace, tasks.item[row] ?? 0)}`;
  const startMs = tasks.start[row] ?? 0;
  const tookMs = Math.max(0, (tasks.end[row] ?? 0) - startMs);
  const stage = meta.stages[tasks.stage[row] ?? 0]?.name ?? '';
  const when = `${formatMs(tookMs)} from ${formatMs(startMs)}`;
  return [stage, item, when, placeOf(trace, row), standingOf(trace, row)].join(', ');
}
