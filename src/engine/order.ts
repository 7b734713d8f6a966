import { compareItems } from '../trace/item-label.ts';
import type { TraceBuilder } from '../trace/builder.ts';
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
  if (stage.closing === 'formed') return stage.resultReadyMs;
  if (stage.queue.length > 0) return stage.queue.readyAt(0);
  return stage.offers.readyAt(0);
}

export function headItem(stage: StageState): number {
  if (stage.closing === 'formed') return stage.result;
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
  switch (plan.order) {
    case 'fifo':
      return byArrival;
    case 'lifo':
      return (a, b) => newestReadyMs(stages[b]!) - newestReadyMs(stages[a]!) || byArrival(a, b);
    case 'priority':
      return (a, b) => plan.stages[b]!.priority - plan.stages[a]!.priority || byArrival(a, b);
    case 'shortest':
      return (a, b) => meanServiceOf(stages[a]!) - meanServiceOf(stages[b]!) || byArrival(a, b);
    case 'critical-path': {
      // Levels move only when an undeclared mean does; asked seldom enough to be worked out anew.
      const fixed = plan.stages.every((stage) => !Number.isNaN(stage.declaredMeanMs));
      const once = fixed ? bottomLevels(plan, stages) : null;
      return (a, b) => {
        const levels = once ?? bottomLevels(plan, stages);
        return levels[b]! - levels[a]! || byArrival(a, b);
      };
    }
    case 'downstream-first':
      return (a, b) => plan.stages[a]!.depth - plan.stages[b]!.depth || byArrival(a, b);
  }
}

function newestReadyMs(stage: StageState): number {
  if (stage.closing === 'formed') return stage.resultReadyMs;
  return stage.queue.length > 0
    ? stage.queue.readyAt(stage.queue.length - 1)
    : stage.offers.readyAt(0);
}
