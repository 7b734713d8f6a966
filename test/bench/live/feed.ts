import { inputOf, payloadsOf, Sheet } from './sheet.ts';
import { isChain, turnsOf, workers, type Job, type JobResult } from './job.ts';
import type { Timed } from './timed.ts';
import { nowMs, type Input } from './work.ts';

/** One task, by a library; resolves with what its worker says of it. */
export type Call = (stage: number, turns: number, input: Input) => PromiseLike<Timed>;

/** Items handed to a library at once: as many again as its workers may have open. */
const itemsAtOnce = (job: Job): number => 2 * workers * job.open;

/** Sends every item through all stages, the next one when one is through. */
export async function feed(job: Job, call: Call): Promise<JobResult> {
  const sheet = new Sheet(job);
  const payloads = payloadsOf(job);
  const { after } = job;
  const stages = after.length;
  const one = async (item: number, stage: number, input: Input): Promise<Input> => {
    const task = item * stages + stage;
    sheet.queuedMs[task] = nowMs();
    const [output, startedMs, endedMs, worker] = await call(
      stage,
      turnsOf(job, item, stage),
      input,
    );
    sheet.write(task, output, startedMs, endedMs, sheet.laneOf(worker));
    return output;
  };
  const inTurn = async (item: number): Promise<void> => {
    let input: Input = payloads?.[item] ?? item;
    for (let stage = 0; stage < stages; stage++) input = await one(item, stage, input);
  };
  const asGraph = async (item: number): Promise<void> => {
    const outputs: Promise<Input>[] = [];
    after.forEach((parents, stage) => {
      const inputs = Promise.all(parents.map((parent) => outputs[parent]!));
      outputs[stage] = inputs.then(() =>
        one(item, stage, inputOf(item, parents, sheet.outputs, item * stages)),
      );
    });
    await Promise.all(outputs);
  };
  const through = isChain(job) ? inTurn : asGraph;
  let next = 0;
  const line = async (): Promise<void> => {
    while (next < job.items) await through(next++);
  };
  const startMs = performance.now();
  await Promise.all(Array.from({ length: itemsAtOnce(job) }, line));
  const ms = performance.now() - startMs;
  sheet.check();
  return { ms, wholeMs: ms };
}
