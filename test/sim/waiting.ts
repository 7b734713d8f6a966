import { meanOf } from '../../src/base/draw-mean.ts';
import { compareItems } from '../../src/trace/item-label.ts';
import { Mark, Outcome } from '../../src/trace/types.ts';
import type { Curves } from './curves.ts';
import { admissions, isResultOf, type StageVisits } from './visits.ts';
import type { WatchedRun } from './seen-run.ts';

/** One task, from the moment on which it could have started. */
export interface WaitingTask {
  stage: number;
  item: number;
  readyMs: number;
  /** When it started (or was lost from the buffer). */
  untilMs: number;
  endMs: number;
  leaveMs: number;
  /** -1: it never started. */
  worker: number;
  /** It has to run with no company. */
  alone: boolean;
}

/** What is taken, level by level, in the interval after each instant. */
export interface Taken {
  /** A stage: running and blocked tasks. */
  permits: number[][];
  /** A limit: units. */
  limits: number[][];
  /** A worker: tasks open there. */
  open: number[][];
  /** A worker: whether it is there at all. */
  up: number[][];
  starting: number[][];
  /** A worker: whether it runs a task that wants no company. */
  alone: number[][];
  paused: number[];
}

export function waitingTasks(run: WatchedRun): WaitingTask[] {
  const { tasks, marks } = run.trace;
  const alone = new Set(
    run.tasks
      .filter((task) => task.alone)
      .map((task) => `${task.stage}/${task.item}/${task.startMs}`),
  );
  const waiting: WaitingTask[] = [];
  for (let row = 0; row < tasks.count; row++) {
    if (tasks.worker[row]! < 0) continue;
    const [stage, item] = [tasks.stage[row]!, tasks.item[row]!];
    waiting.push({
      stage,
      item,
      readyMs: tasks.ready[row]!,
      untilMs: tasks.dispatch[row]!,
      endMs: tasks.end[row]!,
      leaveMs: tasks.leave[row]!,
      worker: tasks.worker[row]!,
      alone: alone.has(`${stage}/${item}/${tasks.dispatch[row]!}`),
    });
  }
  // What was dropped from a buffer could have started before, too.
  for (let row = 0; row < marks.count; row++) {
    const stage = run.plan.stages[marks.stage[row]!];
    if (marks.kind[row] !== Mark.dropOldest || stage?.batchSize !== 1) continue;
    const [readyMs, untilMs] = [marks.value[row]!, marks.time[row]!];
    const never = { endMs: untilMs, leaveMs: untilMs, worker: -1, alone: false };
    waiting.push({ stage: stage.index, item: marks.item[row]!, readyMs, untilMs, ...never });
  }
  return waiting;
}

export function whatIsTaken(
  run: WatchedRun,
  started: readonly WaitingTask[],
  curves: Curves,
): Taken {
  const { plan, trace } = run;
  const ran = started.filter((task) => task.worker >= 0);
  const workers = Array.from({ length: plan.workers }, (_, worker) => worker);
  const spans = (of: readonly { worker: number; fromMs: number; toMs: number }[], worker: number) =>
    curves.levels(of.filter((span) => span.worker === worker).map((s) => [s.fromMs, s.toMs]));
  const paused: [number, number][] = [];
  for (let row = 0; row < trace.marks.count; row++) {
    const kind = trace.marks.kind[row];
    if (kind === Mark.paused) paused.push([trace.marks.time[row]!, Infinity]);
    else if (kind === Mark.resumed) paused.at(-1)![1] = trace.marks.time[row]!;
  }
  return {
    permits: plan.stages.map(({ index }) =>
      curves.levels(
        ran.filter((task) => task.stage === index).map((task) => [task.untilMs, task.leaveMs]),
      ),
    ),
    limits: plan.limits.map((_, limit) =>
      curves.levels(
        ran.flatMap((task) =>
          plan.stages[task.stage]!.uses.filter((use) => use.limit === limit).map(
            (use) => [task.untilMs, task.endMs, use.weight] as const,
          ),
        ),
      ),
    ),
    open: workers.map((worker) =>
      curves.levels(
        ran.filter((task) => task.worker === worker).map((task) => [task.untilMs, task.endMs]),
      ),
    ),
    up: workers.map((worker) => spans(run.ups, worker)),
    starting: workers.map((worker) => spans(run.starting, worker)),
    alone: workers.map((worker) =>
      curves.levels(
        ran
          .filter((task) => task.worker === worker && task.alone)
          .map((task) => [task.untilMs, task.endMs]),
      ),
    ),
    paused: curves.levels(paused),
  };
}

