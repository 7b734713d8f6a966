import { wrap, type Remote } from 'comlink';

interface Begun<Api> {
  worker: Worker;
  remote: Remote<Api>;
  /** Of the calls that wait for an answer. */
  failures: Set<(error: Error) => void>;
  /** It has answered, so it is loaded: from then on it tells of its errors in its answers. */
  hasAnswered: boolean;
}

/**
 * A worker of the page, begun with the first call. One that cannot be loaded (the connection is gone)
 * would never answer: its calls fail with a sentence instead, and the next call begins another.
 */
export class Thread<Api> {
  readonly #start: () => Worker;
  readonly #what: string;
  #begun: Begun<Api> | null = null;

  /** @param what could not be loaded, as a sentence begins: "The compiler". */
  constructor(start: () => Worker, what: string) {
    this.#start = start;
    this.#what = what;
  }

  call<T>(use: (remote: Remote<Api>) => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const begun = (this.#begun ??= this.#begin());
      begun.failures.add(reject);
      // Not a race with one promise for all calls: that would keep every answer for good.
      void use(begun.remote)
        .then(resolve, reject)
        .finally(() => {
          begun.hasAnswered = true;
          begun.failures.delete(reject);
        });
    });
  }

  /** Ends the worker; what it was asked is never answered. */
  end(): void {
    this.#begun?.worker.terminate();
    this.#begun = null;
  }

  #begin(): Begun<Api> {
    const worker = this.#start();
    const remote = wrap<Api>(worker);
    const begun: Begun<Api> = { worker, remote, failures: new Set(), hasAnswered: false };
    worker.addEventListener('error', () => {
      if (begun.hasAnswered) return;
      if (this.#begun === begun) this.end();
      const error = new Error(`${this.#what} could not be loaded: check the connection, try again`);
      for (const fail of begun.failures) fail(error);
    });
    return begun;
  }
}
