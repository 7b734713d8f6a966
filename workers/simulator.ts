/** Simulates on a thread of its own, so that a prediction never stops the page. */
import { expose, transfer } from 'comlink';
import type { Pipeline } from '../src/pipeline/types.ts';
import { idealDigest, simulate, type SimulateOptions } from '../src/simulate/simulate.ts';
import { traceBuffers } from '../src/trace/builder.ts';
import type { RunError } from '../src/engine/runner.ts';
import type { Trace } from '../src/trace/types.ts';

export interface SimulatorReply {
  trace: Trace;
  error: RunError | null;
  tookMs: number;
}

const simulator = {
  simulate(pipeline: Pipeline, options: SimulateOptions): SimulatorReply {
    const startMs = performance.now();
    const { trace, error } = simulate(pipeline, options);
    const tookMs = performance.now() - startMs;
    return transfer({ trace, error, tookMs }, traceBuffers(trace));
  },
  digest: (pipeline: Pipeline, options: SimulateOptions): string | null =>
    idealDigest(pipeline, options),
};

export type SimulatorApi = typeof simulator;
expose(simulator);
