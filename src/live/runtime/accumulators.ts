import { OwnMap } from '../own-collections.ts';
import { after, asPromise, isThenable, nowMs } from './builtins.ts';
import type { StageContext } from './context.ts';
import type { StageModule } from './load-units.ts';
import { abortReason, type OpenTask } from './open-task.ts';

/** Stage → what its fold has come to; at first what its code's `init` says. */
export class Accumulators {
  readonly #values = new OwnMap<number, unknown>();

  #of(stage: number, { init }: StageModule): unknown {
    if (!this.#values.has(stage)) {
      this.#values.set(stage, typeof init === 'function' ? (init as () => unknown)() : init);
    }
    return this.#values.get(stage);
  }

  /** Takes the input of a task into its stage's fold. */
  step(task: OpenTask, module: StageModule, timeoutMs: number | null, ctx: StageContext): unknown {
    const { stage, input } = task.wire;
    // A step that is over its time fails, and may be taken again. It is said here alone, for all: what is kept counts as
    // taken in, by whatever clock, and what is not as failed.
    const keep = (accumulator: unknown) => {
      const isLate = nowMs() - task.startMs > (timeoutMs ?? Infinity);
      if (isLate || task.isAborted) throw abortReason();
      this.#values.set(stage, accumulator);
    };
    const next = module.default(this.#of(stage, module), input, ctx);
    return isThenable(next) ? after(asPromise(next), keep) : keep(next);
  }

  /** What a fold puts out in the end. */
  finish(stage: number, module: StageModule, ctx: StageContext): unknown {
    const accumulator = this.#of(stage, module);
    this.#values.delete(stage);
    if (typeof module.finish !== 'function') return accumulator;
    return (module.finish as (accumulator: unknown, ctx: StageContext) => unknown)(
      accumulator,
      ctx,
    );
  }
}
