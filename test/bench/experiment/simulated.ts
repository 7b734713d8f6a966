import { emptyReport } from '../../../src/engine/empty-report.ts';
import type { RunReport, Runner } from '../../../src/engine/runner.ts';
import { startExperiment, type ExperimentState } from '../../../src/explore/experiment.ts';
import { withDefaults } from '../../../src/pipeline/defaults.ts';
import { emptyTrace } from '../../../src/trace/empty-trace.ts';
import { DriftingMachine, type NoiseLevel } from './noise.ts';

export interface SimulatedExperiment {
  level: NoiseLevel;
  seed: number;
  /** How long a run of the reference takes without noise, ms. */
  baseMs: number;
  /** Reference time ÷ time of each other contender; 1: the same. */
  ratios: readonly number[];
  budgetMs: number;
}

/** An experiment as the page conducts it, on a machine of which only the times are simulated. */
export async function simulateExperiment(of: SimulatedExperiment): Promise<ExperimentState> {
  const machine = new DriftingMachine(of.level, of.seed);
  const contenders = [1, ...of.ratios].map((ratio, index) => ({
    name: `contender ${index}`,
    request: { pipeline: pipelineOf(index), cache: 'off', cacheNamespace: '' } as const,
    baseMs: of.baseMs / ratio,
  }));
  const runner: Runner = {
    run({ pipeline }) {
      const { baseMs } = contenders[pipeline.seed]!;
      const done = Promise.resolve(reportOf(machine.run(baseMs)));
      return { done, stop() {}, pause() {}, resume() {} };
    },
  };
  const { seed, budgetMs } = of;
  return startExperiment({ runner, contenders, seed, budgetMs, now: () => machine.nowMs }).done;
}

/** Tells contenders apart by their seed. */
const pipelineOf = (seed: number) =>
  withDefaults({
    ...{ format: 'millrace/1', seed, source: { kind: 'count', count: 1 } },
    stages: [{ id: 'a', work: { kind: 'synthetic', phases: [{ cpu: 1 }] } }],
  });

function reportOf(makespan: number): RunReport {
  const trace = emptyTrace('simulated');
  trace.meta = { ...trace.meta, makespan, ended: 'done' };
  return { ...emptyReport(trace), resultsDigest: 'same' };
}

/** Did any look, or only the last, say that one of the contenders differs? */
export const alarms = ({ comparisons }: ExperimentState): { any: boolean; last: boolean } => ({
  any: comparisons.some(({ looks }) =>
    looks.some(({ verdict }) => verdict !== 'no difference seen'),
  ),
  last: comparisons.some(({ looks }) => looks.at(-1)?.verdict !== 'no difference seen'),
});
