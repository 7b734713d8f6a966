import { TaskKind } from '../../engine/task-table.ts';
import type { WireStage, WireTask } from '../wire.ts';

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
  setupAtStart: null,
  timeoutMs: null,
};

/** Those of one message. */
export const practiceTasks = Array.from({ length: 32 }, (_, index): WireTask => {
  return { ...startTask(0), task: index, number: index, input: { index } };
});
