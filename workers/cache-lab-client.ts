import { proxy } from 'comlink';
import type { LabRequest, LabResult } from '../src/explore/cache-lab.ts';
import type { CacheLabApi } from './cache-lab.ts';
import CacheLabWorker from './cache-lab.ts?worker';
import { Thread } from './thread.ts';

/** The cache lab on a worker of its own, one replay at a time. */
export class CacheLabClient {
  readonly #thread = new Thread<CacheLabApi>(
    () => new CacheLabWorker({ name: 'cache lab' }),
    'The cache lab',
  );
  #stopLast: (() => void) | null = null;

  /** Ends the one under way first. Resolves with null if it is ended itself. */
  run(request: LabRequest, onProgress: (share: number) => void): Promise<LabResult | null> {
    this.stop();
    return new Promise((resolve, reject) => {
      const stop = (): void => resolve(null);
      this.#stopLast = stop;
      this.#thread
        .call((remote) => remote.run(request, proxy(onProgress)))
        .then(resolve, reject)
        .finally(() => {
          if (this.#stopLast === stop) this.#stopLast = null;
        });
    });
  }

  stop(): void {
    if (this.#stopLast === null) return;
    // A replay listens to nobody while it runs: only its whole worker can be ended.
    this.#thread.end();
    this.#stopLast();
    this.#stopLast = null;
  }
}
