import { untrack } from 'svelte';
import type {
  OnTrials,
  TrialOutcome,
  TrialPool,
  TrialRequest,
  TrialRun,
} from '../../explore/trials.ts';
import type { App } from './app.svelte.ts';
import { noWorkers } from './messages.svelte.ts';
import { trialRequest } from './trial-request.ts';
import { whyUnpredicted } from './unmeasured.ts';

const measuringNow =
  'Something is being measured, which a simulation on every core would disturb: stop it first.';

/** Why the page's document cannot be simulated on spare threads now, in a sentence; null: it can. */
export function whyNoTrials(app: App): string | null {
  const { busy, doc, services } = app;
  if (!services.environment.workers) return noWorkers;
  if (doc.pipeline === null) return doc.errors[0]?.message ?? 'The document cannot be run.';
  return busy ? measuringNow : whyUnpredicted(app);
}

/** Simulations keep every core busy, so they stand still while something is measured, and go on after it. */
class SpareTrials implements TrialPool {
  private readonly app: App;
  private readonly pool: TrialPool;
  /** What is being simulated at this moment. */
  private readonly underWay = new Set<TrialRun>();
  /** Those who wait until nothing is measured. */
  private waiting: (() => void)[] = [];

  constructor(app: App, pool: TrialPool) {
    this.app = app;
    this.pool = pool;
    // It lives as long as the page, which it belongs to.
    $effect.root(() => {
      $effect(() => {
        if (app.busy) for (const run of this.underWay) run.stop();
        else for (const goOn of this.waiting.splice(0)) goOn();
      });
    });
  }

  run(request: TrialRequest, onProgress: OnTrials = () => {}): TrialRun {
    let isStopped = false;
    let now: TrialRun | null = null;
    let stop = (): void => {};
    const stopped = new Promise<null>((resolve) => {
      stop = () => {
        isStopped = true;
        now?.stop();
        resolve(null);
      };
    });
    const outcomes = new Array<TrialOutcome | undefined>(request.sets.length);
    const work = async (): Promise<TrialOutcome[] | null> => {
      for (;;) {
        while (!isStopped && this.isBusy) await this.rest();
        if (isStopped) return null;
        const left = [...outcomes.keys()].filter((at) => outcomes[at] === undefined);
        const take = (found: Parameters<OnTrials>[1]): void =>
          left.forEach((set, at) => (outcomes[set] = found[at]));
        const sets = left.map((at) => request.sets[at]!);
        now = this.pool.run({ ...request, sets }, (done, found) => {
          take(found);
          onProgress(outcomes.length - left.length + done, outcomes);
        });
        this.underWay.add(now);
        const found = await now.done.finally(() => this.underWay.delete(now!));
        if (found === null) continue;
        take(found);
        return outcomes as TrialOutcome[];
      }
    };
    return { done: Promise.race([stopped, work()]), stop };
  }

  /** Comes when no thread simulates any longer. */
  async atRest(): Promise<void> {
    // A run of nothing: it waits for the end of the one before.
    await this.pool.run(trialRequest(this.app, this.app.doc.document, [])).done;
  }

  private get isBusy(): boolean {
    return untrack(() => this.app.busy);
  }

  private rest(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}

const pools = new WeakMap<App, Promise<SpareTrials>>();

/** The page's trials, which give way to whatever is measured; rejects where they cannot be loaded. */
export function spareTrials(app: App): Promise<TrialPool> {
  let pool = pools.get(app);
  if (!pool) {
    pool = app.services.trials().then((raw) => new SpareTrials(app, raw));
    pools.set(app, pool);
    // The next one who asks tries again.
    pool.catch(() => pools.delete(app));
  }
  return pool;
}

/** Comes when the trials, which are giving way, have left the cores; at once where none were ever asked for. */
export async function trialsAtRest(app: App): Promise<void> {
  const pool = await pools.get(app)?.catch(() => null);
  await pool?.atRest();
}
