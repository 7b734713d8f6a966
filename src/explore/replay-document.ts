import { idealOverheads, type Overheads } from '../engine/runner.ts';
import type { ItemDraws } from '../engine/service.ts';
import { toDocument } from '../pipeline/to-document.ts';
import { meanOf } from '../base/draw-mean.ts';
import { fail, ok, type Result } from '../base/result.ts';
import type {
  Draw,
  Model,
  Phase,
  Pipeline,
  PipelineDocument,
  Stage,
  SyntheticWork,
} from '../pipeline/types.ts';
import type { Trace } from '../trace/types.ts';
import { scaledPhase } from './cut-work.ts';
import { batchPhases } from './replay-batches.ts';
import { perNumber, roundMs as round } from './per-number.ts';
import { replayTimes, type NumberTimes, type StageTimes } from './replay-times.ts';

/** A document that runs as a trace did, to be simulated under other settings. */
export interface Replay {
  document: PipelineDocument;
  overheads: Overheads;
  cores: number;
  /** Items the source brings, where the document cannot know. */
  sourceItems?: number;
  /** A stage: so many of its first phases are not its work (messages on their way) and stay uncut. */
  uncut: Readonly<Record<string, number>>;
  /** The trace's own makespan, ms. */
  makespanMs: number;
  /** Stages whose cost of a batch cannot be told from its cost an item. */
  fixedBatches: ReadonlySet<string>;
  /** What of the trace is replayed otherwise than it happened, one sentence each. */
  notes: string[];
}

/**
 * A prediction is its own replay: draws depend on their address alone, never on the order of events, so the
 * document brings the very same service times under every setting.
 */
export function replayOfPrediction(
  trace: Trace,
  pipeline: Pipeline,
  overheads: Overheads,
): Result<Replay> {
  if (trace.meta.ended !== 'done') return fail(unfinished(trace));
  return ok({
    document: bare(pipeline),
    overheads,
    cores: trace.meta.cores,
    sourceItems: trace.meta.items.emitted,
    uncut: {},
    makespanMs: trace.meta.makespan,
    fixedBatches: new Set(pipeline.stages.filter(isLumped).map(({ id }) => id)),
    notes: [],
  });
}

/** A model that was measured has no cost of a call beside that of its items. */
const isLumped = ({ work }: Stage): boolean =>
  work.kind === 'code' && (work.model?.phases ?? []).every(({ per }) => per === 'item');

/**
 * Makes every service time what a trace shows, per item and stage, as `perItem` phases: CPU times as they are
 * with a core of their own, waits as they were, and in a phase of its own what messages took.
 * Where one number stands for several tasks (children, copies, attempts), tasks take several items, or take
 * turns on a worker or a core, a synthetic stage keeps the draws it declares, scaled to the sums measured; a stage
 * of code takes means.
 * @param models what the run measured of code stages: their outputs, bytes and children.
 */
export function replayDocument(
  trace: Trace,
  pipeline: Pipeline,
  models: Readonly<Record<string, Model>>,
): Result<Replay> {
  const { meta } = trace;
  if (meta.ended !== 'done') return fail(unfinished(trace));
  const { stages: times, draws } = replayTimes(trace, pipeline);
  const wayField = meta.tasksPerWorker === 1 ? 'cpu' : 'wait';
  const uncut: Record<string, number> = {};
  const fixedBatches = new Set<string>();
  const notes: string[] = [];
  const stages = pipeline.stages.map((stage, index): Stage => {
    const of = times[index]!;
    const model =
      stage.work.kind === 'code' ? (models[stage.id] ?? stage.work.model ?? null) : null;
    const { way, phases, isFixed } = servicePhases(stage, of, draws, wayField);
    uncut[stage.id] = way.length;
    if (isFixed) fixedBatches.add(stage.id);
    notes.push(...notesOn(stage, of, meta.makespan));
    return {
      ...stage,
      work: { ...worksOf(stage, model, of), phases: [...way, ...phases] },
      setup: { ...stage.setup, phases: setUpPhases(stage, of) },
      // What the cache answered takes no time here; what it may answer next is not replayed.
      cache: stage.work.kind === 'code' ? null : stage.cache,
      ...(stage.work.kind === 'code' && { retry: { ...stage.retry, attempts: 1 }, timeout: null }),
    };
  });
  const { source } = pipeline;
  if (source.kind === 'code' || source.kind === 'files')
    notes.push('The pace of the source is not replayed: its items are taken to be there at once.');
  const { bytes, arrivals } = source;
  const document = bare({
    ...pipeline,
    stages,
    source:
      source.kind === 'service'
        ? source
        : { kind: 'count', count: meta.items.emitted, bytes, arrivals },
    machine: { ...pipeline.machine, cores: meta.cores, workers: meta.workers },
  });
  return ok({
    ...{ document, overheads: idealOverheads, cores: meta.cores, uncut, fixedBatches, notes },
    makespanMs: meta.makespan,
  });
}

