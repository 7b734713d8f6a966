import { compareItems } from '../trace/item-label.ts';
import type { TraceBuilder } from '../trace/builder.ts';
import { Closing } from './phases.ts';
import type { Plan } from './plan.ts';
import type { StageState } from './state.ts';

/** Mean service of a stage: declared, else measured so far, else 0. ms a task. */
export function meanServiceOf(stage: StageState): number {
  const declared = stage.plan.declaredMeanMs;
  if (!Number.isNaN(declared)) return declared;
  return stage.servedTasks === 0 ? 0 : stage.servedMs / stage.servedTasks;
}

/** Longest chain of mean service times from a stage (it included) to a sink, ms. */
export function bottomLevels(plan: Plan, stages: readonly StageState[]): number[] {
  const levels = plan.stages.map(() => 0);
  for (const index of plan.topological.toReversed()) {
    const below = plan.stages[index]!.children.map((child) => levels[child]!);
    levels[index] = meanServiceOf(stages[index]!) + Math.max(0, ...below);
  }
  return levels;
}

/** When the head of a stage's queue became a task that may start. */
export function headReadyMs(stage: StageState): number {
  if (stage.closing === Closing.formed) return stage.resultReadyMs;
  if (stage.queue.length > 0) return stage.queue.readyAt(0);
  return stage.offers.readyAt(0);
}

export function headItem(stage: StageState): number {
  if (stage.closing === Closing.formed) return stage.result;
  return stage.queue.length > 0 ? stage.queue.itemAt(0) : stage.offers.itemAt(0);
}

/**
 * Compares two stages by their next task: the order the document names, then arrival, then item
 * number, then stage position. Every order but `lifo` is a property of the stage, so a heap of
 * stages is enough: within a stage tasks start as they came.
 */
export function makeStageOrder(
  plan: Plan,
  stages: readonly StageState[],
  trace: TraceBuilder,
): (a: number, b: number) => number {
  const byArrival = (a: number, b: number): number =>
    headReadyMs(stages[a]!) - headReadyMs(stages[b]!) ||
    compareItems(trace.items, headItem(stages[a]!), headItem(stages[b]!)) ||
    a - b;
  const byStage = stageRank(plan, stages);
  if (plan.order === 'lifo') {
    return (a, b) =>
      newestReadyMs(plan, stages[b]!) - newestReadyMs(plan, stages[a]!) ||
      compareItems(trace.items, newestItem(plan, stages[a]!), newestItem(plan, stages[b]!)) ||
      a - b;
  }
  return byStage ? (a, b) => byStage(a, b) || byArrival(a, b) : byArrival;
}

/** The orders that go by the stage of a task alone; null: `fifo` and `lifo` do not. */
function stageRank(
  plan: Plan,
  stages: readonly StageState[],
): ((a: number, b: number) => number) | null {
  switch (plan.order) {
    case 'fifo':
    case 'lifo':
      return null;
    case 'priority':
      return (a, b) => plan.stages[b]!.priority - plan.stages[a]!.priority;
    case 'shortest':
      return (a, b) => meanServiceOf(stages[a]!) - meanServiceOf(stages[b]!);
    case 'critical-path': {
      // Levels move only when an undeclared mean does; asked seldom enough to be worked out anew.
      const fixed = plan.stages.every((stage) => !Number.isNaN(stage.declaredMeanMs));
      const once = fixed ? bottomLevels(plan, stages) : null;
      return (a, b) => {
        const levels = once ?? bottomLevels(plan, stages);
        return levels[b]! - levels[a]!;
      };
    }
    case 'downstream-first':
      return (a, b) => plan.stages[a]!.depth - plan.stages[b]!.depth;
  }
}

/** Compares two tasks, each given by its stage, when it became ready and its first item. */
export type CompareTasks = (
  stageA: number,
  readyMsA: number,
  itemA: number,
  stageB: number,
  readyMsB: number,
  itemB: number,
) => number;

/** The same order, of tasks that are formed before they start. */
export function makeTaskOrder(
  plan: Plan,
  stages: readonly StageState[],
  trace: TraceBuilder,
): CompareTasks {
  const byStage = stageRank(plan, stages);
  const sign = plan.order === 'lifo' ? -1 : 1;
  return (stageA, readyMsA, itemA, stageB, readyMsB, itemB) =>
    (byStage ? byStage(stageA, stageB) : 0) ||
    sign * (readyMsA - readyMsB) ||
    compareItems(trace.items, itemA, itemB) ||
    stageA - stageB;
}

/** The next task of this stage is over the newest item, not the oldest. A fold takes them as they came. */
export function newestFirst(plan: Plan, stage: StageState): boolean {
  return plan.order === 'lifo' && stage.plan.join !== 'fold' && stage.plan.batchSize === 1;
}

function newestReadyMs(plan: Plan, stage: StageState): number {
  const { queue } = stage;
  const isNewest = newestFirst(plan, stage) && stage.closing !== Closing.formed && queue.length > 0;
  return isNewest ? queue.readyAt(queue.length - 1) : headReadyMs(stage);
}

function newestItem(plan: Plan, stage: StageState): number {
  const { queue } = stage;
  const isNewest = newestFirst(plan, stage) && stage.closing !== Closing.formed && queue.length > 0;
  return isNewest ? queue.itemAt(queue.firstOfNewest()) : headItem(stage);
}
