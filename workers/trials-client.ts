import type {
  OnTrials,
  TrialOutcome,
  TrialPool,
  TrialRequest,
  TrialRun,
} from '../src/explore/trials.ts';
import { Thread } from './thread.ts';
import type { TrialsApi } from './trials.ts';
import TrialsWorker from './trials.ts?worker';

/** A batch is to take about this long: progress is told as often, and hardly more is lost by a stop. */
const batchMs = 30;
const batchMax = 256;
/** A thread that has not answered this long after a stop is ended: its simulation listens to nobody. */
const stopWithinMs = 80;

/** What one run has come to. */
interface Flight {
  request: TrialRequest;
  onProgress: OnTrials;
  outcomes: TrialOutcome[];
  /** The first set that no thread has. */
  next: number;
  done: number;
  isStopped: boolean;
  /** How long a trial took lately; 0: none is done yet. */
  trialMs: number;
}

/** Simulates on several threads, started with the first run and then kept. */
export class TrialThreads implements TrialPool {
  readonly #threads: Thread<TrialsApi>[];
  /** The end of the run asked for last. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(threads: number) {
    this.#threads = Array.from(
      { length: Math.max(1, threads) },
      (_, at) =>
        new Thread<TrialsApi>(
          () => new TrialsWorker({ name: `trials ${at + 1}` }),
          'The simulator',
        ),
    );
  }

  run(request: TrialRequest, onProgress: OnTrials = () => {}): TrialRun {
    const flight: Flight = {
      ...{ request, onProgress, outcomes: [], next: 0, done: 0, isStopped: false, trialMs: 0 },
    };
    let stop = (): void => {};
    const stopped = new Promise<null>((resolve) => {
      stop = () => {
        flight.isStopped = true;
        resolve(null);
      };
    });
    const before = this.#last;
    const ended = before.then(() => this.#fly(flight, stopped));
    // One that failed holds nobody up.
    this.#last = ended.catch(() => {});
    const done = Promise.race([stopped, ended]).then(() =>
      flight.isStopped ? null : flight.outcomes,
    );
    return { done, stop };
  }

  /** Gives the threads back; the next run begins others. To be called between runs. */
  end(): void {
    for (const thread of this.#threads) thread.end();
  }

  /** Ends when no thread works for this run any longer. */
  async #fly(flight: Flight, stopped: Promise<null>): Promise<void> {
    if (flight.isStopped) return;
    const { sets } = flight.request;
    const used = this.#threads.slice(0, sets.length);
    await Promise.all(
      used.map((thread) => {
        const working = this.#work(thread, flight);
        const ended = stopped.then(() => this.#endUnlessDone(thread, working));
        return Promise.race([working, ended]);
      }),
    ).catch((error: unknown) => {
      // The others need not go on.
      flight.next = sets.length;
      throw error;
    });
  }

  async #work(thread: Thread<TrialsApi>, flight: Flight): Promise<void> {
    const { sets, ...settled } = flight.request;
    if (!flight.isStopped) await thread.call((remote) => remote.begin(settled));
    while (!flight.isStopped && flight.next < sets.length) {
      const from = flight.next;
      const to = Math.min(sets.length, from + this.#batchOf(flight));
      flight.next = to;
      const batch = sets.slice(from, to);
      const { outcomes, tookMs } = await thread.call((remote) => remote.evaluate(batch));
      if (flight.isStopped) return;
      outcomes.forEach((outcome, at) => (flight.outcomes[from + at] = outcome));
      flight.done += outcomes.length;
      flight.trialMs = tookMs / outcomes.length;
      flight.onProgress(flight.done, flight.outcomes);
    }
  }

  /** How many trials take about `batchMs`; towards the end fewer, so that all threads end together. */
  #batchOf({ request, next, trialMs }: Flight): number {
    if (trialMs === 0) return 1;
    const fair = Math.ceil((request.sets.length - next) / (2 * this.#threads.length));
    return Math.max(1, Math.min(Math.round(batchMs / trialMs), fair, batchMax));
  }

  /** Only a whole worker can be ended; one that is through soon is worth waiting for. */
  #endUnlessDone(thread: Thread<TrialsApi>, working: Promise<void>): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        thread.end();
        resolve();
      }, stopWithinMs);
      const through = (): void => {
        clearTimeout(timer);
        resolve();
      };
      working.then(through, through);
    });
  }
}

/** The page's: a thread for each core. */
export const trials = new TrialThreads(navigator.hardwareConcurrency || 2);