const unfinished = ({ meta }: Trace): string =>
  meta.ended === 'running'
    ? 'The run goes on: what if needs a whole one.'
    : 'The run did not come to its end: what if needs a whole one.';

/** Without what is no part of a run. */
function bare(pipeline: Pipeline): PipelineDocument {
  const none = { variants: [], sweep: {}, lesson: [], notes: '' };
  return toDocument({ ...pipeline, ...none, modules: {}, targets: { total: {}, stages: {} } });
}

interface Phases {
  /**
   * What messages took. Somebody works meanwhile: the coordinator, the worker that reads them, or what the engine
   * does for either. So it takes a core, and more workers than cores gain nothing from it. Where several tasks
   * share a worker it must not hold up its other tasks, and is a wait.
   */
  way: Phase[];
  phases: Phase[];
  isFixed: boolean;
}

function servicePhases(
  stage: Stage,
  of: StageTimes,
  draws: ItemDraws,
  wayField: 'cpu' | 'wait',
): Phases {
  const wayPhases = (ms: () => Draw): Phase[] =>
    of.wayMs > 0 ? [{ [wayField]: ms() } as unknown as Phase] : [];
  const { work } = stage;
  if (of.tasks === 0) {
    return { way: [], phases: work.kind === 'synthetic' ? work.phases : [], isFixed: false };
  }
  const meanWay = wayPhases(() => round(of.wayMs / of.tasks));
  if (of.batches.length > 0 && stage.batch.size > 1) {
    if (work.kind === 'synthetic') {
      return { way: [...meanWay, ...besides(of)], phases: scaled(work, of), isFixed: false };
    }
    return { way: meanWay, ...batchPhases(of) };
  }
  const isSimple = [...of.byNumber.values()].every(({ isAlone }) => isAlone);
  const isShared = of.alone.tasks < of.tasks;
  const drawsAgain = of.retried + of.timedOut + of.hits > 0 || !isSimple || isShared;
  if (work.kind === 'synthetic' && drawsAgain) {
    return { way: [...meanWay, ...besides(of)], phases: scaled(work, of), isFixed: false };
  }
  const lone = (valueOf: (of: NumberTimes) => number): Draw =>
    // Attempts of one item run as one task; several items of one number take their mean.
    perNumber(of, (one) => valueOf(one) / (one.isAlone ? 1 : one.tasks));
  const way = wayPhases(() => lone(({ wayMs }) => wayMs));
  if (work.kind === 'synthetic') {
    way.push(...besides(of));
    return { way, phases: drawnShares(work, of, draws), isFixed: false };
  }
  const phases: Phase[] = [{ cpu: lone(({ cpuMs }) => cpuMs) }];
  if (of.waitMs > 0) phases.push({ wait: lone(({ waitMs }) => waitMs) });
  return { way, phases, isFixed: false };
}

/** CPU time (or waits) of a synthetic stage that declares none: what starting and timers cost it. */
function besides({ alone, tasks, waitMs, drawnWaitMs }: StageTimes): Phase[] {
  const cpuMs = alone.drawnCpuMs === 0 ? round(alone.cpuMs / alone.tasks) : 0;
  const ownWaitMs = drawnWaitMs === 0 ? round(waitMs / tasks) : 0;
  // A phase before the declared ones makes them draw anew: none for what sums are off by in their last digits.
  return [...(cpuMs > 0 ? [{ cpu: cpuMs }] : []), ...(ownWaitMs > 0 ? [{ wait: ownWaitMs }] : [])];
}

