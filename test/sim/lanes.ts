import { itemLabel } from '../../src/trace/item-label.ts';
import { Outcome, type Trace } from '../../src/trace/types.ts';

const outcomeLetters: Record<number, string> = {
  [Outcome.failed]: '!',
  [Outcome.retried]: '?',
  [Outcome.timedOut]: '%',
  [Outcome.cancelled]: 'x',
  [Outcome.hit]: '*',
  [Outcome.lost]: '&',
};

/**
 * A schedule as text, a line a stage, tasks in the order of their start:
 *
 *   a: 0@0-2 1@2-4        item @ start - end
 *   b: 0+1@2-5~7          a batch of 0 and 1, blocked until 7
 *   c: 3@4-5!             failed (! failed, ? tried again, % timed out, x cancelled, * from the cache)
 */
export function drawLanes(trace: Trace): string {
  const { tasks } = trace;
  const lines = trace.meta.stages.map((stage, index) => {
    const rows = Array.from({ length: tasks.count }, (_, row) => row)
      .filter((row) => tasks.stage[row] === index)
      .sort((a, b) => tasks.start[a]! - tasks.start[b]! || a - b);
    return `${stage.id}: ${rows.map((row) => drawTask(trace, row)).join(' ')}`.trimEnd();
  });
  return lines.join('\n');
}

function drawTask(trace: Trace, row: number): string {
  const { tasks, members } = trace;
  const from = tasks.memberStart[row]!;
  const items =
    from < 0
      ? itemLabel(trace, tasks.item[row]!)
      : Array.from({ length: tasks.memberCount[row]! }, (_, i) =>
          itemLabel(trace, members.item[from + i]!),
        ).join('+');
  const blocked = tasks.leave[row]! > tasks.end[row]! ? `~${round(tasks.leave[row]!)}` : '';
  const outcome = outcomeLetters[tasks.outcome[row]!] ?? '';
  return `${items}@${round(tasks.start[row]!)}-${round(tasks.end[row]!)}${blocked}${outcome}`;
}

const round = (ms: number): string => String(Math.round(ms * 1000) / 1000);
