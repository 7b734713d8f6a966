import type { Pipeline } from '../src/pipeline/types.ts';
import type { SimulateOptions } from '../src/simulate/simulate.ts';
import type { SimulatorApi, SimulatorReply } from './simulator.ts';
import SimulatorWorker from './simulator.ts?worker';
import { Thread } from './thread.ts';

interface Request {
  pipeline: Pipeline;
  options: SimulateOptions;
  resolve: (reply: SimulatorReply | null) => void;
  reject: (error: unknown) => void;
}

/**
 * Predictions on a spare worker, newest first: while one is being worked out only the latest of those
 * that came meanwhile is kept, the others resolve with null.
 */
export class SimulatorClient {
  readonly #thread = new Thread<SimulatorApi>(
    () => new SimulatorWorker({ name: 'simulator' }),
    'The simulator',
  );
  #running: Request | null = null;
  #next: Request | null = null;

  predict(pipeline: Pipeline, options: SimulateOptions): Promise<SimulatorReply | null> {
    return new Promise((resolve, reject) => {
      this.#next?.resolve(null);
      this.#next = { pipeline, options, resolve, reject };
      void this.#work();
    });
  }

  /** Ends what is being worked out and what waits for it; they resolve with null. */
  stop(): void {
    const ended = [this.#running, this.#next];
    this.#next = null;
    // A simulation listens to nobody while it runs: only its whole worker can be ended.
    if (this.#running !== null) {
      this.#thread.end();
      this.#running = null;
    }
    for (const request of ended) request?.resolve(null);
  }

  async #work(): Promise<void> {
    while (this.#running === null && this.#next !== null) {
      const request = this.#next;
      this.#next = null;
      this.#running = request;
      try {
        // An ended worker never answers, so what was ended waits here for good and begins nothing.
        const { pipeline, options } = request;
        request.resolve(await this.#thread.call((remote) => remote.simulate(pipeline, options)));
      } catch (error) {
        request.reject(error);
      }
      if (this.#running === request) this.#running = null;
    }
  }
}