/** The declared phases, so that their sums are those measured (CPU: where a task had a core to itself). */
function scaled({ phases }: SyntheticWork, of: StageTimes): Phase[] {
  const { alone, waitMs, drawnWaitMs } = of;
  const cpu = alone.drawnCpuMs > 0 ? alone.cpuMs / alone.drawnCpuMs : 1;
  const wait = drawnWaitMs > 0 ? waitMs / drawnWaitMs : 1;
  return phases.map((phase) => scaledPhase(phase, 'wait' in phase ? wait : cpu));
}

/** The declared phases in their order; each item's measured times are split among them as drawn. */
function drawnShares({ phases }: SyntheticWork, of: StageTimes, draws: ItemDraws): Phase[] {
  const { service } = of;
  const drawnMs = (waits: boolean, item: number): number =>
    service.phases.reduce(
      (sum, phase, at) =>
        phase.waits === waits ? sum + draws.phaseMs(phase, service, item, 1, at) : sum,
      0,
    );
  return phases.map((phase, at): Phase => {
    const { waits } = service.phases[at]!;
    const share = (one: NumberTimes): number => {
      const wholeMs = drawnMs(waits, one.item);
      if (wholeMs <= 0) return 0;
      const ownMs = draws.phaseMs(service.phases[at]!, service, one.item, 1, at);
      return ((waits ? one.waitMs : one.cpuMs) * ownMs) / wholeMs;
    };
    const draw = perNumber(of, share);
    return 'wait' in phase ? { ...phase, wait: draw } : { ...phase, cpu: draw };
  });
}

/** Everything of a stage's work but how long it takes. */
function worksOf(stage: Stage, model: Model | null, of: StageTimes): Omit<SyntheticWork, 'phases'> {
  if (stage.work.kind === 'synthetic') {
    const { phases: _phases, ...rest } = stage.work;
    return rest;
  }
  return {
    kind: 'synthetic',
    ...(model?.output !== undefined && { output: model.output }),
    ...expandOf(model, of),
  };
}

/** An item that failed goes no further. */
function expandOf(model: Model | null, of: StageTimes): { expand?: Draw } {
  const expand = model?.expand;
  const someFailed = [...of.byNumber.values()].some(({ isDone, isAlone }) => isAlone && !isDone);
  if (!someFailed) return expand === undefined ? {} : { expand };
  const usual = (number: number): number => {
    if (expand === undefined) return 1;
    const isListed = typeof expand === 'object' && 'perItem' in expand;
    return isListed ? expand.perItem[number % expand.perItem.length]! : meanOf(expand);
  };
  let last = 0;
  for (const number of of.byNumber.keys()) last = Math.max(last, number);
  const list = Array.from({ length: last + 1 }, (_, number) =>
    of.byNumber.get(number)?.isDone === false ? 0 : usual(number),
  );
  return { expand: { perItem: list } };
}

/** Declared set-up phases, and what a stage's own `setup()` took beside them, as CPU time. */
function setUpPhases({ setup, work }: Stage, of: StageTimes): Phase[] {
  if (work.kind !== 'code' || of.setUps === 0 || setup.when === 'start') return setup.phases;
  const waits = setup.phases.filter((phase) => 'wait' in phase);
  const declaredMs = waits.reduce((sum, phase) => sum + meanOf(phase.wait), 0);
  return [...waits, { cpu: round(Math.max(0, of.setUpMs / of.setUps - declaredMs)) }];
}

/** Ends of folds below this share of the whole are not worth a word. */
const finishShareMin = 0.01;

function notesOn(stage: Stage, of: StageTimes, makespanMs: number): string[] {
  const { name, work } = stage;
  const notes: string[] = [];
  if (of.hits > 0 && work.kind === 'code')
    notes.push(`${name}: what the cache answered runs as tasks that take no time.`);
  if (of.retried > 0 && work.kind === 'code')
    notes.push(`${name}: attempts that failed run as one longer task, without their backoff.`);
  if (work.kind === 'code' && of.alone.tasks < of.tasks && of.cpuMs > 0)
    notes.push(
      `${name}: its tasks took turns on a thread or a core with others, so what each needed is estimated.`,
    );
  if (of.lost > 0) notes.push(`${name}: tasks whose worker died are left out.`);
  if (work.kind === 'code' && [...of.byNumber.values()].some(({ isAlone }) => !isAlone))
    notes.push(`${name}: several items that come from one take the mean of their times.`);
  if (of.finishMs > finishShareMin * makespanMs)
    notes.push(`${name}: what its fold does at the end is taken to cost nothing.`);
  return notes;
}
