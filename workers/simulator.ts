/** Simulates on a thread of its own, so that a prediction never stops the page. */
import { expose, transfer } from 'comlink';
import type { Pipeline } from '../src/pipeline/types.ts';
import { simulate, type SimulateOptions } from '../src/simulate/simulate.ts';
import { traceBuffers } from '../src/trace/builder.ts';
import { traceDigest } from '../src/trace/digest.ts';
import type { RunError } from '../src/engine/runner.ts';
import type { Trace } from '../src/trace/types.ts';

export interface SimulatorReply {
  trace: Trace;
  digest: string;
  error: RunError | null;
  tookMs: number;
}

const simulator = {
  simulate(pipeline: Pipeline, options: SimulateOptions, wantDigest: boolean): SimulatorReply {
    const startMs = performance.now();
    const { trace, error } = simulate(pipeline, options);
    const tookMs = performance.now() - startMs;
    const digest = wantDigest && !error ? traceDigest(trace) : '';
    return transfer({ trace, digest, error, tookMs }, traceBuffers(trace));
  },
};

export type SimulatorApi = typeof simulator;
expose(simulator);
