/** How long a run takes to begin, and what it costs beside its makespan: until the clock starts, and after it has stopped. */
import { makeBareRunner } from '../bare-runner.ts';
import { parseDocument } from '../../../src/pipeline/parse.ts';

export interface Start {
  /** From asking for the run until its first task begins. */
  toFirstTaskMs: number;
  /** Of the whole run, all but its makespan. */
  besideMs: number;
}

export interface StartPage {
  /** One run of ten short tasks on two workers; in the sandbox of the one before or not. */
  run(isSeries: boolean): Promise<Start>;
}

const runner = makeBareRunner();

const series = {};

/** The clock of all threads is the same; each item tells what it says. */
const tellsTime = 'export default () => performance.timeOrigin + performance.now();';

async function run(isSeries: boolean): Promise<Start> {
  const { pipeline } = parseDocument({
    format: 'millrace/1',
    source: { kind: 'count', count: 10 },
    stages: [{ id: 'step', work: { kind: 'code', source: tellsTime } }],
    machine: { workers: 2 },
  });
  const startMs = performance.now();
  const whose = { cacheNamespace: 'bench', ...(isSeries ? { series } : {}) };
  const request = { pipeline: pipeline!, cache: 'off', ...whose } as const;
  const { error, trace, results } = await runner.run(request).done;
  if (error) throw new Error(error.message);
  const told = results.map(({ value }) => (value as number) - performance.timeOrigin);
  return {
    toFirstTaskMs: Math.min(...told) - startMs,
    besideMs: performance.now() - startMs - trace.meta.makespan,
  };
}

(globalThis as unknown as { startBench: StartPage }).startBench = { run };
