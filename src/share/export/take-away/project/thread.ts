/** What every thread of the pool loads: it runs the stages in `stages/`. */
import { parentPort, threadId, workerData } from 'node:worker_threads';
import { makeAsk } from './asks.ts';
import { TaskRunner } from './run-task.ts';
import type { PipelineSettings } from './settings.ts';
import { stageSettings } from './settings.ts';
import type { Outcome, Task } from './task.ts';

const { seed, service, stages } = workerData as PipelineSettings;
const runner = new TaskRunner({
  ...{ seed, service },
  stages: stageSettings(stages),
  load: (stage) => import(new URL(`../stages/${stage}.js`, import.meta.url).href),
  ask: makeAsk(threadId),
});
await runner.prepare();

/** @param number told when the task begins: from then on its time counts. */
export default async function run({ task, number }: { task: Task; number: number }) {
  parentPort!.postMessage({ began: number });
  return (await runner.run(task)) satisfies Outcome;
}
