import { criticalPath, type CriticalStep } from '../../measure/critical-path.ts';
import { fedBy, itemHistory } from '../../measure/item-history.ts';
import { formatCount, formatMs, formatPercent } from '../../base/units.ts';
import type { Pipeline } from '../../pipeline/types.ts';
import { itemLabel } from '../../trace/item-label.ts';
import type { Trace } from '../../trace/types.ts';
import { rowOfLabel, sameItem } from './find-items.ts';

/** One task of what is lit up. Times in ms of the run's clock. */
export interface FocusStep {
  row: number;
  stage: number;
  startMs: number;
  endMs: number;
  /** Before it began, the longest first. */
  waits: { ms: number; for: string }[];
  /** After its end, until there was room for its output. */
  blockedMs: number;
  /** Stages that took in its output; empty where nothing did, or where it is not told. */
  feeds: string[];
}

/** Tasks that belong together, to be lit up in the schedule and listed beside it. */
export interface ScheduleFocus {
  kind: 'item' | 'path' | 'waits';
  title: string;
  /** What to see in it: a sentence or two. */
  summary: string;
  steps: FocusStep[];
  /** Rows of the tasks shown solid, and of the predicted ones over them. */
  lit: ReadonlySet<number>;
  litGhost: ReadonlySet<number>;
  /** Pairs of rows, each from a task to one it let go. */
  links: number[];
}

export interface Shown {
  /** Its stages in the places they have on the page. */
  trace: Trace;
  /** As it was run: rows as in `trace`, stages in the order of the pipeline. */
  raw: Trace;
  pipeline: Pipeline;
}

const waitWords = {
  item: 'for the rest of its input',
  permit: 'for a permit',
  limit: 'for a shared limit',
  worker: 'for a worker',
  paused: 'while the run was paused',
};

/** The whole way of an item; null: there is none of that name (yet). */
export function itemFocus(
  { trace, pipeline }: Shown,
  ghost: Trace | null,
  label: string,
): ScheduleFocus | null {
  const item = rowOfLabel(trace, label);
  if (item < 0) return null;
  const history = itemHistory(trace, item);
  const feeds = fedBy(trace, history, parentsIn(trace, pipeline));
  const ghostItem = ghost ? sameItem(trace, item, ghost) : -1;
  const stages = trace.meta.stages;
  const links = feeds.flatMap((to, from) =>
    to.flatMap((next) => [history[from]!.row, history[next]!.row]),
  );
  const steps = history.map((step, index) => ({
    row: step.row,
    stage: step.stage,
    startMs: step.startMs,
    endMs: step.endMs,
    waits: step.waits
      .map(({ ms, for: what }) => ({ ms, for: waitWords[what] }))
      .sort((a, b) => b.ms - a.ms),
    blockedMs: Math.max(0, step.leaveMs - step.endMs),
    feeds: [...new Set(feeds[index]!.map((next) => stages[history[next]!.stage]?.name ?? ''))],
  }));
  return {
    kind: 'item',
    title: `Item ${itemLabel(trace, item)}`,
    summary: itemSummary(steps, trace.items.arrive[item]!),
    steps,
    lit: new Set(history.map(({ row }) => row)),
    litGhost: new Set(
      ghost && ghostItem >= 0 ? itemHistory(ghost, ghostItem).map(({ row }) => row) : [],
    ),
    links,
  };
}

function itemSummary(steps: readonly FocusStep[], arriveMs: number): string {
  if (steps.length === 0) return 'No task has taken it in.';
  const endMs = steps.reduce((last, step) => Math.max(last, step.endMs + step.blockedMs), 0);
  const serviceMs = sum(steps, (step) => step.endMs - step.startMs);
  const inAll = `${tasksOf(steps)} from ${formatMs(arriveMs)} to ${formatMs(endMs)}`;
  const worst = steps
    .flatMap((step) => step.waits)
    .reduce<FocusStep['waits'][number] | null>((a, b) => (a && a.ms >= b.ms ? a : b), null);
  const waited = worst ? `; its longest wait was ${formatMs(worst.ms)} ${worst.for}` : '';
  return `${inAll}: ${formatMs(serviceMs)} of service${waited}.`;
}

const pathWords: Record<CriticalStep['waitedFor'], string> = {
  input: 'after its input was there',
  permit: 'after a permit came free',
  limit: 'after a shared limit came free',
  worker: 'after a worker came free',
  arrival: 'after the start of the run',
};

/** The chain of tasks that explains the makespan. */
export function pathFocus({ trace, raw, pipeline }: Shown): ScheduleFocus {
  const path = criticalPath(raw, pipeline);
  const steps = path.map((step) => ({
    row: step.row,
    stage: trace.tasks.stage[step.row]!,
    startMs: step.startMs,
    endMs: step.endMs,
    waits: step.gapMs > 1e-6 ? [{ ms: step.gapMs, for: pathWords[step.waitedFor] }] : [],
    blockedMs: Math.max(0, step.leaveMs - step.endMs),
    feeds: [],
  }));
  const links = path.slice(1).flatMap((step, index) => [path[index]!.row, step.row]);
  return {
    kind: 'path',
    title: 'Critical path',
    summary: pathSummary(steps, trace),
    steps,
    lit: new Set(path.map(({ row }) => row)),
    litGhost: new Set(),
    links,
  };
}

function pathSummary(steps: readonly FocusStep[], { meta }: Trace): string {
  if (steps.length === 0) return 'No worker ran a task, so there is no path.';
  const serviceMs = sum(steps, (step) => step.endMs - step.startMs);
  const ofStage = new Map<number, number>();
  for (const { stage, startMs, endMs } of steps)
    ofStage.set(stage, (ofStage.get(stage) ?? 0) + endMs - startMs);
  const shares = [...ofStage]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 3)
    .map(([stage, ms]) => `${meta.stages[stage]?.name ?? ''} ${formatPercent(ms / meta.makespan)}`);
  return `${tasksOf(steps)} in a row, ${formatMs(serviceMs)} of service: ${formatPercent(serviceMs / meta.makespan)} of the makespan (${shares.join(', ')}). The rest, ${formatMs(Math.max(0, meta.makespan - serviceMs))}, is between them. Only what shortens this chain shortens the run.`;
}

const sum = <T>(list: readonly T[], of: (one: T) => number): number =>
  list.reduce((total, one) => total + of(one), 0);

const tasksOf = ({ length }: readonly unknown[]): string =>
  `${formatCount(length)} ${length === 1 ? 'task' : 'tasks'}`;

/** Parents of each stage of the trace, by its places. */
function parentsIn({ meta }: Trace, pipeline: Pipeline): number[][] {
  const placeOf = new Map(meta.stages.map(({ id }, place) => [id, place]));
  const stageOf = new Map(pipeline.stages.map((stage) => [stage.id, stage]));
  return meta.stages.map(({ id }) =>
    (stageOf.get(id)?.after ?? []).flatMap((parent) => placeOf.get(parent) ?? []),
  );
}
