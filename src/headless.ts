/** The live machine for a terminal: the same page, opened without its interface. */
import type {
  HeadlessRequest,
  HeadlessRun,
  HeadlessTerminal,
  MillraceHeadless,
} from './cli/headless-contract.ts';
import type { Progress, RunReport, Runner } from './engine/runner.ts';
import { calibrate } from './live/calibrate.ts';
import { cacheNotices } from './measure/cache-notices.ts';
import { serialShare } from './measure/amdahl.ts';
import { Standstill } from './measure/standstill.ts';
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

/** Tells the terminal once of each time that nothing comes to its end. */
function tellStandstill({ stages }: Pipeline): (progress: Progress) => void {
  const { millraceSay } = globalThis as HeadlessTerminal;
  const standstill = new Standstill(stages.map(({ name }) => name));
  let isTold = false;
  return ({ trace, running }) => {
    const pulse = { tasksDone: trace.tasks.count, running };
    const said = standstill.at(performance.now(), pulse);
    if (said !== null && !isTold)
      millraceSay?.(`${said.charAt(0).toUpperCase()}${said.slice(1)} (Ctrl+C stops the run).`);
    isTold = said !== null;
  };
}

async function runOnce(
  live: Runner,
  pipeline: Pipeline,
  request: HeadlessRequest,
): Promise<HeadlessRun> {
  const { cache = 'on' } = request;
  const report: RunReport = await live.run({
    pipeline,
    cache,
    cacheNamespace: 'terminal',
    keepResults: false,
    onProgress: tellStandstill(pipeline),
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
    notices: [...notices, ...cacheNotices(trace, pipeline, cache)],
    counters: report.counters ?? [],
    error,
    environment,
    serialShare: error ? 0 : serialShare(trace, pipeline).share,
  };
}
