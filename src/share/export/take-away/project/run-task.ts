import { purpose } from '../../../../base/draws.ts';
import type { ServiceSettings } from '../../../../pipeline/types.ts';
import type { Answerer } from './asks.ts';
import { makeContext, type StageContext } from './context.ts';
import { batchEntries, drained, entryOf, messageOf } from './outcome.ts';
import { play, playMeans } from './phases.ts';
import type { StageSettings } from './settings.ts';
import type { Outcome, Task } from './task.ts';

/** A stage's module, as `stages/` holds it. */
interface StageModule {
  default: (...args: unknown[]) => unknown;
  setup?: () => unknown;
  /** Of a fold: what it begins with, and what its result is made of. */
  init?: unknown;
  finish?: (sum: unknown, ctx: StageContext) => unknown;
}

export interface RunnerParts {
  seed: number;
  service: ServiceSettings;
  stages: readonly StageSettings[];
  load: (stage: string) => Promise<unknown>;
  ask: Answerer;
}

/** Runs tasks on the thread it is made on. */
export class TaskRunner {
  readonly #parts: RunnerParts;
  readonly #modules = new Map<string, Promise<StageModule>>();
  /** Stage → what its `setup()` gives on this thread. */
  readonly #setUps = new Map<string, Promise<unknown>>();
  /** Stage → what its fold has come to. */
  readonly #sums = new Map<string, unknown>();

  constructor(parts: RunnerParts) {
    this.#parts = parts;
  }

  /** Sets up what is to be set up before the first item comes. */
  async prepare(): Promise<void> {
    for (const { id, setup } of this.#parts.stages) {
      if (setup.when !== 'start') continue;
      const module = await this.#load(id);
      const ctx = this.#context(standIn(id), new AbortController().signal, undefined);
      await playMeans(setup.phases, ctx);
      this.#setUps.set(id, Promise.resolve(await module.setup?.()));
    }
  }

  /** Never rejects: what a stage throws is an outcome. */
  async run(task: Task): Promise<Outcome> {
    const stage = this.#parts.stages.find(({ id }) => id === task.stage)!;
    const control = new AbortController();
    const startMs = performance.now();
    const { timeout } = stage;
    let timer: NodeJS.Timeout | undefined;
    try {
      const work = this.#work(task, stage, control.signal);
      if (timeout === null) return await work;
      const late = new Error(`It took longer than its timeout of ${timeout} ms.`);
      const isLate = new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
          reject(late);
          control.abort(late);
        }, timeout);
      });
      const outcome = await Promise.race([work, isLate]);
      // Nothing could stop it while it kept the thread busy.
      if (performance.now() - startMs > timeout) throw late;
      return outcome;
    } catch (error) {
      return { error: messageOf(error) };
    } finally {
      clearTimeout(timer);
    }
  }

  async #work(task: Task, stage: StageSettings, signal: AbortSignal): Promise<Outcome> {
    const module = await this.#load(task.stage);
    const setup = await this.#setUp(task, stage, module, signal);
    const ctx = this.#context(task, signal, setup);
    if (task.kind === 'fold-step') {
      const sum = await module.default(this.#sum(task.stage, module), task.input, ctx);
      // A step that is over its time has failed, and may be taken again.
      if (!signal.aborted) this.#sums.set(task.stage, sum);
      return { entries: [{ children: [] }] };
    }
    if (task.kind === 'fold-finish') {
      const sum = this.#sum(task.stage, module);
      this.#sums.delete(task.stage);
      return { entries: [entryOf(await (module.finish ? module.finish(sum, ctx) : sum))] };
    }
    const result = await drained(await module.default(task.input, ctx));
    // A generator's values are children of the item, which a batch has several of.
    if (task.kind === 'batch') return { entries: batchEntries(result, task.members.length) };
    return { entries: [entryOf(result)] };
  }

  #sum(stage: string, { init }: StageModule): unknown {
    if (!this.#sums.has(stage)) {
      this.#sums.set(stage, typeof init === 'function' ? (init as () => unknown)() : init);
    }
    return this.#sums.get(stage);
  }

  /** Once a thread, unless the stage wants it for each task; if it fails, the next task does it anew. */
  #setUp(
    task: Task,
    { setup: { phases, when } }: StageSettings,
    module: StageModule,
    signal: AbortSignal,
  ): Promise<unknown> {
    const known = this.#setUps.get(task.stage);
    if (known && when !== 'task') return known;
    const doing = (async () => {
      await play(phases, purpose.setup, this.#context(task, signal, undefined));
      return module.setup?.();
    })();
    if (when !== 'task') {
      this.#setUps.set(task.stage, doing);
      doing.catch(() => this.#setUps.delete(task.stage));
    }
    return doing;
  }

  #context(task: Task, signal: AbortSignal, setup: unknown): StageContext {
    const { seed, service, ask } = this.#parts;
    const { input: _, ...who } = task;
    return makeContext(who, { seed, service, ask, signal, setup });
  }

  #load(stage: string): Promise<StageModule> {
    let module = this.#modules.get(stage);
    if (!module) {
      module = this.#parts.load(stage) as Promise<StageModule>;
      this.#modules.set(stage, module);
    }
    return module;
  }
}

/** Stands for the work that belongs to no item. */
export const standIn = (stage: string): Task => ({
  ...{ stage, kind: 'item', input: undefined, number: 0, key: 0, attempt: 1 },
  members: [{ number: 0, key: 0 }],
});
