import { describe, expect, test } from 'vitest';
import { idealOverheads, type Overheads } from '../../src/engine/runner.ts';
import { fitBaseline, simulateFit } from './prediction/fit-baseline.ts';
import { sequentialPipeline } from '../../src/explore/sequential.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import type { Model, Pipeline } from '../../src/pipeline/types.ts';
import { simulate } from '../../src/simulate/simulate.ts';

const calibrated: Overheads = { ...idealOverheads, messageMs: 0.02, turnMs: 0.01, dispatchMs: 0.1 };
/** What is to be found out: messages are slower than calibration saw, and waits end later. */
const real: Overheads = { ...calibrated, messageMs: 0.2, wakeMs: 0.15 };

const synthetic = (cpu: number): Pipeline =>
  parseDocument({
    format: 'millrace/1',
    source: { kind: 'count', count: 40 },
    stages: [
      { id: 'a', work: { kind: 'synthetic', phases: [{ cpu }] } },
      {
        id: 'b',
        after: ['a'],
        permits: 1,
        timeout: 1000,
        work: { kind: 'synthetic', phases: [{ wait: 2 }] },
      },
    ],
    machine: { workers: 2 },
  }).pipeline!;
const run = (pipeline: Pipeline, overheads = real) =>
  simulate(pipeline, { cores: 2, overheads }).trace;

describe('what one sequential run shows', () => {
  test('how much CPU is really burnt, and what a task costs beside it', () => {
    // Declared as 1 ms, and 1.1 ms here.
    const measured = run(sequentialPipeline(synthetic(1.1)));
    const pipeline = sequentialPipeline(synthetic(1));
    const fit = fitBaseline({ pipeline, trace: measured, models: {} }, calibrated);
    expect(fit.stages['a']).toMatchObject({ cpuScale: expect.closeTo(1.1, 6) });
    expect(fit.overheads.messageMs).toBeCloseTo(0.2, 2);
    expect(fit.overheads.wakeMs).toBeCloseTo(0.15, 6);
    expect(fit.overheads).toMatchObject({ dispatchMs: 0.1, turnMs: 0.01 });
    // And so a setting that nothing was fitted to.
    const predictedMs = simulateFit(synthetic(1), fit).meta.makespan;
    expect(predictedMs / run(synthetic(1.1)).meta.makespan).toBeCloseTo(1, 2);
  });

  test('a coordinator that is quicker than calibration saw', () => {
    const pipeline = sequentialPipeline(synthetic(1));
    const trace = run(pipeline, { ...calibrated, dispatchMs: 0.04 });
    const fit = fitBaseline({ pipeline, trace, models: {} }, calibrated);
    expect(fit.overheads.dispatchMs).toBeCloseTo(0.04, 2);
    expect(fit.overheads.messageMs).toBe(calibrated.messageMs);
  });

  test('of code that puts out much: what a byte costs', () => {
    const model: Model = { phases: [{ cpu: 1, per: 'item' }], output: 10_000 };
    const code = (own: Model | null): Pipeline => {
      const { stages, ...rest } = synthetic(1);
      const work = { kind: 'code' as const, source: '', model: own };
      return { ...rest, stages: stages.map((stage) => ({ ...stage, work })) };
    };
    const truth = { ...calibrated, perByteMs: 2e-5 };
    const measured = run(sequentialPipeline(code(model)), truth);
    const pipeline = sequentialPipeline(code(null));
    const fit = fitBaseline(
      { pipeline, trace: measured, models: { a: model, b: model } },
      calibrated,
    );
    expect(fit.overheads.dispatchMs).toBe(calibrated.dispatchMs);
    const predictedMs = simulateFit(code(null), fit).meta.makespan;
    expect(predictedMs / run(code(model), truth).meta.makespan).toBeCloseTo(1, 1);
  });
});
