/** What a run costs beside its makespan: until the clock starts, and after it has stopped. */
import { makeBareRunner } from '../bare-runner.ts';
import { parseDocument } from '../../../src/pipeline/parse.ts';

export interface StartPage {
  /** ms beside the makespan of one run of ten short tasks on two workers; in the sandbox of the one before or not. */
  run(isSeries: boolean): Promise<number>;
}

const runner = makeBareRunner();

const series = {};

async function run(isSeries: boolean): Promise<number> {
  const { pipeline } = parseDocument({
    format: 'millrace/1',
    source: { kind: 'count', count: 10 },
    stages: [{ id: 'step', work: { kind: 'code', source: 'export default (item) => item;' } }],
    machine: { workers: 2 },
  });
  const startMs = performance.now();
  const whose = { cacheNamespace: 'bench', ...(isSeries ? { series } : {}) };
  const request = { pipeline: pipeline!, cache: 'off', ...whose } as const;
  const { error, trace } = await runner.run(request).done;
  if (error) throw new Error(error.message);
  return performance.now() - startMs - trace.meta.makespan;
}

(globalThis as unknown as { startBench: StartPage }).startBench = { run };
