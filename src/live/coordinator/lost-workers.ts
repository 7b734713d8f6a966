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

/** Read of what was lost a second time, or cannot run again. */
const deafWhy =
  'Its worker was ended: another task there heard nothing of its timeout, perhaps because of this one.';

/** Workers that break are replaced so often; then it is no accident. */
const brokenMax = 5;

/** What becomes of the tasks of a worker that is gone, by its own doing or by ours. */
export class LostWorkers {
  readonly #parts: LostWorkersParts;
  #broken = 0;

  constructor(parts: LostWorkersParts) {
    this.#parts = parts;
  }

  /** It broke: it could not start, or its runtime does what it never does. */
  died(worker: number, why: string): void {
    const { pool, fail } = this.#parts;
    if (!pool.canBeReplaced(worker)) this.#fail(`A worker could not be started: ${why}.`);
    else if (++this.#broken > brokenMax) fail(this.#breaksAlways(worker, why));
    else this.#lose(worker, 'lost', `Its worker broke: ${why}.`);
  }

  /** Names the stage if only one can have done it. */
  #breaksAlways(worker: number, why: string): FrameError {
    const { pool, plan } = this.#parts;
    const suspects = new Set(pool.suspects(worker).map(({ stage }) => plan.stages[stage]!.id));
    const stage = suspects.size === 1 ? [...suspects][0]! : null;
    const whose = stage === null ? 'stage code' : `the code of stage "${stage}"`;
    return {
      message: `Workers broke ${this.#broken} times (${why}): ${whose} replaces built-in functions that workers run on.`,
      stage,
      place: null,
    };
  }

  /**
   * A task did not hear the signal: its worker goes, and its neighbours run again elsewhere. If several may hang the
   * thread each of them runs again alone: together they would hang it again, and nobody would know more.
   */
  timedOut(sent: SentTask): void {
    const { pool, endings } = this.#parts;
    const suspects = pool.suspects(sent.worker);
    // What has the thread has time left, but has not always had it: then this one did not heed the signal.
    const blamed = suspects.length === 1 && !suspects[0]!.timedOut ? [sent] : suspects;
    for (const one of pool.end(sent.worker)) {
      if (!blamed.includes(one)) this.#displace(one);
      else {
        const why = one.timedOut ? endings.whyTimedOut(one) : deafWhy;
        endings.lose(one, blamed.length > 1 ? 'lost' : 'timed-out', why);
      }
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
      else this.#displace(sent);
    }
    this.#gone(worker);
  }

  /** A fold that has taken nothing in loses nothing with its first step. */
  #displace(sent: SentTask): void {
    const { pool, endings } = this.#parts;
    const isFirst = endings.isFirstStep(sent);
    if (isFirst) pool.lane(sent.worker).folds.delete(sent.stage);
    endings.lose(sent, 'displaced', isFirst ? '' : displacedWhy);
  }

  #gone(worker: number): void {
    const { pool, endings, scheduler, now } = this.#parts;
    const { folds } = pool.lane(worker);
    for (const stage of folds) endings.foldLost(stage);
    scheduler.workerLost(now(), worker);
  }
}
