import type { Plan } from '../../engine/plan.ts';
import type { Scheduler } from '../../engine/scheduler.ts';
import type { FrameError } from '../border.ts';
import { stillLoading } from './code-errors.ts';
import type { SentTask } from './open-tasks.ts';
import { StagePool } from './stage-pool.ts';
import type { TaskEndings } from './task-endings.ts';

export interface LostWorkersParts {
  pool: StagePool;
  endings: TaskEndings;
  scheduler: Scheduler;
  /** ms of the run's clock. */
  now(): number;
  plan: Plan;
  /** The run cannot go on. */
  fail(error: FrameError): void;
}

/** Read only of folds, which cannot run again. */
const displacedWhy = 'The worker that held its accumulator was ended because of another task.';

/** What becomes of the tasks of a worker that is gone, by its own doing or by ours. */
export class LostWorkers {
  readonly #parts: LostWorkersParts;

  constructor(parts: LostWorkersParts) {
    this.#parts = parts;
  }

  /** It broke: it could not start, or it said what its runtime never says. */
  died(worker: number, why: string): void {
    if (this.#parts.pool.canBeReplaced(worker)) {
      this.#lose(worker, 'lost', `Its worker broke: ${why}.`);
    } else this.#fail(`A worker could not be started: ${why}.`);
  }

  /** A task did not hear the signal: its worker goes, and its neighbours run again elsewhere. */
  timedOut(sent: SentTask): void {
    const { pool, endings } = this.#parts;
    const suspects = pool.suspects(sent.worker);
    const lost = pool.end(sent.worker);
    // Nothing had been begun: the thread was hung by what an earlier task left behind.
    if (suspects.length === 0) endings.lose(sent, 'displaced', displacedWhy);
    else endings.lose(sent, 'timed-out', endings.whyTimedOut(sent));
    for (const other of lost) {
      if (other !== sent) endings.lose(other, 'displaced', displacedWhy);
    }
    this.#gone(sent.worker);
  }

  /**
   * It gives no sign of life: it loops, or died without a word; or it is not ready, and will never be. If only one task can be the cause it
   * fails; of several nobody knows which it was, so each runs again.
   */
  silent(worker: number, silentMs: number): void {
    const loading = this.#parts.pool.loading(worker);
    if (loading) {
      this.#parts.fail(stillLoading(loading, this.#parts.plan, silentMs));
      return;
    }
    const forLong = `no sign of life for ${Math.max(1, Math.round(silentMs / 1000))} s`;
    if (worker === StagePool.sourceLane) {
      this.#fail(`The source gave ${forLong} and was ended: its code loops for ever.`);
    } else if (!this.#parts.pool.canBeReplaced(worker)) {
      this.#fail(`A worker gave ${forLong} while it was being started, and was ended.`);
    } else {
      const cause = 'it loops for ever, or its worker died, most often of too little memory';
      this.#lose(worker, 'failed', `It gave ${forLong} and its worker was ended: ${cause}.`);
    }
  }

  #fail(message: string): void {
    this.#parts.fail({ message, stage: null, place: null });
  }

  /** @param alone what becomes of a task that alone can have been the cause. */
  #lose(worker: number, alone: 'failed' | 'lost', why: string): void {
    const { pool, endings } = this.#parts;
    const suspects = pool.suspects(worker);
    const lost = pool.end(worker);
    const outcome = suspects.length === 1 ? alone : 'lost';
    for (const sent of lost) {
      if (suspects.includes(sent)) endings.lose(sent, outcome, why);
      else endings.lose(sent, 'displaced', displacedWhy);
    }
    this.#gone(worker);
  }

  #gone(worker: number): void {
    const { pool, endings, scheduler, now } = this.#parts;
    const { folds } = pool.lane(worker);
    for (const stage of folds) endings.foldLost(stage);
    scheduler.workerLost(now(), worker);
  }
}
