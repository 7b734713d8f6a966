/** The page of the what-if bench: runs documents on the live machine, and replays what it measured. */
import type { RunReport, RunRequest } from '../../../src/engine/runner.ts';
import { cutSet } from '../../../src/explore/cut-work.ts';
import { delayedRequest, slowdownOf } from '../../../src/explore/delayed-run.ts';
import { evaluateTrials } from '../../../src/explore/evaluate-trials.ts';
import { replayDocument } from '../../../src/explore/replay-document.ts';
import { makeBareRunner } from '../bare-runner.ts';
import { parseDocument } from '../../../src/pipeline/parse.ts';
import type { Pipeline } from '../../../src/pipeline/types.ts';

/** Of one run of the document as it is, with what its replay says. */
export interface Replayed {
  makespanMs: number;
  /** Replayed with nothing changed. */
  replayMs: number;
  /** Replayed with the change. */
  changedMs: number;
}

/** A share of a stage's work taken away, or settings (pointer → value). */
export type ReplayChange =
  { stage: string; cut: number } | { set: Readonly<Record<string, unknown>> };

export interface WhatIfBenchPage {
  /** Runs a document (as JSON) and gives its makespan, ms. */
  run(document: string): Promise<number>;
  replayed(document: string, change: ReplayChange): Promise<Replayed>;
  /** The makespan of a run with all others slowed down ÷ the slowdown, ms. */
  delayed(document: string, stage: string, cut: number): Promise<number>;
  browser: string;
}

const runner = makeBareRunner();

function requestOf(document: string): RunRequest & { pipeline: Pipeline } {
  const { pipeline, problems } = parseDocument(document);
  if (!pipeline) throw new Error(problems[0]?.message ?? 'The document is not valid.');
  return { pipeline, cache: 'off', cacheNamespace: 'bench', keepResults: false };
}

async function report(request: RunRequest): Promise<RunReport> {
  const done = await runner.run(request).done;
  if (done.error) throw new Error(done.error.message);
  return done;
}

const page: WhatIfBenchPage = {
  browser: navigator.userAgent,
  async run(document) {
    return (await report(requestOf(document))).trace.meta.makespan;
  },
  async replayed(document, change) {
    const request = requestOf(document);
    const { trace, models } = await report(request);
    const replay = replayDocument(trace, request.pipeline, models);
    if (!replay.ok) throw new Error(replay.error);
    const { document: replayed, overheads, cores, uncut } = replay.value;
    const set =
      'set' in change
        ? change.set
        : cutSet(replayed, change.stage, change.cut, uncut[change.stage]);
    const [base, changed] = evaluateTrials({
      ...{ document: replayed, overheads, cores },
      sets: [{}, set ?? {}],
    });
    const problem = base!.problem ?? changed!.problem;
    if (problem !== null) throw new Error(problem);
    const makespanMs = trace.meta.makespan;
    return { makespanMs, replayMs: base!.makespanMs, changedMs: changed!.makespanMs };
  },
  async delayed(document, stage, cut) {
    const request = delayedRequest(requestOf(document), stage, cut);
    // Of a stage that is alone there is nothing to slow down.
    if (!request.ok) return NaN;
    return (await report(request.value)).trace.meta.makespan / slowdownOf(cut);
  },
};
(globalThis as unknown as { whatIfBench: WhatIfBenchPage }).whatIfBench = page;
