import { TaskKind } from '../../engine/task-table.ts';
import { noDelay, type WireStage, type WireTask } from '../wire.ts';
import { packTasks, type PackedTasks } from '../packing.ts';
import { cameInMessage } from '../came-in-message.ts';
import { stageModule, type StageModule } from './load-units.ts';
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

const practiceStage = (counted: boolean, moves: boolean): WireStage => ({
  id: '',
  unit: -1,
  batched: false,
  counted,
  moves,
  timeoutMs: null,
  delay: noDelay,
  setupAtStart: null,
});
/** They stand for all stages of a run: those whose items come in messages, and those whose items are only numbered. */
const givenStage = 0;
const countedStage = 1;
const practiceStages = (moves: boolean): WireStage[] =>
  cameInMessage([practiceStage(false, moves), practiceStage(true, moves)]);

const practiceMessage = (
  count: number,
  stage: number,
  moves: boolean,
  setup: number[] | null = null,
): PackedTasks => {
  const inputOf = (index: number): unknown => (moves ? new Uint8Array(8) : { index });
  const tasks = Array.from({ length: count }, (_, index): WireTask => ({
    ...startTask(stage),
    task: index,
    number: index,
    item: index,
    input: stage === countedStage ? undefined : inputOf(index),
    setup: index === 0 ? setup : null,
  }));
  return cameInMessage(packTasks(tasks));
};

/** A runtime that practises: nobody is told of anything. */
export interface Practising {
  slots: number;
  /** Some stage moves what it puts out. */
  moves: boolean;
  /** Of some stage, items are only numbered: see `WireStage`. */
  counted: boolean;
  use(stages: WireStage[], modules: StageModule[]): void;
  hear(tasks: PackedTasks): void;
  /** Resolves when all tasks have ended, and that is told. */
  quiet(): Promise<void>;
}

/** Compiles what every task goes through, before the clock starts; see `coordinator/rehearsal.ts`. */
export async function practise(tasks: number, runtime: Practising): Promise<void> {
  const { moves, counted, slots } = runtime;
  const stages = practiceStages(moves);
  // Few come as a list of numbers, many in a buffer: see `packTasks`.
  const messages = [few, many].map((count) => practiceMessage(count, givenStage, moves));
  if (counted)
    messages.push(...[few, many].map((count) => practiceMessage(count, countedStage, false)));
  const together = messages.reduce((sum, { count }) => sum + count, 0);
  const goThrough = (code: StageModule['default'], count: number): void => {
    const module = stageModule({ default: code });
    runtime.use(stages, [module, module]);
    for (let done = 0, nth = 0; done < count; nth++) {
      const message = messages[nth % messages.length]!;
      // A buffer that comes twice is not moved.
      runtime.hear(moves ? cameInMessage(message) : message);
      done += message.count;
    }
  };
  const other = moves ? sameAgain : indexOf;
  if (moves) moveOnce();
  // Both at once, before any of it is compiled for one of them alone.
  goThrough(same, together);
  goThrough(other, together);
  runtime.hear(practiceMessage(few, givenStage, moves, []));
  await runtime.quiet();
  goThrough(same, tasks / 2);
  // Code of one function only would be built into what calls it, and results of one kind only taken for granted.
  goThrough(other, tasks / 2);
  if (slots === 1) return;
  const waits = Math.min(tasks, practiceWaitsPerSlot * slots);
  goThrough(practiceWait as StageModule['default'], waits);
  await runtime.quiet();
}

/** At the first buffer that is moved Chromium throws away much of what it has compiled. */
function moveOnce(): void {
  const bytes = new Uint8Array(8);
  structuredClone(bytes, { transfer: [bytes.buffer] });
}

const few = 32;
const many = 96;
const same = (item: unknown): unknown => item;
const sameAgain = (item: unknown): unknown => item;
const indexOf = (item: unknown): unknown => (item as { index: number }).index;

/** Tasks that wait, so many times the slots there are: few are enough, as each goes through more, and they take time. */
const practiceWaitsPerSlot = 8;
/** Such a one; long enough for a timer of its own. */
async function practiceWait(item: unknown, ctx: StageContext): Promise<unknown> {
  await ctx.wait(4);
  return item;
}
