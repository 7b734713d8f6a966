import type { Overheads } from '../../../src/engine/runner.ts';
import { coldCode } from '../../../src/explore/cold-code.ts';
import { scaledDraw } from '../../../src/explore/cut-work.ts';
import { taskTimes } from '../../../src/measure/states.ts';
import type { Model, Phase, Pipeline, Stage } from '../../../src/pipeline/types.ts';
import { simulate } from '../../../src/simulate/simulate.ts';
import type { Trace } from '../../../src/trace/types.ts';

/** What one sequential run showed of the work: enough to predict the same work under other settings. */
export interface BaselineFit {
  /** By id. Code: what its items cost. Synthetic: CPU really burnt ÷ CPU declared; 1 where none is declared. */
  stages: Record<string, { model: Model } | { cpuScale: number }>;
  /** As calibrated, with what tasks of this document cost beside their work. */
  overheads: Overheads;
  /** Items the source brought. */
  sourceItems: number;
}

export interface BaselineRun {
  /** As it was run: one worker, one open task, no cache (`sequentialPipeline`). */
  pipeline: Pipeline;
  trace: Trace;
  models: Readonly<Record<string, Model>>;
}

/**
 * Fits what calibration cannot know to one sequential run: what each stage's work costs here, how late its waits
 * end, and what a task costs beside it. The last is the one number for which the simulated sequential run
 * lasts as long as the measured one. A run that is longer than simulated spends it between two tasks: with
 * code that puts something out, on copying objects (ms a byte; calibration copies bare bytes), else on messages that
 * wait for their thread (ms a message, which many tasks can spend at once). A shorter one has a quicker
 * coordinator than calibration saw (ms a dispatch).
 */
export function fitBaseline(run: BaselineRun, calibrated: Overheads): BaselineFit {
  const sourceItems = run.trace.meta.items.emitted;
  const declared = declaredTrace(run, sourceItems);
  const stages = stageFits(run, declared);
  const overheads = { ...calibrated, wakeMs: wakeMsOf(run, declared) ?? calibrated.wakeMs };
  const measuredMs = run.trace.meta.makespan;
  const predictMs = (tried: Overheads): number =>
    simulateFit(run.pipeline, { stages, overheads: tried, sourceItems }).meta.makespan;
  const bytes = run.pipeline.stages.some(({ work }) => work.kind === 'code') ? bytesOf(run) : 0;
  const tasks = Math.max(1, run.trace.tasks.count);
  const [field, count] =
    measuredMs < predictMs(overheads)
      ? (['dispatchMs', tasks] as const)
      : bytes > 0
        ? (['perByteMs', bytes] as const)
        : (['messageMs', 2 * tasks] as const);
  const missMs = (value: number): number =>
    measuredMs - predictMs({ ...overheads, [field]: Math.max(0, value) });
  const value = zero(missMs, overheads[field], 1 / count, measuredMs * fitTolerance);
  return { stages, overheads: { ...overheads, [field]: Math.max(0, value) }, sourceItems };
}

/** Of the makespan: much less than it varies from run to run. */
const fitTolerance = 5e-4;
const stepsMax = 12;

/**
 * Where a falling function is zero, by the secant method. Its slope is less than `gain` tells where some of the cost
 * is hidden behind work.
 * @param gain how far to go for 1 ms at first
 */
function zero(miss: (x: number) => number, from: number, gain: number, tolerance: number): number {
  let x = from;
  let missed = miss(x);
  let perMs = gain;
  for (let step = 0; step < stepsMax && Math.abs(missed) > tolerance; step++) {
    const next = Math.max(0, x + missed * perMs);
    if (next === x) break;
    const nextMissed = miss(next);
    const slope = (next - x) / (missed - nextMissed);
    // Rounding, or a cost that is hidden altogether: on in the same stride.
    if (slope > 0 && Number.isFinite(slope)) perMs = Math.min(slope, gain * 10);
    [x, missed] = [next, nextMissed];
  }
  return x;
}

/** All that tasks put out. */
function bytesOf({ trace }: BaselineRun): number {
  let bytes = 0;
  for (let row = 0; row < trace.tasks.count; row++) bytes += trace.tasks.bytes[row]!;
  return bytes;
}

/** The pipeline with work as the baseline showed it, whatever its settings are. */
function withFit(pipeline: Pipeline, fit: BaselineFit): Pipeline {
  return { ...pipeline, stages: pipeline.stages.map((stage) => fitted(stage, fit)) };
}

/** @returns the simulated run of the pipeline with the fitted work */
export function simulateFit(pipeline: Pipeline, fit: BaselineFit, cores = 2): Trace {
  const { overheads, sourceItems } = fit;
  return simulate(withFit(pipeline, fit), { cores, cache: 'off', overheads, sourceItems }).trace;
}

function fitted(stage: Stage, { stages }: BaselineFit): Stage {
  const { work } = stage;
  const found = stages[stage.id];
  if (found === undefined) return stage;
  if (work.kind === 'code') {
    return 'model' in found ? { ...stage, work: { ...work, model: found.model } } : stage;
  }
  if (!('cpuScale' in found)) return stage;
  const scaled = (phase: Phase): Phase =>
    'cpu' in phase ? { ...phase, cpu: scaledDraw(phase.cpu, found.cpuScale) } : phase;
  return { ...stage, work: { ...work, phases: work.phases.map(scaled) } };
}

function stageFits({ pipeline, trace, models }: BaselineRun, ideal: Trace): BaselineFit['stages'] {
  const declared = cpuMs(ideal);
  const measured = cpuMs(trace);
  const stages: BaselineFit['stages'] = {};
  pipeline.stages.forEach(({ id, work }, index) => {
    const model = models[id];
    if (work.kind === 'synthetic') {
      const cpuScale = declared[index]! > 0 ? measured[index]! / declared[index]! : 1;
      stages[id] = { cpuScale };
    } else if (model) stages[id] = { model: coldCode(trace, index, model) };
  });
  return stages;
}

/** How late declared waits ended in the mean; null: there were none. A run has one number for all its timers. */
function wakeMsOf({ pipeline, trace }: BaselineRun, ideal: Trace): number | null {
  const measured = taskTimes(trace);
  const declared = taskTimes(ideal);
  let lateMs = 0;
  let waits = 0;
  pipeline.stages.forEach(({ work }, index) => {
    if (work.kind !== 'synthetic' || declared[index]!.waited === 0) return;
    lateMs += measured[index]!.waited - declared[index]!.waited;
    const each = work.phases.filter((phase) => 'wait' in phase).length;
    waits += each * trace.meta.stages[index]!.tasks;
  });
  return waits > 0 ? Math.max(0, lateMs / waits) : null;
}

/** The same work where nothing costs anything else. */
function declaredTrace({ pipeline, models }: BaselineRun, sourceItems: number): Trace {
  const stages = pipeline.stages.map((stage) =>
    stage.work.kind === 'code'
      ? { ...stage, work: { ...stage.work, model: models[stage.id] ?? { phases: [] } } }
      : stage,
  );
  return simulate({ ...pipeline, stages }, { cores: 2, cache: 'off', sourceItems }).trace;
}

const cpuMs = (trace: Trace): number[] =>
  taskTimes(trace).map(({ busy, setup, waited }) => busy - setup - waited);
