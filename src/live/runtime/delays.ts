import type { Delay } from '../../engine/runner.ts';
import { noDelay, type WireStage } from '../wire.ts';
import { nowMs } from './builtins.ts';
import { burnTurns } from './busy-loop.ts';
import type { OpenTask } from './open-task.ts';
import { ThreadShare } from './thread-share.ts';

/** Between two looks at the clock: some 10 µs. */
const turnsAtOnce = 10_000;

/** What an open task has had so far. */
interface Account {
  /** See `ThreadShare.enter`; null: it waits. */
  entered: number | null;
  cpuMs: number;
  /** Until what it asked was answered. */
  askedMs: number;
}

/**
 * Makes stage code take longer by a factor. What it asks to wait (`ctx.wait`) is asked for that much longer
 * from the start; when a call is over, the time it had on the thread is spun on for the rest, and what it
 * waited for answers is waited for the rest. All that is no `ctx.wait` and no answer counts as time on the thread,
 * as it does in the models that a run measures.
 */
export class Delays {
  readonly #stages: readonly WireStage[];
  readonly #share = new ThreadShare();
  readonly #accounts = new Map<OpenTask, Account>();

  constructor(stages: readonly WireStage[]) {
    this.#stages = stages;
  }

  /** null: no stage is to be slowed down. */
  static of(stages: readonly WireStage[]): Delays | null {
    const isAny = stages.some(({ delay = noDelay }) => delay.service > 1 || delay.setup > 1);
    return isAny ? new Delays(stages) : null;
  }

  of({ wire }: OpenTask): Delay {
    return this.#stages[wire.stage]?.delay ?? noDelay;
  }

  /** A task of the run: until its `end` it has a share of the thread whenever it does not wait. */
  begin(task: OpenTask): void {
    this.#accounts.set(task, {
      entered: this.#share.enter(task.startMs),
      ...{ cpuMs: 0, askedMs: 0 },
    });
  }

  /** It could run from now on; one that was never begun, or has ended, has no share. */
  enter(task: OpenTask, atMs: number): void {
    const account = this.#accounts.get(task);
    if (account) account.entered ??= this.#share.enter(atMs);
  }

  /** It waits from now on. */
  leave(task: OpenTask, atMs: number): void {
    const account = this.#accounts.get(task);
    if (!account || account.entered === null) return;
    account.cpuMs += this.#share.leave(atMs, account.entered);
    account.entered = null;
  }

  answered(task: OpenTask, askedMs: number): void {
    const account = this.#accounts.get(task);
    if (account) account.askedMs += askedMs;
  }

  /** Its set-up is over: what it has had so far was not its work. */
  beginService(task: OpenTask): void {
    const account = this.#accounts.get(task);
    if (!account) return;
    const atMs = nowMs();
    this.leave(task, atMs);
    account.cpuMs = account.askedMs = 0;
    this.enter(task, atMs);
  }

  /** Its work is done: calls `end` when it has taken as long as it is to take. */
  end(task: OpenTask, end: () => void): void {
    const account = this.#accounts.get(task);
    this.leave(task, nowMs());
    this.#accounts.delete(task);
    const { service } = this.of(task);
    if (!account || service === 1 || task.isAborted || task.wire.synthetic) {
      end();
      return;
    }
    this.#spin((service - 1) * account.cpuMs);
    const restMs = (service - 1) * account.askedMs;
    if (restMs > 0) task.pause(restMs, end);
    else end();
  }

  /** A stage's `setup()`; all of its time is taken for CPU work. */
  setUp(stage: number, own: () => unknown): () => unknown {
    const factor = this.#stages[stage]?.delay?.setup ?? 1;
    if (factor === 1) return own;
    return async () => {
      const fromMs = nowMs();
      const value = await own();
      this.#spin((factor - 1) * (nowMs() - fromMs));
      return value;
    };
  }

  /** Keeps the thread busy for so long by the clock, as the work it stands for would. */
  #spin(ms: number): void {
    const fromMs = nowMs();
    while (nowMs() < fromMs + ms) burnTurns(turnsAtOnce);
    this.#share.skip(fromMs, nowMs());
  }
}
