import { idealOverheads } from '../../engine/runner.ts';
import type { Pipeline } from '../../pipeline/types.ts';
import { noWorkers } from './messages.svelte.ts';
import { unmodelled } from '../../pipeline/needs-model.ts';
import type { Prediction, Services } from '../services.ts';

/** From here on a prediction gives way to a newer one, and the picture before it is taken away, ms. */
const patienceMs = 1000;

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
  enabled = $state(true);

  /** Asked for and not begun: null for a document that cannot be predicted, undefined for nothing. */
  private wanted: Pipeline | null | undefined;
  private inFlight: Flight | null = null;
  private frame = 0;

  private readonly services: Services;

  /** How many items a source brings that the document alone cannot tell; null: it can, or nobody knows. */
  private readonly sourceItems: (pipeline: Pipeline) => number | null;

  constructor(services: Services, sourceItems: (pipeline: Pipeline) => number | null) {
    this.services = services;
    this.sourceItems = sourceItems;
  }

  /** Predict this; many calls in one frame are one, and the last asked for is the one that counts. */
  request(pipeline: Pipeline | null): void {
    this.wanted = pipeline;
    if (this.frame === 0) this.frame = requestAnimationFrame(() => this.next());
  }

  /** Another document is there: nothing of the one before is shown or worked on any longer. */
  forget(): void {
    this.wanted = undefined;
    this.clear(null);
    if (this.inFlight !== null) this.inFlight.isForgotten = true;
    this.end();
  }

  private next(): void {
    this.frame = 0;
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
    if (!pipeline || !this.enabled) return this.clear(null);
    if (!this.services.environment.workers) return this.clear({ text: noWorkers, needsRun: false });
    const missing = unmodelled(pipeline)[0];
    if (missing) return this.clear({ text: missing.message, needsRun: true });
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
        overheads: idealOverheads,
        ...(sourceItems !== null && { sourceItems }),
      });
      if (prediction === null || flight.isForgotten) return;
      if (prediction.error) {
        this.clear({
          text: prediction.error.message,
          needsRun: sourceItems === null && !countable(pipeline),
        });
      } else {
        this.prediction = prediction;
        this.pipeline = pipeline;
        this.refusal = null;
      }
    } catch (error) {
      if (!flight.isForgotten) this.clear({ text: sentence(error), needsRun: false });
    } finally {
      clearTimeout(timer);
      this.inFlight = null;
      this.working = false;
      if (this.wanted !== undefined) this.request(this.wanted);
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
