import type { Pipeline } from '../src/pipeline/types.ts';
import type { SimulateOptions } from '../src/simulate/simulate.ts';
import type { SimulatorApi, SimulatorReply } from './simulator.ts';
import SimulatorWorker from './simulator.ts?worker';
import { Thread } from './thread.ts';

/** Predictions for small pictures, on a thread of its own beside the one of the page's own prediction. */
export class SketchClient {
  readonly #thread = new Thread<SimulatorApi>(
    () => new SimulatorWorker({ name: 'sketches' }),
    'The simulator',
  );

  predict(pipeline: Pipeline, options: SimulateOptions): Promise<SimulatorReply> {
    return this.#thread.call((remote) => remote.simulate(pipeline, options));
  }

  /** Gives the thread back; the next call begins another. */
  end(): void {
    this.#thread.end();
  }
}
