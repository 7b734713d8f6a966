import { graceMs } from '../../engine/machine.ts';
import type { Plan } from '../../engine/plan.ts';
import type { LostWorkers } from './lost-workers.ts';
import type { SentTask } from './open-tasks.ts';
import type { StagePool } from './stage-pool.ts';
import { Due, type Timeline } from './timeline.ts';

/** Not in this turn, but as soon as messages have been heard that came before. ms. */
const nextTurnMs = 0.001;

export interface TimeOutsParts {
  plan: Plan;
  pool: StagePool;
  lost: LostWorkers;
  timeline: Timeline;
  /** ms of the run's clock. */
  now(): number;
}

/** Sees that tasks are over when their time is: by the signal, or their worker goes. */
export class TimeOuts {
  readonly #parts: TimeOutsParts;

  constructor(parts: TimeOutsParts) {
    this.#parts = parts;
  }

  /** A task is sent. */
  watch(sent: SentTask): void {
    sent.timedOut = false;
    const { timeout } = this.#parts.plan.stages[sent.stage]!.stage;
    if (timeout !== null) this.#add(sent, Due.timeout, sent.sentMs + timeout);
  }

  /** What was added for the task is due. */
  due(kind: number, task: number, number: number): void {
    const { pool, lost, now } = this.#parts;
    const sent = pool.find(task);
    if (sent?.number !== number) return;
    if (kind === Due.timeout) {
      sent.timedOut = true;
      sent.isGivenUp = false;
      sent.begunThen = pool.begun(sent.worker);
      pool.abort(sent);
      this.#add(sent, Due.kill, now() + graceMs);
    } else if (this.#isKeptFromHearing(sent)) this.#add(sent, Due.kill, now() + graceMs);
    else if (sent.isGivenUp) lost.timedOut(sent);
    else {
      // This thread may have been busy, and the answer wait behind this turn.
      sent.isGivenUp = true;
      this.#add(sent, Due.kill, now() + nextTurnMs);
    }
  }

  #add({ number, task }: SentTask, kind: number, atMs: number): void {
    this.#parts.timeline.add(atMs, kind, number, task);
  }

  /**
   * Another task has the thread, and time left: this one hears no signal, and may not even have begun. But if others
   * have begun since the signal it was the thread's turn to hear it.
   */
  #isKeptFromHearing(sent: SentTask): boolean {
    const { pool } = this.#parts;
    const [holder, ...others] = pool.suspects(sent.worker);
    if (!holder || others.length > 0 || holder === sent || holder.timedOut) return false;
    const begun = pool.begun(sent.worker);
    return begun === sent.begunThen || begun <= sent.place;
  }
}
