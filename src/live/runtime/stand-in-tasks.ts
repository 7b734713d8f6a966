import { TaskKind } from '../../engine/task-table.ts';
import type { WireStage, WireTask } from '../wire.ts';
import type { StageContext } from './context.ts';

/** Stands for the work done before the clock starts. */
export const startTask = (stage: number): WireTask => ({
  task: -1,
  number: -1,
  stage,
  kind: TaskKind.item,
  attempt: 1,
  item: 0,
  itemKey: 0,
  setup: null,
  input: undefined,
  synthetic: null,
});

export const practiceStage: WireStage = {
  id: '',
  unit: -1,
  batched: false,
  counted: false,
  moves: false,
  setupAtStart: null,
  timeoutMs: null,
};

/** Those of one message. */
export const practiceTasks = Array.from({ length: 32 }, (_, index): WireTask => {
  return { ...startTask(0), task: index, number: index, input: { index } };
});

/** Tasks that wait, one after another in each slot: fewer are enough, as each goes through more, and they take time. */
export const practiceWaitsPerSlot = 8;
/** Such a one; long enough for a timer of its own. */
export async function practiceWait(item: unknown, ctx: StageContext): Promise<unknown> {
  await ctx.wait(4);
  return item;
}
