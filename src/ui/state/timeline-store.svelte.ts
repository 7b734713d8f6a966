import { buildSchedule, type LaneBy } from '../../charts/layout/schedule-lanes.ts';
import { queueTracks } from '../../charts/layout/level-tracks.ts';
import { fullAxis, resizeAxis, type TimeAxis } from '../../charts/layout/time-axis.ts';
import type { Trace } from '../../trace/types.ts';
import type { PredictionStore } from './prediction-store.svelte.ts';
import type { RunStore } from './run-store.svelte.ts';

/** What the schedule and the levels under it share: traces, window of time, cursor. */
export class TimelineStore {
  by: LaneBy = $state('worker');
  show: 'both' | 'predicted' | 'measured' = $state('both');
  cursorMs: number | null = $state(null);
  axis: TimeAxis = $state.raw(fullAxis(1, 0, 1));

  private readonly predictions: PredictionStore;
  private readonly runs: RunStore;

  constructor(predictions: PredictionStore, runs: RunStore) {
    this.predictions = predictions;
    this.runs = runs;
  }

  /** The running trace, else that of the last run. Wrapped anew with every progress: it grows in place. */
  readonly measured: { trace: Trace } | null = $derived.by(() => {
    if (this.show === 'predicted') return null;
    void this.runs.version;
    const trace = this.runs.progress?.trace ?? this.runs.last?.report.trace ?? null;
    return trace && trace.meta.stages.length > 0 ? { trace } : null;
  });
  readonly predicted: Trace | null = $derived.by(() =>
    this.show === 'measured' ? null : (this.predictions.prediction?.trace ?? null),
  );
  readonly main: Trace | null = $derived(this.measured?.trace ?? this.predicted);

  readonly measuredModel = $derived(
    this.measured ? buildSchedule(this.measured.trace, this.by) : null,
  );
  readonly predictedModel = $derived(
    this.predicted ? buildSchedule(this.predicted, this.by) : null,
  );
  readonly tracks = $derived.by(() => {
    const trace = this.measured?.trace ?? this.predicted;
    return trace ? queueTracks(trace) : [];
  });
  readonly extentMs: number = $derived(
    Math.max(this.measured?.trace.meta.makespan ?? 0, this.predicted?.meta.makespan ?? 0, 0.001),
  );

  /** Fits the axis to what is shown and to the width there is; a zoomed window stays. */
  resize(leftPx: number, widthPx: number): void {
    const { axis } = this;
    if (axis.extentMs === this.extentMs && axis.leftPx === leftPx && axis.widthPx === widthPx)
      return;
    this.axis = resizeAxis(axis, this.extentMs, leftPx, Math.max(1, widthPx));
  }
}
