import type { Progress } from '../../engine/runner.ts';
import type { Trace } from '../../trace/types.ts';

/** What a node shows of one instant. On replay the source has one, too, under its node's id. */
export interface StageState {
  /** Items that wait here; at the source: to be let in. */
  queued: number;
  running: number;
  blocked: number;
  /** Tasks begun so far; at the source: items let in. */
  tasks: number;
  /** Items lost here so far: a full buffer dropped them, or their other half ended elsewhere. */
  dropped: number;
}

/** Of this moment of a run. */
export function liveStates(progress: Progress): Map<string, StageState> {
  return new Map(
    progress.trace.meta.stages.map((stage, index) => [
      stage.id,
      {
        queued: progress.queued[index] ?? 0,
        running: progress.running[index] ?? 0,
        blocked: progress.blocked[index] ?? 0,
        tasks: stage.tasks,
        dropped: stage.dropped,
      },
    ]),
  );
}

export const noStates: ReadonlyMap<string, StageState> = new Map();
export const noPeaks: ReadonlyMap<string, number> = new Map();

/** The longest queue of each stage, by id, so that a pond without a brim has a scale. */
export function peaksOf(
  trace: Trace | null,
  tracks: readonly { stage: number; max: number }[],
): ReadonlyMap<string, number> {
  const { stages } = trace?.meta ?? { stages: [] };
  return new Map(tracks.map(({ stage, max }) => [stages[stage]?.id ?? '', max]));
}
