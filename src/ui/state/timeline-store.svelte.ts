import type { LaneBy, ScheduleModel } from '../../charts/layout/schedule-lanes.ts';
import type { TimeAxis } from '../../charts/layout/time-axis.ts';
import type { Pipeline, PipelineDocument } from '../../pipeline/types.ts';
import type { Trace } from '../../trace/types.ts';
import type * as ChartModels from '../timeline/chart-models.ts';
import type { Pressure } from '../timeline/pressure.ts';
import type { DocumentStore } from './document-store.svelte.ts';
import type { PredictionStore } from './prediction-store.svelte.ts';
import type { FinishedRun, RunStore } from './run-store.svelte.ts';
import { FocusStore } from './focus-store.svelte.ts';
import { PacedModel } from './paced-model.ts';
import { Replay } from './replay.svelte.ts';
import { alignStages, stagePlaces } from './align-stages.ts';
import { samePrediction } from './same-work.ts';

/** What the schedule and the levels under it share: traces, window of time, cursor. */
export class TimelineStore {
  by: LaneBy = $state('worker');
  show: 'both' | 'predicted' | 'measured' = $state('both');
  /** The instant that charts and graph show; set by whoever points. */
  get cursorMs(): number | null {
    return this.replay.shownMs;
  }
  set cursorMs(ms: number | null) {
    this.replay.hover(ms);
  }
  readonly replay: Replay = new Replay(() => ({
    endMs: this.main?.meta.makespan ?? 0,
    of: [this.ofWork, this.runs.current ?? this.runs.last],
  }));
  /** What the bands under the schedule show, and whether as a table. */
  bands: 'queues' | 'states' = $state('queues');
  bandsAsTable = $state(false);
  axis: TimeAxis = $state.raw({ startMs: 0, endMs: 1, extentMs: 1, leftPx: 0, widthPx: 1 });
  /** Set once it has been fetched; until then there are traces, but no models of them. */
  models: typeof ChartModels | null = $state.raw(null);
  /** A window of time that is being picked, [from, to]. */
  brushMs: readonly [number, number] | null = $state.raw(null);
  readonly zoomed: boolean = $derived(this.axis.endMs - this.axis.startMs < this.axis.extentMs);
  /** What is looked for: an item, the critical path, some of the stages. */
  readonly focus = new FocusStore();

  private readonly doc: DocumentStore;
  private readonly predictions: PredictionStore;
  private readonly runs: RunStore;

  constructor(doc: DocumentStore, predictions: PredictionStore, runs: RunStore) {
    this.doc = doc;
    this.predictions = predictions;
    this.runs = runs;
  }

  /** The same object for as long as the document would run the same: notes and names may change. */
  private readonly ofWork: PipelineDocument = $derived.by(() => {
    const { document } = this.doc;
    const before = this.workBefore;
    return (this.workBefore = before && this.doc.isStill(before) ? before : document);
  });
  private workBefore: PipelineDocument | null = null;

  /** As text, so that it is the same for as long as it says the same. */
  private readonly stagesText: string = $derived.by(() =>
    JSON.stringify(this.doc.document.stages.map(({ id, name }) => ({ id, name }))),
  );
  /** What traces are put in order by: the same object whatever knob is turned. */
  readonly stages: readonly { id: string; name?: string }[] = $derived(JSON.parse(this.stagesText));

  /** The machine predicted now has other costs than the one predicted before the run. */
  private readonly isOtherMachine: boolean = $derived.by(() => {
    const before = (this.runs.current ?? this.runs.last)?.prediction?.overheads;
    const now = this.predictions.prediction?.overheads;
    return before !== undefined && now !== undefined && before !== now;
  });
  /** The document would no longer run as the measured run did, or has other models than it was predicted with. */
  readonly changedSince: boolean = $derived.by(() => {
    const { current, last } = this.runs;
    // What the run before has measured is nothing to the one that goes on.
    if (current) return !samePrediction(current.document, this.doc.document);
    return last !== null && !this.doc.isStill(last.document);
  });
  /**
   * What was predicted before the run, for as long as that run is of this document and the same machine is
   * predicted; else what is predicted now. (A run refines the models, so the two differ.)
   */
  readonly prediction: { trace: Trace; pipeline: Pipeline } | null = $derived.by(() => {
    const run = this.runs.current ?? this.runs.last;
    const { prediction, pipeline } = this.predictions;
    if (run?.prediction && !this.changedSince && !this.isOtherMachine)
      return { trace: run.prediction.trace, pipeline: run.pipeline };
    return prediction && pipeline ? { trace: prediction.trace, pipeline } : null;
  });
  /** The last run, to be held against the prediction made before it; null: the document or the machine has changed since. */
  readonly judged: FinishedRun | null = $derived.by(() =>
    this.runs.running || this.changedSince || this.isOtherMachine ? null : this.runs.last,
  );
  /** How far off that prediction was; null: there was none, or the two are not compared. */
  readonly error: number | null = $derived(this.judged?.errors?.makespan.error ?? null);

