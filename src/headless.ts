/** The live machine for a terminal: the same page, opened without its interface. */
import type {
  HeadlessCompared,
  HeadlessComparison,
  HeadlessLedger,
  HeadlessMeasured,
  HeadlessRequest,
  HeadlessRun,
  HeadlessTerminal,
  MillraceHeadless,
} from './cli/headless-contract.ts';
import type { Progress, RunEnvironment, RunReport, Runner } from './engine/runner.ts';
import { startExperiment } from './explore/experiment.ts';
import type { LedgerResult } from './explore/ledger/outcome.ts';
import { calibrate } from './live/calibrate.ts';
import { cacheNotices } from './measure/cache-notices.ts';
import { serialShare } from './measure/amdahl.ts';
import { Standstill } from './measure/standstill.ts';
import { summarize } from './measure/summary.ts';
import { parseDocument } from './pipeline/parse.ts';
import { idealDigest } from './simulate/simulate.ts';
import type { Pipeline } from './pipeline/types.ts';

/** @param clear lets go of what runs of a namespace have cached and counted */
export function makeHeadless(
  live: Runner,
  clear: (namespace: string) => Promise<void>,
): MillraceHeadless {
  return {
    async run(request) {
      const pipeline = parsed(request.document);
      const runs: HeadlessRun[] = [];
      for (let i = 0; i < request.repeat; i++) {
        const run = await runOnce(live, pipeline, request);
        runs.push(run);
        if (run.error) break;
      }
      return runs;
    },
    compare: (request) => compare(live, request),
    ledger: (request) => ledger(live, clear, request),
    calibrate,
  };
}

function parsed(document: string): Pipeline {
  const { pipeline, problems } = parseDocument(document);
  if (!pipeline) throw new Error(problems[0]?.message ?? 'The document is not valid.');
  return pipeline;
}

/** Interleaved, the cache off for all: an answer from the cache is no measurement. */
async function compare(live: Runner, request: HeadlessComparison): Promise<HeadlessCompared> {
  const { contenders, seed, budgetMs } = request;
  const measured = contenders.map((): HeadlessMeasured => ({ results: null }));
  const seen = contenders.map(() => new Set<string | null>());
  let environment: RunEnvironment | null = null;
  const state = await startExperiment({
    runner: live,
    contenders: contenders.map(({ name, document }) => {
      const pipeline = parsed(document);
      const onProgress = tellStandstill(pipeline);
      return {
        name,
        request: { pipeline, cache: 'off', cacheNamespace: 'terminal', onProgress },
      };
    }),
    seed,
    budgetMs,
    now: () => performance.now(),
    onReport(contender, _round, report) {
      seen[contender]!.add(report.resultsDigest);
      const hidden = environment?.hidden || report.environment?.hidden;
      if (report.environment) environment = { ...report.environment, hidden: hidden === true };
    },
  }).done;
  seen.forEach((digests, contender) => {
    if (digests.size === 1) measured[contender]!.results = [...digests][0]!;
  });
  return { state, measured, environment };
}

/** Tells the terminal of each claim as it comes to its end. */
async function ledger(
  live: Runner,
  clear: (namespace: string) => Promise<void>,
  { claims: ids }: HeadlessLedger,
): Promise<Omit<LedgerResult, 'measuredAt'>> {
  const [{ startLedger }, { claims: all }] = await Promise.all([
    import('./explore/ledger/ledger.ts'),
    import('./scenarios/claims/index.ts'),
  ]);
  const { overheads } = await calibrate();
  const { millraceSay } = globalThis as HeadlessTerminal;
  const claims = ids === undefined ? all : all.filter(({ id }) => ids.includes(id));
  const cacheNamespace = 'ledger in a terminal';
  let told = 0;
  const { outcomes, environment } = await startLedger({
    ...{ claims, runner: live, overheads, seed: 1, cacheNamespace },
    now: () => performance.now(),
    cores: navigator.hardwareConcurrency || 2,
    clear: () => clear(cacheNamespace),
    onOutcome: ({ id, verdict }) =>
      millraceSay?.(`${id}: ${verdict ?? 'no verdict'} (${++told} of ${claims.length})`),
  }).done;
  return { outcomes, environment };
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
