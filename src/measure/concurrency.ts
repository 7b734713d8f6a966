import type { Trace } from '../trace/types.ts';
import { countingSeries, type StepSeries } from './step-series.ts';
import { TimeList } from './time-list.ts';

/** Tasks of each stage (by index) that a worker ran, over time. */
export function runningLevels(trace: Trace): StepSeries[] {
  return levelsByStage(trace, trace.tasks.start, trace.tasks.end);
}

/** Tasks of each stage that were done but found no room downstream, over time. */
export function blockedLevels(trace: Trace): StepSeries[] {
  return levelsByStage(trace, trace.tasks.end, trace.tasks.leave);
}

/** Workers that had at least one task open, over time. */
export function busyWorkers(trace: Trace): StepSeries {
  const perWorker = workerIntervals(trace);
  const starts: number[] = [];
  const ends: number[] = [];
  for (const { from, to } of perWorker) {
    for (const ms of from) starts.push(ms);
    for (const ms of to) ends.push(ms);
  }
  return countingSeries(Float64Array.from(starts), Float64Array.from(ends));
}

/** For each worker the disjoint intervals during which it had a task open. */
export function workerIntervals(trace: Trace): { from: Float64Array; to: Float64Array }[] {
  const { tasks } = trace;
  const starts: number[][] = [];
  const ends: number[][] = [];
  for (let row = 0; row < tasks.count; row++) {
    const worker = tasks.worker[row]!;
    if (worker < 0 || !(tasks.end[row]! > tasks.start[row]!)) continue;
    (starts[worker] ??= []).push(tasks.start[row]!);
    (ends[worker] ??= []).push(tasks.end[row]!);
  }
  return Array.from(starts, (times, worker) => {
    const open = countingSeries(
      Float64Array.from(times ?? []),
      Float64Array.from(ends[worker] ?? []),
    );
    // The open count is above 0 from one rise out of 0 to the next fall to it.
    const from = open.time.filter((_, i) => (i === 0 ? 0 : open.value[i - 1]) === 0);
    const to = open.time.filter((_, i) => open.value[i] === 0);
    return { from, to };
  });
}

function levelsByStage(trace: Trace, from: Float64Array, to: Float64Array): StepSeries[] {
  const { tasks, meta } = trace;
  const up = meta.stages.map(() => new TimeList());
  const down = meta.stages.map(() => new TimeList());
  for (let row = 0; row < tasks.count; row++) {
    if (tasks.worker[row]! < 0 || !(to[row]! > from[row]!)) continue;
    up[tasks.stage[row]!]!.push(from[row]!);
    down[tasks.stage[row]!]!.push(to[row]!);
  }
  return up.map((times, stage) => countingSeries(times.taken(), down[stage]!.taken()));
}
