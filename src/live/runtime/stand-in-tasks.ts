import { TaskKind } from '../../engine/task-table.ts';
import type { WireStage, WireTask } from '../wire.ts';
import { packTasks, type PackedTasks } from '../packing.ts';
import { clone } from './builtins.ts';
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

const practiceMessage = (count: number): PackedTasks => {
  const tasks = Array.from({ length: count }, (_, index): WireTask => {
    return { ...startTask(0), task: index, number: index, input: { index } };
  });
  // Engines tell what has come in a message from what was made here.
  return clone(packTasks(tasks)) as PackedTasks;
};
/** Few tasks come as a list of numbers, many in a buffer. */
const few = practiceMessage(32);
const many = practiceMessage(64);
/** Messages with so many tasks to practise on, or a few more. */
export function eachPractice(tasks: number, use: (message: PackedTasks) => void): void {
  for (let done = 0; done < tasks;) {
    const message = done % (few.count + many.count) === 0 ? few : many;
    use(message);
    done += message.count;
  }
}

/** Tasks that wait, one after another in each slot: fewer are enough, as each goes through more, and they take time. */
export const practiceWaitsPerSlot = 8;
/** Such a one; long enough for a timer of its own. */
export async function practiceWait(item: unknown, ctx: StageContext): Promise<unknown> {
  await ctx.wait(4);
  return item;
}
