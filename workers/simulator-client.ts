import { wrap, type Remote } from 'comlink';
import type { Pipeline } from '../src/pipeline/types.ts';
import type { SimulateOptions } from '../src/simulate/simulate.ts';
import type { SimulatorApi, SimulatorReply } from './simulator.ts';
import SimulatorWorker from './simulator.ts?worker';

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
  #remote: Remote<SimulatorApi> | null = null;
  #busy = false;
  #next: Request | null = null;

  predict(pipeline: Pipeline, options: SimulateOptions): Promise<SimulatorReply | null> {
    return new Promise((resolve, reject) => {
      this.#next?.resolve(null);
      this.#next = { pipeline, options, resolve, reject };
      void this.#work();
    });
  }

  async #work(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    this.#remote ??= wrap<SimulatorApi>(new SimulatorWorker({ name: 'simulator' }));
    while (this.#next) {
      const { pipeline, options, resolve, reject } = this.#next;
      this.#next = null;
      try {
        resolve(await this.#remote.simulate(pipeline, options, false));
      } catch (error) {
        reject(error);
      }
    }
    this.#busy = false;
  }
}
