/** The page of the prediction bench: the live machine, its calibration, and fits of sequential runs. */
import { CounterNotes } from '../../../src/cache/store/counter-notes.ts';
import type { Calibration, Overheads, RunReport } from '../../../src/engine/runner.ts';
import { sequentialPipeline } from '../../../src/explore/sequential.ts';
import { calibrate } from '../../../src/live/calibrate.ts';
import { PipelineCompiler } from '../../../src/live/compile/compiler.ts';
import { LiveRunner } from '../../../src/live/live-runner.ts';
import { parseDocument } from '../../../src/pipeline/parse.ts';
import type { Pipeline, PipelineDocument } from '../../../src/pipeline/types.ts';
import { loadCorpus } from '../../../src/scenarios/corpora.ts';
import { shippedModules } from '../../../src/scenarios/shipped-modules.ts';
import { CacheClient } from '../../../workers/cache-client.ts';
import { compileWorker } from '../../../workers/compile-client.ts';
import { stageFigures, type LiveFigures } from './figures.ts';
import { fitBaseline, type BaselineFit, type BaselineRun } from './fit-baseline.ts';

export interface PredictionBenchPage {
  calibrate(): Promise<Calibration>;
  /** The sequential baseline; the page keeps it for `fit`. */
  runSequential(document: PipelineDocument): Promise<LiveFigures>;
  /** What that one of the kept baselines shows. */
  fit(baseline: number, overheads: Overheads): Promise<BaselineFit>;
  /** Forgets the kept baselines. */
  forget(): Promise<void>;
  run(document: PipelineDocument): Promise<LiveFigures>;
}

const baselines: BaselineRun[] = [];
const cache = new CacheClient();
const runner = new LiveRunner({
  compiler: new PipelineCompiler(compileWorker, shippedModules),
  corpus: loadCorpus,
  openCache: (namespace, settings) => cache.open(namespace, settings),
  openCounters: (namespace) => cache.openCounters(namespace),
  noteCounters: (namespace) => new CounterNotes().ofRun(namespace),
  killSilentAfterMs: 60_000,
});

async function live(pipeline: Pipeline): Promise<RunReport> {
  const request = { pipeline, cache: 'off' as const, cacheNamespace: 'bench', keepResults: false };
  const report = await runner.run(request).done;
  if (report.error) throw new Error(report.error.message);
  return report;
}

function pipelineOf(document: PipelineDocument): Pipeline {
  const { pipeline, problems } = parseDocument(document);
  if (!pipeline) throw new Error(problems[0]!.message);
  return pipeline;
}

const figures = ({ trace }: RunReport): LiveFigures => ({
  makespanMs: trace.meta.makespan,
  stages: stageFigures(trace),
});

const page: PredictionBenchPage = {
  calibrate,
  async runSequential(document) {
    const pipeline = sequentialPipeline(pipelineOf(document));
    const report = await live(pipeline);
    baselines.push({ pipeline, trace: report.trace, models: report.models });
    return figures(report);
  },
  async fit(baseline, overheads) {
    return fitBaseline(baselines[baseline]!, overheads);
  },
  async forget() {
    baselines.length = 0;
  },
  run: async (document) => figures(await live(pipelineOf(document))),
};
(globalThis as unknown as { predictionBench: PredictionBenchPage }).predictionBench = page;
