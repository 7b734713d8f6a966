import type { ServiceSettings } from '../../pipeline/types.ts';
import type { WireTask } from '../wire.ts';
import type { Answer, Question } from '../wire-asks.ts';
import { OwnSet } from '../own-collections.ts';
import { NativePromise, nowMs } from './builtins.ts';
import type { Delays } from './delays.ts';
import { sleep } from './sleep.ts';

/** What a task needs of the worker it runs in. */
export interface TaskHost {
  readonly seed: number;
  /** What `ctx.service` pages through. */
  readonly service: ServiceSettings;
  /** See `WorkerProgress`. */
  readonly progress: Int32Array;
  /** Tasks open on this thread. */
  readonly openCount: number;
  /** Of stages that are slowed down; null: none is. */
  readonly delays: Delays | null;
  /** Prints a line; `text` is made only if it is wanted. */
  log(task: WireTask, text: () => string): void;
  /** Asks the coordinator. */
  ask(question: Question, answered: (answer: Answer) => void): void;
}

/** A task under way in this worker: its times, its waits, its signal. */
export class OpenTask {
  readonly wire: WireTask;
  readonly stageId: string;
  readonly startMs: number;
  /** It was the n-th to begin here, from 1; 0: nobody sent it. */
  turn = 0;
  setupMs = 0;
  isOver = false;
  readonly #host: TaskHost;
  #waits = 0;
  #waitingSinceMs = 0;
  #waitedMs = 0;
  #abort: AbortController | null = null;
  #isAborted = false;
  /** Ends the wait under way; most tasks never wait, and of most others one wait is under way at a time. */
  #waker: (() => void) | null = null;
  /** Ends all others. */
  #wakers: Set<() => void> | null = null;

  constructor(wire: WireTask, stageId: string, startMs: number, host: TaskHost) {
    this.wire = wire;
    this.stageId = stageId;
    this.startMs = startMs;
    this.#host = host;
  }

  get seed(): number {
    return this.#host.seed;
  }
  get service(): ServiceSettings {
    return this.#host.service;
  }
  get isAborted(): boolean {
    return this.#isAborted;
  }

  /** Shown while its code is called: if it does not give the thread back, it is known whose code has it. */
  hasThread(has: boolean): void {
    this.#host.progress[3] = has ? this.turn : 0;
  }

  get signal(): AbortSignal {
    if (!this.#abort) {
      this.#abort = new AbortController();
      if (this.#isAborted) this.#abort.abort(abortReason());
    }
    return this.#abort.signal;
  }

  /** The task is given up: waits end at once, the signal tells the rest. */
  abort(): void {
    this.#isAborted = true;
    this.#abort?.abort(abortReason());
    const waking: (() => void)[] = this.#waker ? [this.#waker] : [];
    this.#wakers?.forEach((wake) => (waking[waking.length] = wake));
    for (let i = 0; i < waking.length; i++) waking[i]!();
  }

  /** Calls `run` when the task is given up. */
  onAbort(run: () => void): void {
    if (this.#waker) (this.#wakers ??= new OwnSet()).add(run);
    else this.#waker = run;
  }

  /** False: it has been called already. */
  #forget(waker: () => void): boolean {
    if (this.#waker !== waker) return this.#wakers?.delete(waker) === true;
    this.#waker = null;
    return true;
  }

  /** ms up to now in which nothing but waiting went on. */
  waitedMs(atMs: number): number {
    return this.#waitedMs + (this.#waits > 0 ? atMs - this.#waitingSinceMs : 0);
  }

  /** Calls `done` after `ms`, or when the task is given up. */
  pause(ms: number, done: () => void): void {
    this.#waitFor((wake) => sleep(ms, this.#host.openCount === 1 && this.#waits === 1, wake), done);
  }

  /** Calls `done` when what `begin` has begun calls back, or when the task is given up. */
  #waitFor(begin: (wake: () => void) => void, done: () => void): void {
    if (this.#waits++ === 0) {
      this.#waitingSinceMs = nowMs();
      this.#host.delays?.leave(this, this.#waitingSinceMs);
    }
    const wake = () => {
      if (!this.#forget(wake)) return;
      if (--this.#waits === 0) {
        const endMs = nowMs();
        this.#waitedMs += endMs - this.#waitingSinceMs;
        this.#host.delays?.enter(this, endMs);
      }
      done();
    };
    this.onAbort(wake);
    begin(wake);
  }

  /** Asks the coordinator, and waits for the answer: no CPU is used meanwhile. */
  ask(question: Question): Promise<Answer> {
    return new NativePromise((resolve, reject) => {
      if (this.#isAborted || this.isOver) {
        reject(abortReason());
        return;
      }
      let answer: Answer | null = null;
      const askedAtMs = nowMs();
      const begin = (wake: () => void): void =>
        this.#host.ask(question, (one) => {
          answer = one;
          wake();
        });
      this.#waitFor(begin, () => {
        this.#host.delays?.answered(this, nowMs() - askedAtMs);
        if (answer) resolve(answer);
        else reject(abortReason());
      });
    });
  }

  /** `ctx.wait`. */
  wait(ms: number): Promise<void> {
    return new NativePromise((resolve, reject) => {
      if (!(ms >= 0 && ms <= 0x7fffffff)) {
        reject(new RangeError(`ctx.wait(${String(ms)}): give ms, 0 or more.`));
      } else if (this.#isAborted) reject(abortReason());
      else
        this.pause(ms * (this.#host.delays?.of(this).service ?? 1), () =>
          this.#isAborted ? reject(abortReason()) : resolve(),
        );
    });
  }

  log(text: () => string): void {
    if (!this.isOver) this.#host.log(this.wire, text);
  }
}

export const abortReason = (): DOMException =>
  new DOMException('The task was given up.', 'AbortError');