/**
 * When the last item had come to each stage, and when the last had left it: ends spread downstream from
 * the source. NaN: the record does not tell (a fold below lost its accumulator).
 */
export function endsOfInput(
  run: WatchedRun,
  all: readonly StageVisits[],
): { inputMs: number; closedMs: number }[] {
  const { plan, trace, sourceEndedMs } = run;
  const { tasks, items } = trace;
  const ends = plan.stages.map(() => ({ inputMs: NaN, closedMs: NaN }));
  let sourceMs = Math.max(sourceEndedMs, 0, ...admissions(run).values());
  for (const root of plan.roots) {
    if (all[root]!.isVague) sourceMs = NaN;
    for (const { inMs, item } of all[root]!.visits) {
      if (items.parent[item] === -1) sourceMs = Math.max(sourceMs, inMs);
    }
  }
  // Nobody knows what a run that was stopped would still have let in.
  if (trace.meta.ended !== 'done') sourceMs = Infinity;
  // The copies of `each`, `all` and `fold` have several parents, so none of them is fed by the source.
  for (const index of plan.topological) {
    const stage = plan.stages[index]!;
    const inputMs = Math.max(
      ...stage.parents.map((parent) => (parent === -1 ? sourceMs : ends[parent]!.closedMs)),
    );
    let closedMs = Math.max(inputMs, ...all[index]!.visits.map(({ outMs }) => outMs));
    if (all[index]!.isVague) closedMs = NaN;
    for (let row = 0; row < tasks.count; row++) {
      if (tasks.stage[row] !== index || !isResultOf(run, index, tasks.item[row]!)) continue;
      const isOver = tasks.outcome[row] === Outcome.ok || tasks.outcome[row] === Outcome.hit;
      closedMs = Math.max(closedMs, isOver ? tasks.leave[row]! : tasks.end[row]!);
    }
    ends[index] = { inputMs, closedMs };
  }
  return ends;
}

/** The document's order, worked out from the document: negative if `a` goes first. */
export function makeOrder(run: WatchedRun): (a: WaitingTask, b: WaitingTask) => number {
  const { pipeline, trace } = run;
  const { stages, machine } = pipeline;
  const place = new Map(stages.map((stage, i) => [stage.id, i]));
  const below = stages.map((stage) => stages.filter((other) => other.after.includes(stage.id)));
  const serviceOf = (index: number): number => {
    const { work, batch } = stages[index]!;
    const { phases } = work.kind === 'synthetic' ? work : work.model!;
    return phases.reduce((sum, phase) => {
      const draw = 'wait' in phase ? phase.wait : phase.cpu;
      return sum + meanOf(draw) * (phase.per === 'item' ? batch.size : 1);
    }, 0);
  };
  const longest = (index: number, cost: (index: number) => number): number =>
    cost(index) + Math.max(0, ...below[index]!.map(({ id }) => longest(place.get(id)!, cost)));
  const ranks: Record<typeof machine.order, (index: number) => number> = {
    fifo: () => 0,
    lifo: () => 0,
    priority: (index) => -stages[index]!.priority,
    shortest: serviceOf,
    'critical-path': (index) => -longest(index, serviceOf),
    'downstream-first': (index) => longest(index, () => 1),
  };
  const rank = stages.map((_, index) => ranks[machine.order](index));
  const sign = machine.order === 'lifo' ? -1 : 1;
  return (a, b) =>
    rank[a.stage]! - rank[b.stage]! ||
    sign * (a.readyMs - b.readyMs) ||
    compareItems(trace.items, a.item, b.item) ||
    a.stage - b.stage;
}
