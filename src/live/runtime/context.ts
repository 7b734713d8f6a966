import { hashString } from '../../base/draws.ts';
import { SeededRandom } from '../../base/seeded-random.ts';
import { logTextMax } from '../wire.ts';
import { counterOf, type StageCounter } from './counter.ts';
import { manyOf, type Many } from './many.ts';
import type { OpenTask } from './open-task.ts';
import { StageService } from './service.ts';

/** What a stage returns to end its item there. */
export const none = Object.freeze({ ends: 'here' });

/** The `ctx` that stage code gets. */
export class StageContext {
  readonly item: number;
  readonly attempt: number;
  readonly setup: unknown;
  readonly none = none;
  readonly #task: OpenTask;
  #random: SeededRandom | null = null;
  #service: StageService | null = null;

  constructor(task: OpenTask, setup: unknown) {
    this.#task = task;
    this.item = task.wire.item;
    this.attempt = task.wire.attempt;
    this.setup = setup;
  }

  // Stage code takes these apart ("const { wait, log } = ctx"), so they are bound; only when they are asked
  // for, since most tasks ask for none, and four functions a task keep the garbage collector busy.
  get many(): (values: Iterable<unknown>) => Many {
    return (values) => manyOf(values, 'ctx.many');
  }
  /** The same draws for the same item and attempt in every run. */
  get random(): () => number {
    return () => this.#draw();
  }
  get wait(): (ms: number) => Promise<void> {
    return (ms) => this.#task.wait(ms);
  }
  get log(): (...values: unknown[]) => void {
    return (...values) => this.#task.log(() => values.map(show).join(' ').slice(0, logTextMax));
  }

  get signal(): AbortSignal {
    return this.#task.signal;
  }

  #draw(): number {
    const { seed, stageId, wire } = this.#task;
    this.#random ??= new SeededRandom(
      seed,
      hashString(`${stageId}/${wire.itemKey}/${wire.attempt}`),
    );
    return this.#random.next();
  }

  /** The seeded, paged and rate-limited service. */
  get service(): StageService {
    return (this.#service ??= new StageService(this.#task));
  }
  /** Counters that outlive the run. */
  get counter(): StageCounter {
    return counterOf(this.#task);
  }
}

function show(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return typeof value === 'object' ? (JSON.stringify(value) ?? String(value)) : String(value);
  } catch {
    return '(cannot be shown)';
  }
}
