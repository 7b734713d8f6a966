import type { RunHandle, Runner, RunReport, RunRequest } from '../../engine/runner.ts';
import type { MeasuredEnvironment } from '../../measure/environments.ts';
import type { Pipeline } from '../../pipeline/types.ts';

/**
 * A runner whose runs begin with nothing kept: what an earlier one cached or counted would make a later one another
 * experiment. It notes where its runs were.
 */
export class FreshRunner implements Runner {
  readonly #runner: Runner;
  readonly #clear: () => Promise<void>;
  #handle: RunHandle | null = null;
  #isStopped = false;
  #environment: MeasuredEnvironment | null = null;

  /** @param clear lets go of what runs have cached and counted */
  constructor(runner: Runner, clear: () => Promise<void>) {
    this.#runner = runner;
    this.#clear = clear;
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Where the runs since it was asked last were, hidden if one of them was; null: none was live. */
  takeEnvironment(): MeasuredEnvironment | null {
    const environment = this.#environment;
    this.#environment = null;
    return environment;
  }

  /** Ends the run under way, and every later one as it begins. */
  stop(): void {
    this.#isStopped = true;
    this.#handle?.stop();
  }

  run(request: RunRequest): RunHandle {
    let isStopped = false;
    const stop = (): void => {
      isStopped = true;
      this.#handle?.stop();
    };
    return { done: this.#start(request, () => isStopped), stop, pause() {}, resume() {} };
  }

  async #start(request: RunRequest, isStopped: () => boolean): Promise<RunReport> {
    if (isKeeping(request))
      await this.#clear().catch((error: unknown) => {
        throw new Error(`what earlier runs have kept could not be cleared (${textOf(error)})`);
      });
    const handle = this.#runner.run(request);
    this.#handle = handle;
    if (this.#isStopped || isStopped()) handle.stop();
    const report = await handle.done;
    this.#handle = null;
    this.#environment = bothSeen(this.#environment, report.environment);
    return report;
  }
}

/** The later one, hidden if either was. */
export const bothSeen = (
  before: MeasuredEnvironment | null,
  after: MeasuredEnvironment | null,
): MeasuredEnvironment | null =>
  after ? { ...after, hidden: after.hidden || before?.hidden === true } : before;

const textOf = (error: unknown): string => String((error as Error | null)?.message ?? error);

/** Whether a run may leave something that a later one finds. */
const isKeeping = ({ cache, pipeline }: RunRequest): boolean =>
  cache === 'on' || countsThings(pipeline);

const countsThings = ({ stages }: Pipeline): boolean =>
  stages.some(({ work }) => work.kind === 'code' && /\bcounter\b/.test(work.source));
