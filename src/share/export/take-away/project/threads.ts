import { availableParallelism } from 'node:os';
import PQueue from 'p-queue';
import { Piscina } from 'piscina';
import {
  stageSettings,
  type PipelineSettings,
  type StageEntry,
  type StageSettings,
} from './settings.ts';
import { WorkerLost, type Executor, type Outcome, type Task } from './task.ts';

/** A task that does not stop when its time is over gets so long before its thread is ended. ms. */
const graceMs = 50;

/** Runs tasks on threads of this process. */
export class Threads implements Executor {
  readonly slots: number;
  readonly #pipeline: PipelineSettings;
  readonly #stages: Map<string, StageSettings>;
  readonly #pool: Piscina;
  /** What no thread has room for waits here, so that it can be ordered. */
  readonly #queue: PQueue;
  /** A fold keeps what it has come to on a thread of its own. */
  readonly #folds = new Map<string, Piscina>();
  /** Tasks under way that have a timeout: called when they begin on their thread. */
  readonly #began = new Map<number, () => void>();
  #next = 0;

  constructor(pipeline: PipelineSettings) {
    this.#pipeline = pipeline;
    this.#stages = new Map(stageSettings(pipeline.stages).map((stage) => [stage.id, stage]));
    const { tasksAtOnce, warm } = pipeline.threads;
    const count = threadCount(pipeline);
    const pooled = pipeline.stages.filter(({ join }) => join !== 'fold');
    this.#pool = this.#makePool(pooled, count, warm === 'all' ? count : Math.min(warm, count));
    this.slots = count * tasksAtOnce;
    this.#queue = new PQueue({ concurrency: this.slots });
  }

  async run(task: Task): Promise<Outcome> {
    if (isOfFold(task)) return this.#runOn(this.#threadOf(task.stage), task);
    const priority = priorityOf(this.#stages.get(task.stage)!, this.#pipeline);
    return this.#queue.add(() => this.#runOn(this.#pool, task), { priority });
  }

  #threadOf(fold: string): Piscina {
    let own = this.#folds.get(fold);
    if (!own) {
      const stages = this.#pipeline.stages.filter(({ id }) => id === fold);
      this.#folds.set(fold, (own = this.#makePool(stages, 1, 1)));
    }
    return own;
  }

  async close(): Promise<void> {
    await Promise.all([this.#pool, ...this.#folds.values()].map((pool) => pool.destroy()));
  }

  async #runOn(pool: Piscina, task: Task): Promise<Outcome> {
    const { timeout } = this.#stages.get(task.stage)!;
    const number = this.#next++;
    const control = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    if (timeout !== null) {
      this.#began.set(number, () => {
        timer = setTimeout(() => control.abort(), timeout + graceMs);
      });
    }
    const { signal } = control;
    try {
      return (await pool.run({ task, number }, timeout === null ? {} : { signal })) as Outcome;
    } catch (error) {
      const late = `It took longer than its timeout of ${timeout} ms.`;
      if (signal.aborted && !isOfFold(task)) return { error: late };
      throw new WorkerLost(signal.aborted ? late : (error as Error).message);
    } finally {
      this.#began.delete(number);
      clearTimeout(timer);
    }
  }

  #makePool(stages: StageEntry[], maxThreads: number, minThreads: number): Piscina {
    const pool = new Piscina({
      filename: new URL('./thread.ts', import.meta.url).href,
      workerData: { ...this.#pipeline, stages } satisfies PipelineSettings,
      ...{ maxThreads, minThreads, idleTimeout: Infinity },
      concurrentTasksPerWorker: this.#pipeline.threads.tasksAtOnce,
    });
    pool.on('message', ({ began }: { began: number }) => this.#began.get(began)?.());
    return pool;
  }
}

export const isOfFold = ({ kind }: Task): boolean => kind === 'fold-step' || kind === 'fold-finish';

export const threadCount = ({ threads: { count } }: PipelineSettings): number =>
  count === 'cores' ? availableParallelism() : count;

/** The larger goes first. */
export function priorityOf(stage: StageSettings, { order }: PipelineSettings): number {
  if (order === 'priority') return stage.priority;
  return order === 'downstream-first' ? stage.index : 0;
}
