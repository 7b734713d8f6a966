import type { RunLevels } from './run-levels.ts';
import { countingSeries, type StepSeries } from './step-series.ts';
import { lengthMs, spansWhere, type Spans } from './throttling.ts';

/** The work is mostly CPU time, and there are no more cores than workers: the cores are what is shared out. */
export function sharesCores({ trace }: RunLevels): boolean {
  const { tasks, meta } = trace;
  if (meta.workers < meta.cores) return false;
  let [openMs, waitedMs] = [0, 0];
  for (let row = 0; row < tasks.count; row++) {
    if (tasks.worker[row]! < 0) continue;
    openMs += tasks.end[row]! - tasks.start[row]!;
    waitedMs += tasks.waited[row]!;
  }
  return waitedMs < openMs / 2;
}

/** Tasks that ran over time, and how many of them are all that can: every worker slot, or every core by CPU work. */
function openTasks(levels: RunLevels): { open: StepSeries; enough: number } {
  const { tasks, meta } = levels.trace;
  const slots = meta.workers * Math.max(1, meta.tasksPerWorker);
  const enough = sharesCores(levels) ? Math.min(slots, meta.cores) : slots;
  const ran = (times: Float64Array) => {
    const own = new Float64Array(tasks.count);
    let count = 0;
    for (let row = 0; row < tasks.count; row++)
      if (tasks.worker[row]! >= 0 && tasks.end[row]! > tasks.start[row]!)
        own[count++] = times[row]!;
    return own.slice(0, count);
  };
  return { open: countingSeries(ran(tasks.start), ran(tasks.end)), enough };
}

/** When no further task could have got anywhere: all worker slots were taken, or all cores by CPU work. */
export function takenMachine(levels: RunLevels): Spans {
  const { open, enough } = openTasks(levels);
  return spansWhere([open], levels.endMs, ([count]) => count! >= enough);
}

/**
 * How much of what the workers can run they ran in these spans, 0 … 1. A worker that was given a task runs it only
 * once the message has reached it, and is given another once its own has come back.
 */
export function ranShare(levels: RunLevels, spans: Spans): number {
  const { open, enough } = openTasks(levels);
  const { time, value } = open;
  let ranMs = 0;
  let step = 0;
  for (let at = 0; at < spans.from.length; at++) {
    const toMs = spans.to[at]!;
    let fromMs = spans.from[at]!;
    while (fromMs < toMs) {
      while (step < time.length && time[step]! <= fromMs) step++;
      const untilMs = Math.min(toMs, time[step] ?? Infinity);
      ranMs += (untilMs - fromMs) * Math.min(enough, step > 0 ? value[step - 1]! : 0);
      fromMs = untilMs;
    }
  }
  const wholeMs = enough * lengthMs(spans);
  return wholeMs > 0 ? ranMs / wholeMs : NaN;
}
