import { Outcome, type Trace } from '../../src/trace/types.ts';
import type { PublishedProblem } from './published-problem.ts';

interface Span {
  start: number;
  end: number;
}

/**
 * What is wrong with a schedule, seen from the trace and the published problem alone: a task missing or run
 * twice, a wrong duration, a predecessor that had not ended, a resource above its capacity, or a task that
 * waited although it could have started. Stage i is task i.
 */
export function scheduleFaults(trace: Trace, problem: PublishedProblem): string[] {
  const faults: string[] = [];
  const spans = spansOf(trace, problem.durations.length, faults);
  if (spans === null) return faults;
  problem.durations.forEach((duration, task) => {
    const { start, end } = spans[task]!;
    if (end !== start + duration) faults.push(`task ${task} took ${end - start}, not ${duration}`);
    for (const before of problem.predecessors[task]!) {
      const ended = spans[before]!.end;
      if (ended > start)
        faults.push(`task ${task} began at ${start}, task ${before} ended at ${ended}`);
    }
  });
  const { times, used } = usage(spans, problem);
  problem.capacities.forEach((capacity, resource) => {
    used[resource]!.forEach((units, at) => {
      if (units > capacity) {
        faults.push(`${units} of resource ${resource} in use at ${times[at]}, of ${capacity}`);
      }
    });
  });
  return [...faults, ...idleFaults(spans, problem, times, used)];
}

function spansOf(trace: Trace, count: number, faults: string[]): Span[] | null {
  const { tasks, meta } = trace;
  if (meta.stages.length !== count) faults.push(`${meta.stages.length} stages for ${count} tasks`);
  if (meta.ended !== 'done') faults.push(`the run ended "${meta.ended}": ${meta.note}`);
  const spans: (Span | null)[] = new Array<Span | null>(count).fill(null);
  for (let row = 0; row < tasks.count; row++) {
    const task = tasks.stage[row]!;
    if (spans[task]) faults.push(`task ${task} ran twice`);
    if (tasks.outcome[row] !== Outcome.ok) faults.push(`task ${task} did not succeed`);
    spans[task] = { start: tasks.start[row]!, end: tasks.end[row]! };
  }
  spans.forEach((span, task) => {
    if (!span) faults.push(`task ${task} never ran`);
  });
  const last = Math.max(...spans.map((span) => span?.end ?? 0));
  if (meta.makespan !== last) faults.push(`the makespan is ${meta.makespan}, the last end ${last}`);
  return spans.every((span) => span !== null) ? (spans as Span[]) : null;
}

/** Units of each resource in use from each instant at which anything begins or ends, to the next. */
function usage(
  spans: readonly Span[],
  { demands, capacities }: PublishedProblem,
): { times: number[]; used: Float64Array[] } {
  const times = [...new Set(spans.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
  const place = new Map(times.map((time, at) => [time, at]));
  const used = capacities.map((_, resource) => {
    const changes = new Float64Array(times.length);
    spans.forEach(({ start, end }, task) => {
      changes[place.get(start)!]! += demands[task]![resource]!;
      changes[place.get(end)!]! -= demands[task]![resource]!;
    });
    for (let at = 1; at < changes.length; at++) changes[at]! += changes[at - 1]!;
    return changes;
  });
  return { times, used };
}

/** A task may wait only while, after all starts of that instant, some resource has too little left for it. */
function idleFaults(
  spans: readonly Span[],
  { predecessors, demands, capacities }: PublishedProblem,
  times: readonly number[],
  used: readonly Float64Array[],
): string[] {
  const faults: string[] = [];
  spans.forEach(({ start }, task) => {
    const ready = Math.max(0, ...predecessors[task]!.map((before) => spans[before]!.end));
    times.forEach((time, at) => {
      if (time < ready || time >= start) return;
      const fits = capacities.every(
        (capacity, resource) => used[resource]![at]! + demands[task]![resource]! <= capacity,
      );
      if (fits) faults.push(`task ${task} could have begun at ${time}, and did at ${start}`);
    });
  });
  return faults;
}
