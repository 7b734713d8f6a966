/** The page of the scale bench: one large run on the live machine. */
import { makeBareRunner } from '../bare-runner.ts';
import type { RunReport } from '../../../src/engine/runner.ts';
import { parseDocument } from '../../../src/pipeline/parse.ts';
import { traceBuffers } from '../../../src/trace/builder.ts';
import { codeChain } from './scale-document.ts';

/** What one run came to. */
export interface ScaleRun {
  tasks: number;
  makespanMs: number;
  /** With its start, the digest of its results and the rest of its record. */
  wholeMs: number;
  /** When its clock started: ms since the epoch. */
  startedAtMs: number;
  traceBytes: number;
}

export interface ScalePage {
  /** Short runs until the large one comes: its sandbox is there before it starts, and can be watched. */
  open(stages: number): Promise<void>;
  /** Once. */
  run(items: number, stages: number): Promise<ScaleRun>;
}

/** The sandbox that is watched has been there before what is measured in it. */
const series = {};
const runner = makeBareRunner();

async function report(items: number, stages: number): Promise<RunReport> {
  const { pipeline, problems } = parseDocument(codeChain(items, stages));
  if (!pipeline) throw new Error(problems[0]!.message);
  const found = await runner.run({ pipeline, cache: 'off', cacheNamespace: 'scale', series }).done;
  if (found.error) throw new Error(found.error.message);
  const { meta, tasks } = found.trace;
  if (meta.items.delivered !== items || tasks.count !== items * stages) {
    throw new Error(`${meta.items.delivered} of ${items} items were delivered.`);
  }
  return found;
}

/** A sandbox in which more was done is not used again. */
const shortItems = 1;
let isWanted = false;
let shortRuns = Promise.resolve();

const page: ScalePage = {
  async open(stages) {
    await report(shortItems, stages);
    shortRuns = (async () => {
      while (!isWanted) await report(shortItems, stages);
    })();
  },
  async run(items, stages) {
    isWanted = true;
    await shortRuns;
    const beganMs = performance.now();
    const { trace, results } = await report(items, stages);
    const wholeMs = performance.now() - beganMs;
    const { tasks, meta } = trace;
    // The item that tells the time of day, where the record tells the time of the run.
    let row = 0;
    while (tasks.item[row] !== 0 || tasks.stage[row] !== 0) row++;
    const toldMs = results.find(({ item }) => item === '0')!.value as number;
    return {
      ...{ tasks: tasks.count, makespanMs: meta.makespan, wholeMs },
      startedAtMs: toldMs - tasks.start[row]!,
      traceBytes: traceBuffers(trace).reduce((sum, { byteLength }) => sum + byteLength, 0),
    };
  },
};
(globalThis as unknown as { scale: ScalePage }).scale = page;