  /** The running trace, else that of the last run. Wrapped anew with every progress: it grows in place. */
  readonly measured: { trace: Trace; raw: Trace; pipeline: Pipeline } | null = $derived.by(() => {
    if (this.show === 'predicted') return null;
    void this.runs.version;
    const { current, last, progress } = this.runs;
    // A run that never began has nothing to show, and must not hide the prediction.
    const began = last && !(last.report.error && last.report.trace.tasks.count === 0);
    const trace = progress?.trace ?? (began ? last.report.trace : null);
    const pipeline = (progress ? current : last)?.pipeline;
    return trace && pipeline && trace.meta.stages.length > 0
      ? {
          // A trace grows in place: another object, so that whoever reads it looks again.
          trace: { ...alignStages(trace, this.stages) },
          raw: trace,
          pipeline,
        }
      : null;
  });
  readonly predicted: Trace | null = $derived.by(() =>
    this.show === 'measured' || this.prediction === null
      ? null
      : alignStages(this.prediction.trace, this.stages),
  );
  /**
   * Which of the two the charts and the graph follow. The run, until the document is changed after it: what
   * the change is predicted to do is what the reader looks for then, and the run is what it is compared with.
   */
  readonly leads: 'measured' | 'predicted' = $derived.by(() => {
    const { measured, predicted, changedSince } = this;
    const isPast = changedSince && !this.runs.running && predicted !== null;
    return measured !== null && !isPast ? 'measured' : 'predicted';
  });
  readonly main: Trace | null = $derived.by(() => {
    // Both are read every time: with only one, another document's first prediction went unnoticed.
    const { measured, predicted, leads } = this;
    return leads === 'measured' ? measured!.trace : predicted;
  });
  /** The other one, drawn thin over it to compare; null: there is none. */
  readonly ghost: Trace | null = $derived.by(() => {
    const { measured, predicted, leads } = this;
    return leads === 'measured' ? predicted : (measured?.trace ?? null);
  });

  /** As text, so that it is the same for as long as it says the same. */
  private readonly hiddenPlaces: string = $derived.by(() => {
    const stages = this.main?.meta.stages ?? [];
    return JSON.stringify(
      stages.flatMap(({ id }, place) => (this.focus.hidden.has(id) ? place : [])),
    );
  });
  /** Places of the stages that the legend has taken out. */
  readonly hidden: ReadonlySet<number> = $derived(new Set(JSON.parse(this.hiddenPlaces)));

  private readonly paced = new PacedModel<ScheduleModel>();
  private readonly measuredModel = $derived.by(() => {
    if (!this.measured || !this.models) return null;
    const { trace } = this.measured;
    const { current, last, running } = this.runs;
    const { hidden, models } = this.focus;
    const of = [current ?? last, this.stages, this.by, hidden, models];
    return this.paced.get(() => this.modelOf(trace), of, running);
  });
  private readonly predictedModel = $derived(
    this.predicted && this.models ? this.modelOf(this.predicted) : null,
  );
  /** Of `main` and of `ghost`, to be laid out. */
  readonly mainModel = $derived(
    this.leads === 'measured' ? this.measuredModel : this.predictedModel,
  );
  readonly ghostModel = $derived(
    this.leads === 'measured' ? this.predictedModel : this.measuredModel,
  );
  /** Lanes of items come later than the others; until then the workers stay. */
  private modelOf(trace: Trace): ScheduleModel {
    const { by, hidden, focus } = this;
    return by === 'item' && focus.models
      ? focus.models.buildItemSchedule(trace, hidden)
      : this.models!.buildSchedule(trace, by === 'stage' ? 'stage' : 'worker', hidden);
  }
  /** The trace that the charts and the graph are of. */
  readonly shown = $derived.by(() => {
    // All of them are read every time, as for `main`.
    const { measured, predicted, prediction, leads } = this;
    if (leads === 'measured') return measured;
    return predicted && prediction
      ? { trace: predicted, raw: prediction.trace, pipeline: prediction.pipeline }
      : null;
  });
  /** What is lit up: an item's way or the critical path, with what there is to say about it. */
  readonly lights = $derived.by(() => {
    const { models, found, showsPath, lens } = this.focus;
    if (!models || !this.shown) return null;
    if (lens) return lens(this.shown);
    // While the run goes on there is no last task yet to trace the path back from.
    if (showsPath) return this.runs.running ? null : models.pathFocus(this.shown);
    return found === null ? null : models.itemFocus(this.shown, this.ghost, found);
  });
  /** Rows of the main trace's tasks that are lit up while the others fade; null: none are. */
  readonly lit: ReadonlySet<number> | null = $derived(this.lights?.lit ?? null);
  /** Queues, memory and states of what is shown, and of any instant of it; kept by the charts. */
  pressure: Pressure | null = $state.raw(null);
  /** While nothing has happened yet, a second: an axis of no length has no times to show. */
  readonly extentMs: number = $derived(
    Math.max(this.measured?.trace.meta.makespan ?? 0, this.predicted?.meta.makespan ?? 0) || 1000,
  );

  /** Which colour a stage of some trace has: the same wherever it is shown. */
  placesOf(trace: Trace): ReadonlyMap<string, number> {
    return stagePlaces(
      this.stages.map(({ id }) => id),
      trace.meta.stages.map(({ id }) => id),
    );
  }

  showAll(): void {
    const { extentMs } = this.axis;
    this.axis = { ...this.axis, startMs: 0, endMs: extentMs };
  }

  /** Fits the axis to what is shown and to the width there is; a zoomed window stays. */
  resize(leftPx: number, roomPx: number): void {
    const { axis, extentMs, models } = this;
    const widthPx = Math.max(1, roomPx);
    if (axis.extentMs === extentMs && axis.leftPx === leftPx && axis.widthPx === widthPx) return;
    if (models) this.axis = models.resizeAxis(axis, extentMs, leftPx, widthPx);
  }
}
