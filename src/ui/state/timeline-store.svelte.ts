import type { LaneBy } from '../../charts/layout/schedule-lanes.ts';
import type { TimeAxis } from '../../charts/layout/time-axis.ts';
import type { Pipeline } from '../../pipeline/types.ts';
import type { Trace } from '../../trace/types.ts';
import type * as ChartModels from '../timeline/chart-models.ts';
import type { DocumentStore } from './document-store.svelte.ts';
import type { PredictionStore } from './prediction-store.svelte.ts';
import type { RunStore } from './run-store.svelte.ts';
import { alignStages, stagePlaces } from './align-stages.ts';
import { sameWork } from './same-work.ts';

/** What the schedule and the levels under it share: traces, window of time, cursor. */
export class TimelineStore {
  by: LaneBy = $state('worker');
  show: 'both' | 'predicted' | 'measured' = $state('both');
  cursorMs: number | null = $state(null);
  axis: TimeAxis = $state.raw({ startMs: 0, endMs: 1, extentMs: 1, leftPx: 0, widthPx: 1 });
  /** Set once it has been fetched; until then there are traces, but no models of them. */
  models: typeof ChartModels | null = $state.raw(null);

  private readonly doc: DocumentStore;
  private readonly predictions: PredictionStore;
  private readonly runs: RunStore;

  constructor(doc: DocumentStore, predictions: PredictionStore, runs: RunStore) {
    this.doc = doc;
    this.predictions = predictions;
    this.runs = runs;
  }

  /** The document would no longer run as the measured run did. */
  readonly changedSince: boolean = $derived.by(() => {
    const run = this.runs.current ?? this.runs.last;
    return run !== null && !sameWork(run.document, this.doc.document);
  });
  /**
   * What was predicted before the run, for as long as that run is of this document; else what is
   * predicted now. (A run refines the models, so the two differ.)
   */
  readonly prediction: { trace: Trace; pipeline: Pipeline } | null = $derived.by(() => {
    const run = this.runs.current ?? this.runs.last;
    if (run?.prediction && !this.changedSince)
      return { trace: run.prediction.trace, pipeline: run.pipeline };
    const { prediction, pipeline } = this.predictions;
    return prediction && pipeline ? { trace: prediction.trace, pipeline } : null;
  });
  /** How far off the prediction made before the last run was; null: there was none, or the document changed. */
  readonly error: number | null = $derived.by(() =>
    this.runs.running || this.changedSince
      ? null
      : (this.runs.last?.errors?.makespan.error ?? null),
  );

  /** The running trace, else that of the last run. Wrapped anew with every progress: it grows in place. */
  readonly measured: { trace: Trace; pipeline: Pipeline } | null = $derived.by(() => {
    if (this.show === 'predicted') return null;
    void this.runs.version;
    const { current, last, progress } = this.runs;
    // A run that never began has nothing to show, and must not hide the prediction.
    const began = last && !(last.report.error && last.report.trace.tasks.count === 0);
    const trace = progress?.trace ?? (began ? last.report.trace : null);
    const pipeline = (progress ? current : last)?.pipeline;
    return trace && pipeline && trace.meta.stages.length > 0
      ? { trace: alignStages(trace, this.doc.document.stages), pipeline }
      : null;
  });
  readonly predicted: Trace | null = $derived.by(() =>
    this.show === 'measured' || this.prediction === null
      ? null
      : alignStages(this.prediction.trace, this.doc.document.stages),
  );
  readonly main: Trace | null = $derived(this.measured?.trace ?? this.predicted);

  readonly measuredModel = $derived(
    this.measured && this.models ? this.models.buildSchedule(this.measured.trace, this.by) : null,
  );
  readonly predictedModel = $derived(
    this.predicted && this.models ? this.models.buildSchedule(this.predicted, this.by) : null,
  );
  private readonly shown = $derived(
    this.measured ??
      (this.predicted && this.prediction
        ? { trace: this.predicted, pipeline: this.prediction.pipeline }
        : null),
  );
  readonly tracks = $derived.by(() => {
    if (!this.shown || !this.models) return [];
    const { trace, pipeline } = this.shown;
    const indexOf = new Map(trace.meta.stages.map(({ id }, index) => [id, index]));
    const parents = trace.meta.stages.map(({ id }) =>
      (pipeline.stages.find((stage) => stage.id === id)?.after ?? []).map(
        (parent) => indexOf.get(parent) ?? -1,
      ),
    );
    const progress = this.measured ? this.runs.progress : null;
    return this.models.queueTracks(
      trace,
      (stage) => parents[stage]!.filter((parent) => parent >= 0),
      // An `all` gathers whatever comes until its one task starts.
      progress?.queued.map((queued, stage) =>
        pipeline.stages[stage]?.join === 'all' && progress.running[stage] === 0 ? Infinity : queued,
      ),
    );
  });
  /** Bytes of payloads in flight; null: nothing says how large they are. */
  readonly memory = $derived.by(() => {
    if (!this.shown || !this.models) return null;
    const { memory } = this.shown.pipeline.machine;
    const mark = memory ? memory.budget * memory.highWater : null;
    const track = this.models.memoryTrack(this.shown.trace, mark);
    return track.max > 0 ? track : null;
  });
  /** While nothing has happened yet, a second: an axis of no length has no times to show. */
  readonly extentMs: number = $derived(
    Math.max(this.measured?.trace.meta.makespan ?? 0, this.predicted?.meta.makespan ?? 0) || 1000,
  );

  /** Which colour a stage of some trace has: the same wherever it is shown. */
  placesOf(trace: Trace): ReadonlyMap<string, number> {
    return stagePlaces(
      this.doc.document.stages.map(({ id }) => id),
      trace.meta.stages.map(({ id }) => id),
    );
  }

  /** Fits the axis to what is shown and to the width there is; a zoomed window stays. */
  resize(leftPx: number, roomPx: number): void {
    const { axis, extentMs, models } = this;
    const widthPx = Math.max(1, roomPx);
    if (axis.extentMs === extentMs && axis.leftPx === leftPx && axis.widthPx === widthPx) return;
    if (models) this.axis = models.resizeAxis(axis, extentMs, leftPx, widthPx);
  }
}
