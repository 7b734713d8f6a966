import { blockedLevels } from '../../measure/concurrency.ts';
import { sharedParents } from '../../measure/held-back.ts';
import { memoryLevels, queueLevels } from '../../measure/queue-levels.ts';
import { sourceLine } from '../../measure/source-line.ts';
import { sortTimes, type StepSeries } from '../../measure/step-series.ts';
import { spansWhere, throttledSpans } from '../../measure/throttling.ts';
import { TimeList } from '../../measure/time-list.ts';
import { waitingSince } from '../../measure/waiting-since.ts';
import { lostItems } from '../../trace/lost-items.ts';
import { Mark, type Trace } from '../../trace/types.ts';
import { levelTrack, type LevelTrack } from './levels.ts';
import type { PressureMarkKind } from './pressure-marks.ts';

/** How items come to a stage. */
export interface StageInlet {
  /** Stage indices; none: the source feeds it. */
  parents: readonly number[];
  /** Whether a full buffer holds back what is upstream (back pressure); else it drops or grows. */
  throttles: boolean;
}

/**
 * The queue of each stage as a track, shaded while what feeds it is held back by it; without `inletOf`
 * nothing is shaded. `queued`: of a run that goes on, how many items wait now, a stage; their tasks are not
 * in the trace yet.
 */
export function queueTracks(
  trace: Trace,
  inletOf?: (stage: number) => StageInlet,
  queued?: readonly number[],
): LevelTrack[] {
  const { meta } = trace;
  const parentsOf = inletOf && ((stage: number) => inletOf(stage).parents);
  const still = queued && parentsOf ? waitingSince(trace, parentsOf, queued) : undefined;
  const queues = queueLevels(trace, still);
  const marks = marksByStage(trace);
  const throttled = inletOf ? throttledByStage(trace, inletOf, queues) : [];
  return meta.stages.map((stage, index) =>
    levelTrack(queues[index]!, {
      stage: index,
      label: stage.name,
      capacity: stage.capacity,
      endMs: meta.makespan,
      marksMs: marks[index]!,
      ...(throttled[index] && { throttledMs: throttled[index] }),
    }),
  );
}

function throttledByStage(
  trace: Trace,
  inletOf: (stage: number) => StageInlet,
  queues: readonly StepSeries[],
) {
  const { meta } = trace;
  const inlets = meta.stages.map((_, stage) => inletOf(stage));
  if (!meta.stages.some(({ capacity }, stage) => capacity !== null && inlets[stage]!.throttles))
    return [];
  const blocked = blockedLevels(trace);
  const source = sourceLine(trace);
  const isShared = sharedParents(inlets.map(({ parents }) => parents));
  return inlets.map(({ parents, throttles }, stage) =>
    throttledSpans(
      {
        capacity: throttles ? meta.stages[stage]!.capacity : null,
        parents,
        isShared: isShared(parents),
      },
      queues[stage]!,
      blocked,
      source,
      meta.makespan,
    ),
  );
}

/** Bytes. */
export interface MemoryLimits {
  budget: number;
  /** The source pauses above it. */
  mark: number;
}

/** Bytes in flight; shaded while the source is held back and they are above the mark. */
export function memoryTrack(trace: Trace, limits: MemoryLimits | null = null): LevelTrack {
  const levels = memoryLevels(trace);
  const { makespan, memoryPeak } = trace.meta;
  const track = levelTrack(levels, {
    label: 'memory',
    capacity: limits?.mark ?? null,
    budget: limits?.budget ?? null,
    endMs: makespan,
    unit: 'bytes',
    marksMs: { overrun: timesOf(trace, (kind) => kind === Mark.overrun) },
    ...(limits && {
      throttledMs: spansWhere(
        [levels, sourceLine(trace)],
        makespan,
        ([held, waiting]) => held! > limits.mark && waiting! > 0,
      ),
    }),
  });
  // The curve has what was held whenever a task left; the run itself noted the most there ever was in between.
  return { ...track, max: Math.max(track.max, memoryPeak) };
}

function timesOf({ marks }: Trace, wanted: (kind: number) => boolean): Float64Array {
  const times = new TimeList();
  for (let mark = 0; mark < marks.count; mark++) {
    if (wanted(marks.kind[mark]!)) times.push(marks.time[mark]!);
  }
  return sortTimes(times.taken());
}

function marksByStage({ marks, meta }: Trace): Partial<Record<PressureMarkKind, Float64Array>>[] {
  const lists = meta.stages.map(() => ({ drop: new TimeList(), orphan: new TimeList() }));
  for (const mark of lostItems(marks)) {
    const own = lists[marks.stage[mark]!];
    own?.[marks.kind[mark] === Mark.orphaned ? 'orphan' : 'drop'].push(marks.time[mark]!);
  }
  return lists.map(({ drop, orphan }) => ({
    drop: sortTimes(drop.taken()),
    orphan: sortTimes(orphan.taken()),
  }));
}
