import type { Progress } from '../../engine/runner.ts';
import type { Trace } from '../../trace/types.ts';

/** What a stage's node shows of one instant. */
export interface StageState {
  queued: number;
  running: number;
  blocked: number;
  /** Outputs it has put out, live only. */
  tasks: number;
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
      },
    ]),
  );
}

export const noStates: ReadonlyMap<string, StageState> = new Map();

/** The longest queue of each stage, by id, so that a pond without a brim has a scale. */
export function peaksOf(
  trace: Trace | null,
  tracks: readonly { stage: number; max: number }[],
): ReadonlyMap<string, number> {
  const { stages } = trace?.meta ?? { stages: [] };
  return new Map(tracks.map(({ stage, max }) => [stages[stage]?.id ?? '', max]));
}
