import { idealOverheads } from '../../engine/runner.ts';
import type { Pipeline } from '../../pipeline/types.ts';
import { noWorkers } from './messages.svelte.ts';
import { unmodelled } from '../../pipeline/needs-model.ts';
import type { Prediction, Services } from '../services.ts';

/** The predicted schedule of the document as it stands. */
export class PredictionStore {
  prediction: Prediction | null = $state.raw(null);
  /** The pipeline the prediction is of. */
  pipeline: Pipeline | null = $state.raw(null);
  /** Why there is none: one sentence. `needsRun`: a run would measure what is missing. */
  refusal: { text: string; needsRun: boolean } | null = $state.raw(null);
  working = $state(false);
  enabled = $state(true);

  private wanted: Pipeline | null = null;
  private inFlight = false;
  private frame = 0;

  private readonly services: Services;

  /** How many items a source brings that the document alone cannot tell; null: it can, or nobody knows. */
  private readonly sourceItems: (pipeline: Pipeline) => number | null;

  constructor(services: Services, sourceItems: (pipeline: Pipeline) => number | null) {
    this.services = services;
    this.sourceItems = sourceItems;
  }

  /** Predict this; many calls in one frame are one, and while one is being worked on the last asked for waits. */
  request(pipeline: Pipeline | null): void {
    this.wanted = pipeline;
    if (this.frame === 0) this.frame = requestAnimationFrame(() => this.next());
  }

  private next(): void {
    this.frame = 0;
    // A newer call would cancel the one in flight: under a steady drag no picture would ever arrive.
    if (!this.inFlight) void this.predict();
  }

  private async predict(): Promise<void> {
    const pipeline = this.wanted;
    this.wanted = null;
    if (pipeline === null || !this.enabled) return this.clear(null);
    if (!this.services.environment.workers) return this.clear({ text: noWorkers, needsRun: false });
    const missing = unmodelled(pipeline)[0];
    if (missing) return this.clear({ text: missing.message, needsRun: true });
    this.inFlight = true;
    this.working = true;
    try {
      const sourceItems = this.sourceItems(pipeline);
      const cores = pipeline.machine.cores ?? this.services.environment.cores;
      const prediction = await this.services.predictor.predict(pipeline, {
        cores,
        overheads: idealOverheads,
        ...(sourceItems !== null && { sourceItems }),
      });
      if (prediction?.error) {
        this.clear({
          text: prediction.error.message,
          needsRun: sourceItems === null && !countable(pipeline),
        });
      } else if (prediction !== null) {
        this.prediction = prediction;
        this.pipeline = pipeline;
        this.refusal = null;
      }
    } catch (error) {
      this.clear({ text: sentence(error), needsRun: false });
    } finally {
      this.inFlight = false;
      this.working = false;
      if (this.wanted !== null) this.request(this.wanted);
    }
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
