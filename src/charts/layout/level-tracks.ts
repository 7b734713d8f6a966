import { blockedLevels } from '../../measure/concurrency.ts';
import { memoryLevels, queueLevels } from '../../measure/queue-levels.ts';
import type { StepSeries } from '../../measure/step-series.ts';
import { waitingSince } from '../../measure/waiting-since.ts';
import { Mark, type Trace } from '../../trace/types.ts';
import { levelTrack, type LevelTrack } from './levels.ts';

/**
 * The queue of each stage as a track, shaded while a task upstream is blocked by it. A track knows
 * its parents by `parentsOf` (stage indices); without it nothing is shaded. `queued`: of a run that goes
 * on, how many items wait now, a stage; their tasks are not in the trace yet.
 */
export function queueTracks(
  trace: Trace,
  parentsOf?: (stage: number) => number[],
  queued?: readonly number[],
): LevelTrack[] {
  const still = queued && parentsOf ? waitingSince(trace, parentsOf, queued) : undefined;
  const queues = queueLevels(trace, still);
  const blocked = blockedLevels(trace);
  const drops = dropTimes(trace);
  return trace.meta.stages.map((stage, index) =>
    levelTrack(queues[index]!, {
      stage: index,
      label: stage.name,
      capacity: stage.capacity,
      endMs: trace.meta.makespan,
      dropsMs: drops[index]!,
      throttledMs: spansAboveZero(
        stage.capacity === null ? [] : (parentsOf?.(index) ?? []).map((parent) => blocked[parent]!),
      ),
    }),
  );
}

/** Bytes in flight; `markBytes`: where the source pauses. */
export function memoryTrack(trace: Trace, markBytes: number | null = null): LevelTrack {
  return levelTrack(memoryLevels(trace), {
    label: 'memory',
    capacity: markBytes,
    endMs: trace.meta.makespan,
    unit: 'bytes',
  });
}

function dropTimes(trace: Trace): Float64Array[] {
  const { marks, meta } = trace;
  const times: number[][] = meta.stages.map(() => []);
  for (let mark = 0; mark < marks.count; mark++) {
    const kind = marks.kind[mark]!;
    if (kind === Mark.dropNewest || kind === Mark.dropOldest || kind === Mark.orphaned) {
      times[marks.stage[mark]!]?.push(marks.time[mark]!);
    }
  }
  return times.map((own) => Float64Array.from(own).sort());
}

/** Disjoint stretches during which any of the series is above 0. */
function spansAboveZero(series: StepSeries[]): { from: Float64Array; to: Float64Array } {
  const spans: [number, number][] = [];
  for (const { time, value } of series) {
    for (let i = 0; i < time.length; i++) {
      if (value[i]! > 0) spans.push([time[i]!, time[i + 1] ?? time[i]!]);
    }
  }
  spans.sort((a, b) => a[0] - b[0]);
  const joined: [number, number][] = [];
  for (const span of spans) {
    const last = joined[joined.length - 1];
    if (last && span[0] <= last[1]) last[1] = Math.max(last[1], span[1]);
    else joined.push([...span]);
  }
  return {
    from: Float64Array.from(joined, ([from]) => from),
    to: Float64Array.from(joined, ([, to]) => to),
  };
}
