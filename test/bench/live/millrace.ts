import { PipelineCompiler } from '../../../src/live/compile/compiler.ts';
import { LiveRunner } from '../../../src/live/live-runner.ts';
import { parseDocument } from '../../../src/pipeline/parse.ts';
import type { Pipeline } from '../../../src/pipeline/types.ts';
import { compileWorker } from '../../../workers/compile-client.ts';
import { workers, type Contender, type Job, type JobResult } from './job.ts';
import { stageSource } from './work.ts';

const runner = new LiveRunner({
  compiler: new PipelineCompiler(compileWorker, {}),
  corpus: () => Promise.reject(new Error('The bench has no corpus.')),
  openCache: () => Promise.reject(new Error('The bench has no cache.')),
  openCounters: () => Promise.reject(new Error('The bench has no counters.')),
  killSilentAfterMs: null,
});

/** The live machine as the page has it: sandbox, coordinator, stage workers, the whole trace kept. */
export const makeMillrace = (): Contender => ({ name: 'millrace', kind: 'millrace', run });

async function run(job: Job): Promise<JobResult> {
  const pipeline = pipelineOf(job);
  const startMs = performance.now();
  const report = await runner.run({ pipeline, cache: 'off', cacheNamespace: 'bench' }).done;
  const wholeMs = performance.now() - startMs;
  if (report.error) throw new Error(report.error.message);
  const { meta, tasks } = report.trace;
  const rows = job.items * job.stages.length;
  if (meta.items.delivered !== job.items || tasks.count !== rows) {
    throw new Error(
      `${meta.items.delivered} of ${job.items} items were delivered, in ${tasks.count} of ${rows} tasks.`,
    );
  }
  // Its clock starts when the first item may come, with all workers ready, and stops with the last result.
  return { ms: meta.makespan, wholeMs };
}

function pipelineOf({ items, stages }: Job): Pipeline {
  const { pipeline, problems } = parseDocument({
    format: 'millrace/1',
    source: { kind: 'count', count: items },
    stages: stages.map((turns, at) => ({
      id: `stage-${at}`,
      ...(at === 0 ? {} : { after: [`stage-${at - 1}`] }),
      work: { kind: 'code', source: stageSource(turns) },
    })),
    machine: { workers },
  });
  if (!pipeline) throw new Error(problems[0]?.message ?? 'The document is not valid.');
  return pipeline;
}
