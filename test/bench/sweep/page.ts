/** The page of the sweep bench: the product's own pool of threads, on documents of six stages. */
import { idealOverheads } from '../../../src/engine/runner.ts';
import { cellCount, sweepAxes, sweepSets } from '../../../src/explore/sweep.ts';
import type { TrialRequest } from '../../../src/explore/trials.ts';
import type { PipelineDocument, StageDocument } from '../../../src/pipeline/types.ts';
import { TrialThreads } from '../../../workers/trials-client.ts';

export interface SweepTimed {
  cells: number;
  tasks: number;
  /** From the press to the last cell. */
  ms: number;
  /** From the press to the first cells that could be shown. */
  firstMs: number;
}
export interface SweepBenchPage {
  cores: number;
  names: string[];
  /** @param fresh new threads, which are started and warmed up within the time. */
  simulate(name: string, threads: number, part: number, fresh: boolean): Promise<SweepTimed>;
  /** From the stop of a sweep that would take long until its threads have simulated something else. */
  stopMs(threads: number): Promise<{ answeredMs: number; usableMs: number }>;
}

const items = 500;
const stages = 6;
const values = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);

function document(with_: (at: number) => Partial<StageDocument>, count = items): PipelineDocument {
  return {
    format: 'millrace/1',
    source: { kind: 'count', count, bytes: 2000 },
    stages: Array.from({ length: stages }, (_, at) => ({
      id: `stage-${at}`,
      ...(at > 0 && { after: [`stage-${at - 1}`] }),
      permits: 2,
      work: { kind: 'synthetic', phases: [{ cpu: { exponential: 2 } }] },
      ...with_(at),
    })),
    machine: { cores: 4 },
  };
}

const sweeps: Record<string, PipelineDocument> = {
  // The one with an aim: 40 × 25 = 1,000 cells.
  'permits × workers': {
    ...document(() => ({})),
    sweep: { '/stages/stage-2/permits': values(40), '/machine/workers': values(25) },
  },
  'buffers × permits, with sizes': {
    ...document((at) => ({
      buffer: { capacity: 4 },
      work: {
        kind: 'synthetic',
        phases: [{ wait: { exponential: 4 } }, { cpu: { lognormal: { mean: 2, cv: 1 } } }],
        output: 1000 * (at + 1),
      },
    })),
    sweep: { '/stages/stage-3/buffer/capacity': values(40), '/stages/stage-3/permits': values(25) },
  },
  'batches × workers': {
    ...document((at) =>
      at % 2 === 0
        ? {}
        : {
            batch: { size: 8, linger: 5 },
            work: { kind: 'synthetic', phases: [{ cpu: 3 }, { cpu: 0.5, per: 'item' }] },
          },
    ),
    sweep: { '/stages/stage-1/batch/size': values(41).slice(1), '/machine/workers': values(25) },
  },
};

const pools = new Map<number, TrialThreads>();
const poolOf = (threads: number): TrialThreads => {
  let pool = pools.get(threads);
  if (!pool) pools.set(threads, (pool = new TrialThreads(threads)));
  return pool;
};
const { hardwareConcurrency: cores } = navigator;

function requestOf(name: string, part: number): TrialRequest {
  const { sweep: _, ...swept } = sweeps[name]!;
  const sets = sweepSets(sweepAxes(sweeps[name]!));
  const cells = Math.max(1, Math.round(cellCount(sweepAxes(sweeps[name]!)) * part));
  return { document: swept, sets: sets.slice(0, cells), cores, overheads: idealOverheads };
}

const bench: SweepBenchPage = {
  cores,
  names: Object.keys(sweeps),
  async simulate(name, threads, part, fresh) {
    const request = requestOf(name, part);
    const pool = fresh ? new TrialThreads(threads) : poolOf(threads);
    const startMs = performance.now();
    let firstMs = 0;
    const outcomes = await pool.run(request, () => {
      if (firstMs === 0) firstMs = performance.now() - startMs;
    }).done;
    const ms = performance.now() - startMs;
    if (fresh) pool.end();
    const problem = outcomes!.find((outcome) => outcome.problem !== null)?.problem;
    if (problem) throw new Error(problem);
    return { cells: outcomes!.length, tasks: outcomes!.length * items * stages, ms, firstMs };
  },
  async stopMs(threads) {
    const pool = poolOf(threads);
    const long = requestOf('permits × workers', 1);
    const run = pool.run({ ...long, document: { ...document(() => ({}), 200_000) } });
    // Deep in its first cells.
    await new Promise((resolve) => setTimeout(resolve, 400));
    const startMs = performance.now();
    run.stop();
    await run.done;
    const answeredMs = performance.now() - startMs;
    await pool.run(requestOf('permits × workers', 0.002)).done;
    return { answeredMs, usableMs: performance.now() - startMs };
  },
};
Object.assign(globalThis, { bench });
