import type { Pipeline } from '../pipeline/types.ts';
import type { Trace } from '../trace/types.ts';
import { stageGraph } from './stage-order.ts';

/** Amdahl's law (1967): 1 ÷ (s + (1 − s) ÷ n) for a serial share s on n workers. */
export function amdahlSpeedup(serialShare: number, workers: number): number {
  return 1 / (serialShare + (1 - serialShare) / workers);
}

/** The serial share that a speedup on n > 1 workers implies (Karp and Flatt 1990). */
export function karpFlatt(speedup: number, workers: number): number {
  return (1 / speedup - 1 / workers) / (1 - 1 / workers);
}

export interface SerialShare {
  /** ms of work that nothing else can run beside. */
  serialMs: number;
  totalMs: number;
  /** serialMs ÷ totalMs, 0 … 1. */
  share: number;
}

/**
 * The serial share of a run, taken from one that ran sequentially (else elapsed times include waiting
 * for each other): the tasks of `all` and `fold` stages through which everything must pass, for they can
 * begin (`all`) only after everything before them, and steps of a `fold` cannot overlap.
 * A fold does overlap with what comes before it, so only what exceeds that counts: its work beyond
 * what all stages before it took.
 */
export function serialShare(trace: Trace, pipeline: Pipeline): SerialShare {
  const { tasks } = trace;
  const stageMs = new Float64Array(pipeline.stages.length);
  let totalMs = 0;
  for (let row = 0; row < tasks.count; row++) {
    if (tasks.worker[row]! < 0) continue;
    const ms = tasks.end[row]! - tasks.start[row]!;
    stageMs[tasks.stage[row]!]! += ms;
    totalMs += ms;
  }
  const { order, parents } = stageGraph(pipeline);
  let serialMs = 0;
  for (const stage of order) {
    const { join } = pipeline.stages[stage]!;
    if (join === 'all' && isBottleneck(stage, parents)) serialMs += stageMs[stage]!;
    if (join === 'fold' && isBottleneck(stage, parents)) {
      let beforeMs = 0;
      for (const above of ancestors(stage, parents)) beforeMs += stageMs[above]!;
      serialMs += Math.max(0, stageMs[stage]! - beforeMs);
    }
  }
  return { serialMs, totalMs, share: totalMs > 0 ? serialMs / totalMs : 0 };
}

/** Every other stage is before or after it: nothing can run beside it. */
function isBottleneck(stage: number, parents: number[][]): boolean {
  const before = ancestors(stage, parents);
  return parents.every(
    (_, other) => other === stage || before.has(other) || ancestors(other, parents).has(stage),
  );
}

function ancestors(stage: number, parents: number[][]): Set<number> {
  const found = new Set<number>();
  const left = [...parents[stage]!];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    left.push(...parents[next]!);
  }
  return found;
}
