import { formatPercent } from '../../base/units.ts';
import { taskTimes } from '../../measure/states.ts';
import { stateWords } from '../../charts/state-words.ts';
import { wallStates, type WallState } from '../../measure/state-timeline.ts';
import { wallShares } from '../../measure/wall-shares.ts';
import type { Pipeline } from '../../pipeline/types.ts';
import type { Trace } from '../../trace/types.ts';

export interface StageShares {
  id: string;
  name: string;
  /** Shares of the wall clock, adding up to 1. */
  parts: { state: WallState; ms: number; share: number }[];
  /** Its largest part in words. */
  sentence: string;
}

/** What each stage did with the wall clock. */
export function stateShares(trace: Trace, pipeline: Pipeline): StageShares[] {
  const { makespan } = trace.meta;
  const times = taskTimes(trace);
  return wallShares(trace, pipeline).map((ms, index) => {
    const { id, name } = trace.meta.stages[index]!;
    const total = Object.values(ms).reduce((sum, value) => sum + value, 0);
    const parts = wallStates
      .filter((state) => ms[state] > 0)
      .map((state) => ({ state, ms: ms[state], share: ms[state] / total }));
    const largest = parts.toSorted((a, b) => b.ms - a.ms)[0];
    // Busy is one task or more; how many compares with the utilisation of the workers.
    const open = largest?.state === 'busy' ? atOnce(times[index]!.busy / makespan) : '';
    const sentence = largest
      ? `${formatPercent(largest.share)} ${stateWords[largest.state]}${open}`
      : '';
    return { id, name, parts, sentence };
  });
}

function atOnce(tasks: number): string {
  const shown = Number(tasks.toPrecision(2));
  return `, on average ${shown} ${shown === 1 ? 'task' : 'tasks'} at once`;
}
