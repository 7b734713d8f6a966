import { idealOverheads, type Overheads, type RunReport } from '../engine/runner.ts';
import { coldCode } from './cold-code.ts';
import { scaledDraw } from './cut-work.ts';
import { same } from '../base/same-json.ts';
import { aloneShares } from '../measure/alone.ts';
import type { Draw, Model, PipelineDocument } from '../pipeline/types.ts';
import type { Trace } from '../trace/types.ts';

/**
 * The document with what a run measured of its code stages; null: nothing to fill in. `ran`: the
 * document as it was run. A stage keeps the model it has when its cache answered everything, when its
 * code was edited meanwhile, or when some of its items failed, timed out or were cancelled: the rest
 * does not speak for them. Tasks that ran beside others took longer for it: a model is of a task alone.
 * @param overheads of the machine it ran on: what busy cores take from each other, the coordinator and the helpers
 *   of cold code from them
 * @param kept ids of stages that keep their models all the same
 */
export function withModels(
  document: PipelineDocument,
  ran: PipelineDocument,
  report: Pick<RunReport, 'models' | 'failures' | 'trace'>,
  overheads: Overheads = idealOverheads,
  kept: ReadonlySet<string> = new Set(),
): PipelineDocument | null {
  const troubled = troubledStages(report);
  const { contention, helperShare } = overheads;
  const alone = aloneShares(report.trace, contention, coordinatorMs(report.trace, overheads));
  // All workers are cold at once, and so many threads share the cores with their helpers.
  const { workers, cores } = report.trace.meta;
  const coldAlone = Math.min(1, cores / (Math.min(workers, cores) * (1 + helperShare)));
  const indexOf = new Map(report.trace.meta.stages.map(({ id }, at) => [id, at]));
  const sources = new Map(ran.stages.map(({ id, work }) => [id, sourceOf(work)]));
  let changed = false;
  const stages = document.stages.map((stage) => {
    const model = report.models[stage.id];
    if (stage.work.kind !== 'code' || !model || troubled.has(stage.id) || kept.has(stage.id))
      return stage;
    if (sources.get(stage.id) !== stage.work.source) return stage;
    changed = true;
    const index = indexOf.get(stage.id)!;
    const own = aloneModel(coldCode(report.trace, index, model), alone[index]!, coldAlone);
    return { ...stage, work: { ...stage.work, model: rounded(own) } };
  });
  return changed ? { ...document, stages } : null;
}

/** What the coordinator of the predicted machine would compute for this run: a message and a task each, and copies. */
function coordinatorMs({ tasks }: Trace, overheads: Overheads): number {
  let ran = 0;
  let bytes = 0;
  for (let row = 0; row < tasks.count; row++) {
    if (tasks.worker[row]! < 0) continue;
    ran++;
    bytes += tasks.bytes[row]!;
  }
  const { turnMs, dispatchMs, perByteMs } = overheads;
  return ran * (turnMs + dispatchMs) + (bytes * perByteMs) / 2;
}

/** Stages of which some items did not end well. */
export function troubledStages({
  failures,
  trace,
}: Pick<RunReport, 'failures' | 'trace'>): Set<string> {
  const troubled = new Set(failures.map(({ stage }) => stage));
  for (const { id, failed, timedOut, cancelled } of trace.meta.stages)
    if (failed + timedOut + cancelled > 0) troubled.add(id);
  return troubled;
}

/** Stages of code whose model was changed by hand since the run began: they keep what was set. */
export function editedModels(document: PipelineDocument, ran: PipelineDocument): Set<string> {
  const before = new Map(ran.stages.map(({ id, work }) => [id, modelOf(work)]));
  const edited = document.stages.filter(({ id, work }) => !same(before.get(id), modelOf(work)));
  return new Set(edited.map(({ id }) => id));
}

const modelOf = (work: PipelineDocument['stages'][number]['work']): Model | null =>
  (work.kind === 'code' && work.model) || null;

const sourceOf = (work: PipelineDocument['stages'][number]['work']): string | null =>
  work.kind === 'code' ? work.source : null;

const aloneModel = (model: Model, share: number, coldShare: number): Model => ({
  ...model,
  phases: model.phases.map((phase) =>
    'cpu' in phase ? { ...phase, cpu: scaledDraw(phase.cpu, share) } : phase,
  ),
  ...(model.cold !== undefined && { cold: model.cold * share * coldShare }),
});

/** Three significant digits are more than a measurement repeats, and keep shared documents short. */
function rounded(model: Model): Model {
  return {
    ...model,
    phases: model.phases.map((phase) =>
      'wait' in phase
        ? { ...phase, wait: roundDraw(phase.wait) }
        : { ...phase, cpu: roundDraw(phase.cpu) },
    ),
    ...(model.cold !== undefined && { cold: round(model.cold) }),
    ...(model.output !== undefined && { output: roundDraw(model.output) }),
    ...(model.expand !== undefined && { expand: model.expand }),
  };
}

const round = (value: number): number => Number(value.toPrecision(3));

function roundDraw(draw: Draw): Draw {
  if (typeof draw === 'number') return round(draw);
  if ('perItem' in draw) return { perItem: draw.perItem.map(round) };
  if ('empirical' in draw) return { empirical: draw.empirical.map(round) };
  return draw;
}
