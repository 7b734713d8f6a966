import { makeBareRunner } from '../bare-runner.ts';
import type { RunRequest } from '../../../src/engine/runner.ts';
import { withDefaults } from '../../../src/pipeline/defaults.ts';
import { parseDocument } from '../../../src/pipeline/parse.ts';
import type { Pipeline } from '../../../src/pipeline/types.ts';
import { workers, type Contender, type Job, type JobResult } from './job.ts';
import { checkDigest, payloadsOf, stageId } from './sheet.ts';
import { tricks, withAll, withOnlooker } from './tricks.ts';
import { stageSource } from './work.ts';

/** As long as the other contenders' rounds take. */
const runner = makeBareRunner({ keepSandboxMs: 120_000 });
/**
 * A job's runs are one experiment: where they are small (see `RunSession`; `no-op` and payloads are not) they share a
 * sandbox, as everybody's workers were started before; its stage workers are new in every run.
 */
const seriesOf = new Map<string, object>();

/** The live machine as the page has it in an experiment: sandbox, coordinator, stage workers, the whole trace kept. */
export const makeMillrace = (): Contender => ({
  name: 'millrace',
  kind: 'millrace',
  run: (job) => {
    const key = JSON.stringify(job);
    const series = seriesOf.get(key) ?? {};
    seriesOf.set(key, series);
    return run(job, { series });
  },
});

/** Each run in a sandbox of its own. */
export const makeTrickContenders = (): Contender[] => [
  { name: withAll, kind: 'trick', run: (job) => run(job, {}) },
  { name: withOnlooker, kind: 'trick', run: (job) => run(job, { onProgress: () => {} }) },
  ...tricks.map(({ trick }): Contender => ({
    ...{ name: trick, kind: 'trick' },
    run: (job) => run(job, { without: [trick] }),
  })),
];

async function run(
  job: Job,
  more: Pick<RunRequest, 'series' | 'without' | 'onProgress'>,
): Promise<JobResult> {
  const pipeline = pipelineOf(job);
  const startMs = performance.now();
  const request: RunRequest = {
    ...{ pipeline, cache: 'off', cacheNamespace: 'bench', keepResults: false },
    ...more,
  };
  const report = await runner.run(request).done;
  const wholeMs = performance.now() - startMs;
  if (report.error) throw new Error(report.error.message);
  const { meta, tasks } = report.trace;
  const rows = job.items * job.after.length;
  if (meta.items.delivered !== job.items || tasks.count !== rows) {
    throw new Error(
      `${meta.items.delivered} of ${job.items} items were delivered, in ${tasks.count} of ${rows} tasks.`,
    );
  }
  checkDigest(job, report.resultsDigest);
  const environment = report.environment ? { environment: report.environment } : {};
  // Its clock starts when the first item may come, with all workers ready, and stops with the last result.
  return { ms: meta.makespan, wholeMs, ...environment };
}

function pipelineOf(job: Job): Pipeline {
  const { items, after, turns, turnsOfItem, waitMs, open } = job;
  const { pipeline, problems } = parseDocument({
    format: 'millrace/1',
    source: { kind: 'count', count: items },
    stages: after.map((parents, stage) => ({
      id: stageId(stage),
      after: parents.map(stageId),
      work: {
        kind: 'code',
        source: stageSource({
          ...{ number: stage, turns: turns[stage]!, turnsOfItem, waitMs },
          input: inputText(parents),
          payload: job.payload,
        }),
      },
    })),
    // One a worker is all that work needs: the live machine itself sends more ahead.
    machine: { workers, tasksPerWorker: waitMs > 0 ? open : 1 },
  });
  if (!pipeline) throw new Error(problems[0]?.message ?? 'The document is not valid.');
  const values = payloadsOf(job);
  // All are there before the clock starts, as they are for everybody else. A document's text could not hold them.
  return values ? withDefaults({ ...pipeline, source: { kind: 'values', values } }) : pipeline;
}

/** What is worked on, as an expression of what a stage is given. */
function inputText(parents: readonly number[]): string {
  if (parents.length === 0) return 'item.index';
  if (parents.length === 1) return 'item';
  return `(${parents.map((parent) => `item['${stageId(parent)}']`).join(' + ')})`;
}
