import type { RunHandle, Runner, RunReport, RunRequest } from '../engine/runner.ts';
import { emptyTrace } from '../trace/empty-trace.ts';

/** A runner whose machine is fetched when it first runs something: looking at a document needs none of it. */
export class LazyRunner implements Runner {
  readonly #load: () => Promise<Runner>;

  constructor(load: () => Promise<Runner>) {
    this.#load = load;
  }

  run(request: RunRequest): RunHandle {
    let handle: RunHandle | null = null;
    /** What was ordered while there was no run yet to order it of. */
    const orders: ((handle: RunHandle) => void)[] = [];
    const order = (one: (handle: RunHandle) => void): void => {
      if (handle) one(handle);
      else orders.push(one);
    };
    const start = (runner: Runner): Promise<RunReport> => {
      const started = (handle = runner.run(request));
      for (const one of orders) one(started);
      return started.done;
    };
    return {
      done: this.#load().then(start, notLoaded),
      stop: () => order((run) => run.stop()),
      kill: () => order((run) => run.kill?.()),
      pause: () => order((run) => run.pause()),
      resume: () => order((run) => run.resume()),
      endWorker: (worker) => order((run) => run.endWorker?.(worker)),
    };
  }
}

/** Nothing was run, because the machine itself did not come. */
function notLoaded(): RunReport {
  const message =
    'The machine that runs pipelines could not be loaded: check the connection and press Run again.';
  const trace = emptyTrace('live');
  trace.meta.ended = 'failed';
  trace.meta.note = message;
  return {
    trace,
    results: [],
    resultsOmitted: 0,
    resultsDigest: null,
    failures: [],
    failuresOmitted: 0,
    notices: [],
    log: [],
    error: { message },
    environment: null,
    models: {},
  };
}
