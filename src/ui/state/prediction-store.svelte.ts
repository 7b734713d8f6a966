import { untrack } from 'svelte';
import { idealOverheads, type Overheads } from '../../engine/runner.ts';
import type { Pipeline } from '../../pipeline/types.ts';
import { keptOverheads } from './kept-overheads.ts';
import { noWorkers } from './messages.svelte.ts';
import { unmodelled } from '../../pipeline/needs-model.ts';
import type { Prediction, Services } from '../services.ts';

/** From here on a prediction gives way to a newer one, and the picture before it is taken away, ms. */
const patienceMs = 1000;

type PredictionServices = Pick<Services, 'predictor' | 'settings' | 'environment'>;

interface Flight {
  /** Longer on its way than anybody should wait. */
  isLate: boolean;
  /** Of a document that is no longer there: whatever comes of it is not shown. */
  isForgotten: boolean;
}

/** The predicted schedule of the document as it stands. */
export class PredictionStore {
  prediction: Prediction | null = $state.raw(null);
  /** The pipeline the prediction is of. */
  pipeline: Pipeline | null = $state.raw(null);
  /** Why there is none: one sentence. `needsRun`: a run would measure what is missing. */
  refusal: { text: string; needsRun: boolean } | null = $state.raw(null);
  working = $state(false);
  /** What the predicted machine costs beside the work: nothing, or what was measured in this browser. */
  overheads: Overheads = $state.raw(idealOverheads);
  /** This browser is being measured: nothing else may run. */
  calibrating = $state(false);

  /** Asked for and not begun: null for a document that cannot be predicted, undefined for nothing. */
  private wanted: Pipeline | null | undefined;
  /** What was asked for last, begun or not. */
  private asked: Pipeline | null | undefined;
  private inFlight: Flight | null = null;

  private readonly services: PredictionServices;

  /** How many items a source brings that the document alone cannot tell; null: it can, or nobody knows. */
  private readonly sourceItems: (pipeline: Pipeline) => number | null;

  constructor(services: PredictionServices, sourceItems: (pipeline: Pipeline) => number | null) {
    this.services = services;
    this.overheads = keptOverheads(services.settings);
    this.sourceItems = sourceItems;
  }

  /**
   * Predicts this at once. While one is in flight the last of those asked for waits and all others are
   * passed over, so that a drag never queues up.
   */
  request(pipeline: Pipeline | null): void {
    this.asked = pipeline;
    this.wanted = pipeline;
    // Whoever asks from an effect does not want to ask again when the prediction is there.
    untrack(() => this.next());
  }

  /** The same unless it has been asked for: an edit asks at once, the page that watches it a moment later. */
  follow(pipeline: Pipeline | null): void {
    if (pipeline !== this.asked) this.request(pipeline);
  }

  /** Predicts on another machine from now on, also what has been asked for. */
  assume(overheads: Overheads): void {
    this.overheads = overheads;
    if (this.asked !== undefined) this.request(this.asked);
  }

  /** Another document is there: nothing of the one before is shown or worked on any longer. */
  forget(): void {
    this.wanted = undefined;
    this.asked = undefined;
    this.clear(null);
    if (this.inFlight !== null) this.inFlight.isForgotten = true;
    this.end();
  }

  private next(): void {
    if (this.wanted === undefined) return;
    // To end what is in flight at once would mean that under a steady drag no picture ever arrives.
    if (this.inFlight?.isLate) this.end();
    else if (this.inFlight === null) void this.predict();
  }

  /** Ends what is in flight: it resolves with null, and then what is wanted begins. */
  private end(): void {
    if (this.inFlight !== null) this.services.predictor.stop();
  }

  private async predict(): Promise<void> {
    const pipeline = this.wanted;
    this.wanted = undefined;
    if (!pipeline) return this.clear(null);
    if (!this.services.environment.workers) return this.clear({ text: noWorkers, needsRun: false });
    const missing = unmodelled(pipeline)[0];
    if (missing) return this.clear({ text: missing.message, needsRun: true });
    const { overheads } = this;
    const flight: Flight = { isLate: false, isForgotten: false };
    this.inFlight = flight;
    this.working = true;
    // It was of the document as it stood before.
    this.refusal = null;
    const timer = setTimeout(() => this.beLate(flight), patienceMs);
    try {
      const sourceItems = this.sourceItems(pipeline);
      const cores = pipeline.machine.cores ?? this.services.environment.cores;
      const prediction = await this.services.predictor.predict(pipeline, {
        cores,
        overheads,
        ...(sourceItems !== null && { sourceItems }),
      });
      if (prediction === null || flight.isForgotten) return;
      if (prediction.error) {
        this.clear({
          text: prediction.error.message,
          needsRun: sourceItems === null && !countable(pipeline),
        });
      } else {
        this.prediction = { ...prediction, overheads };
        this.pipeline = pipeline;
        this.refusal = null;
      }
    } catch (error) {
      if (!flight.isForgotten) this.clear({ text: sentence(error), needsRun: false });
    } finally {
      clearTimeout(timer);
      this.inFlight = null;
      this.working = false;
      this.next();
    }
  }

  /** What is shown is of an older document for too long already; what waits need not wait on. */
  private beLate(flight: Flight): void {
    flight.isLate = true;
    this.clear(null);
    if (this.wanted !== undefined) this.end();
  }

  private clear(refusal: { text: string; needsRun: boolean } | null): void {
    this.prediction = null;
    this.pipeline = null;
    this.refusal = refusal;
  }
}

/** The document itself says how many items come. */
const countable = ({ source }: Pipeline): boolean =>
  source.kind === 'count' || source.kind === 'values' || source.kind === 'service';

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
