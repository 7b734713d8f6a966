/** The live machine for a terminal: the same page, opened without its interface. */
import type { HeadlessRequest, HeadlessRun, MillraceHeadless } from './cli/headless-contract.ts';
import type { RunReport, Runner } from './engine/runner.ts';
import { calibrate } from './live/calibrate.ts';
import { serialShare } from './measure/amdahl.ts';
import { summarize } from './measure/summary.ts';
import { parseDocument } from './pipeline/parse.ts';
import { idealDigest } from './simulate/simulate.ts';
import type { Pipeline } from './pipeline/types.ts';

export function makeHeadless(live: Runner): MillraceHeadless {
  return {
    async run(request) {
      const { pipeline, problems } = parseDocument(request.document);
      if (!pipeline) throw new Error(problems[0]?.message ?? 'The document is not valid.');
      const runs: HeadlessRun[] = [];
      for (let i = 0; i < request.repeat; i++) {
        const run = await runOnce(live, pipeline, request);
        runs.push(run);
        if (run.error) break;
      }
      return runs;
    },
    async calibrate() {
      const { twoWorkerRatio, ...overheads } = await calibrate();
      return { overheads, twoWorkerRatio };
    },
  };
}

async function runOnce(
  live: Runner,
  pipeline: Pipeline,
  request: HeadlessRequest,
): Promise<HeadlessRun> {
  const report: RunReport = await live.run({
    pipeline,
    cache: request.cache ?? 'on',
    cacheNamespace: 'terminal',
    keepResults: false,
  }).done;
  const { trace, failures, failuresOmitted, notices, error, environment } = report;
  return {
    summary: summarize(trace, pipeline, {
      // Null for code that has no model yet: only what can be predicted has a schedule to agree on.
      schedule: idealDigest(pipeline, { cores: navigator.hardwareConcurrency || 2 }),
      results: report.resultsDigest,
    }),
    failures,
    failuresOmitted,
    notices,
    error,
    environment,
    serialShare: error ? 0 : serialShare(trace, pipeline).share,
  };
}
