import { formatCount, formatMs } from '../../base/units.ts';
import type { Bottleneck } from '../../measure/bottlenecks.ts';
import type { Pipeline } from '../../pipeline/types.ts';
import type { App } from '../state/app.svelte.ts';
import type { ScheduleFocus, Shown } from '../timeline/schedule-focus.ts';
import { bottleneckName } from './bottleneck-words.ts';

/** Tasks waited for it, or it is the critical path itself. */
export const canLightUp = ({ kind, waiters }: Bottleneck): boolean =>
  kind === 'work' || waiters.some(({ stage }) => stage >= 0);

/** Lights up in the schedule what waited for a bottleneck, and selects the stage it is at. */
export function lightUp(app: App, one: Bottleneck, pipeline: Pipeline): void {
  const stage = pipeline.stages[one.stage];
  if (stage && app.doc.document.stages.some(({ id }) => id === stage.id))
    app.graph.select([stage.id]);
  else if (one.kind === 'in-flight' || one.kind === 'memory' || one.kind === 'workers')
    app.view.select({ kind: 'machine' });
  const { focus } = app.timeline;
  if (one.kind === 'work') {
    if (!focus.showsPath) focus.togglePath();
    return;
  }
  const ids = new Set(one.waiters.flatMap(({ stage: at }) => pipeline.stages[at]?.id ?? []));
  const title = `Waited: ${bottleneckName(one, pipeline)}`;
  focus.look((shown) => waitingTasks(shown, ids, title));
}

/** Nobody reads more of them. */
const listedMost = 300;

/** The tasks of these stages that waited between being ready and starting, or found no room when they were done. */
function waitingTasks({ trace }: Shown, ids: ReadonlySet<string>, title: string): ScheduleFocus {
  const { tasks, meta } = trace;
  const isOf = meta.stages.map(({ id }) => ids.has(id));
  const lit = new Set<number>();
  const steps: ScheduleFocus['steps'] = [];
  let [count, waitedMs, longestMs] = [0, 0, 0];
  for (let row = 0; row < tasks.count; row++) {
    const stage = tasks.stage[row]!;
    if (!isOf[stage] || tasks.worker[row]! < 0) continue;
    const startMs = tasks.start[row]!;
    const waitMs = startMs - tasks.ready[row]!;
    if (!(waitMs > 0)) continue;
    lit.add(row);
    count++;
    waitedMs += waitMs;
    longestMs = Math.max(longestMs, waitMs);
    if (steps.length === listedMost) continue;
    steps.push({
      ...{ row, stage, startMs, endMs: tasks.end[row]! },
      waits: [{ ms: waitMs, for: 'before it began' }],
      blockedMs: Math.max(0, tasks.leave[row]! - tasks.end[row]!),
      feeds: [],
    });
  }
  const summary =
    count === 0
      ? 'No task waited here.'
      : `${formatCount(count)} ${count === 1 ? 'task' : 'tasks'} waited ${formatMs(waitedMs)} in all, the longest ${formatMs(longestMs)}.`;
  return { kind: 'waits', title, summary, steps, lit, litGhost: new Set(), links: [] };
}
