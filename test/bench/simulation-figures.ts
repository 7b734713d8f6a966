/**
 * The figures of the simulation bench, one group a process, from the code as it is built for the page (a
 * development server's module getters would be measured otherwise). A process of its own, since an engine
 * compiles for what it has seen: no group is slower or faster for what was measured before it.
 *
 * Arguments: the group, the rounds. Prints the group as JSON.
 */
import type { Trace } from '../../src/trace/types.ts';
import { traceBuffers } from '../../src/trace/builder.ts';
import {
  bareHeapLoop,
  loadSimJs,
  millrace,
  simJs,
  singleServer,
  sixStages,
} from './simulation-contenders.ts';

export interface SimulationFigures {
  /** ms a round, one entry a round; all contenders ran in every round, in turns. */
  queue: { items: number; millraceMs: number[]; simJsMs: number[]; bareMs: number[] };
  predictions: { items: number; tasks: number; ms: number[] }[];
  growth: { items: number; nsPerEvent: number[] }[];
  memory: { what: string; tasks: number; traceBytes: number; residentBytes: number }[];
}

const queueItems = 200_000;
const group = process.argv[2] as keyof SimulationFigures;
const rounds = Number(process.argv[3]);
const warmUps = 4;

const timed = (work: () => unknown): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};

async function queue(): Promise<SimulationFigures['queue']> {
  const lib = await loadSimJs();
  const pipeline = singleServer(queueItems);
  const figures = { items: queueItems, millraceMs: [], simJsMs: [], bareMs: [] } as {
    items: number;
    millraceMs: number[];
    simJsMs: number[];
    bareMs: number[];
  };
  for (let round = -warmUps; round < rounds; round++) {
    const contenders = [
      () => figures.millraceMs.push(timed(() => millrace(pipeline))),
      () => figures.simJsMs.push(timed(() => simJs(lib, queueItems, round + warmUps + 1))),
      () => figures.bareMs.push(timed(() => bareHeapLoop(queueItems, round + warmUps + 1))),
    ];
    // Another one goes first every round.
    for (let at = 0; at < contenders.length; at++) {
      contenders[(at + round + warmUps) % contenders.length]!();
    }
    if (round < 0)
      for (const list of [figures.millraceMs, figures.simJsMs, figures.bareMs]) list.length = 0;
  }
  return figures;
}

function prediction(items: number): SimulationFigures['predictions'][number] {
  const pipeline = sixStages(items);
  let tasks = 0;
  const ms: number[] = [];
  for (let round = -warmUps; round < rounds; round++) {
    const took = timed(() => (tasks = millrace(pipeline).tasks.count));
    if (round >= 0) ms.push(took);
  }
  return { items, tasks, ms };
}

function growth(items: number): SimulationFigures['growth'][number] {
  const pipeline = singleServer(items);
  const repeats = Math.max(1, Math.round(100_000 / items));
  const nsPerEvent: number[] = [];
  for (let round = 0; round < Math.max(3, Math.min(rounds, 5)); round++) {
    const ms = timed(() => {
      for (let i = 0; i < repeats; i++) millrace(pipeline);
    });
    nsPerEvent.push((ms * 1e6) / (repeats * items * 2));
  }
  return { items, nsPerEvent };
}

function memory(what: string, run: () => Trace): SimulationFigures['memory'][number] {
  const collect = (globalThis as { gc?: () => void }).gc;
  const resident = (): number => {
    // The second waits until the buffers that the first has found are given back.
    collect?.();
    collect?.();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  // What any page has done before: a first run leaves compiled code and a small machine behind.
  millrace(sixStages(200));
  const before = resident();
  const trace = run();
  const after = resident();
  const traceBytes = traceBuffers(trace).reduce((sum, { byteLength }) => sum + byteLength, 0);
  return { what, tasks: trace.tasks.count, traceBytes, residentBytes: after - before };
}

const groups: { [G in keyof SimulationFigures]: () => unknown } = {
  queue,
  predictions: () => [prediction(200), prediction(10_000)],
  growth: () => [1_000, 10_000, 100_000, 1_000_000].map(growth),
  memory: () => [
    memory('one stage, a million items', () => millrace(singleServer(1_000_000))),
    memory('six stages, 170,000 items', () => millrace(sixStages(170_000))),
  ],
};
console.log(JSON.stringify(await groups[group]()));
