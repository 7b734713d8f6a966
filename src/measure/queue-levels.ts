import { Mark, Outcome, type Trace } from '../trace/types.ts';
import { countingSeries, levelSeries, type StepSeries } from './step-series.ts';
import { TimeList } from './time-list.ts';

/**
 * Length of each stage's queue over time, by stage index: items in its buffer that wait for a task to
 * take them. A half of a zip that waits for its partner is not in the buffer yet; what an `all`
 * gathers is counted until its task starts. Dropped and cancelled items count while they waited.
 *
 * @param still of a run that goes on: since when the items wait that wait now (`waitingSince`), by stage.
 */
export function queueLevels(trace: Trace, still?: readonly Float64Array[]): StepSeries[] {
  const { tasks, members, marks, meta } = trace;
  const up = meta.stages.map(() => new TimeList());
  const down = meta.stages.map(() => new TimeList());
  const waited = (stage: number, fromMs: number, toMs: number) => {
    if (!(toMs > fromMs)) return;
    up[stage]!.push(fromMs);
    down[stage]!.push(toMs);
  };
  for (let row = 0; row < tasks.count; row++) {
    // A look-up comes before the queue.
    if (tasks.outcome[row] === Outcome.hit) continue;
    const stage = tasks.stage[row]!;
    const out = tasks.worker[row]! < 0 ? tasks.leave[row]! : tasks.dispatch[row]!;
    const first = tasks.memberStart[row]!;
    if (first < 0) waited(stage, tasks.ready[row]!, out);
    else {
      const last = first + tasks.memberCount[row]!;
      for (let member = first; member < last; member++) waited(stage, members.arrive[member]!, out);
    }
  }
  for (let mark = 0; mark < marks.count; mark++) {
    const kind = marks.kind[mark]!;
    const leftQueue =
      kind === Mark.dropNewest || kind === Mark.dropOldest || kind === Mark.cancelled;
    const enteredMs = marks.value[mark]!;
    if (leftQueue && marks.stage[mark]! >= 0 && enteredMs >= 0) {
      waited(marks.stage[mark]!, enteredMs, marks.time[mark]!);
    }
  }
  still?.forEach((since, stage) => {
    for (const ms of since) up[stage]?.push(ms);
  });
  return up.map((times, stage) => countingSeries(times.taken(), down[stage]!.taken()));
}

/** Bytes in flight in the whole pipeline over time. */
export function memoryLevels(trace: Trace): StepSeries {
  const { leave, held, count } = trace.tasks;
  return levelSeries(leave.subarray(0, count), held.subarray(0, count));
}
