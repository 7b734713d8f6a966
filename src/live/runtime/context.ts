import { hashString } from '../../base/draws.ts';
import { SeededRandom } from '../../base/seeded-random.ts';
import { logTextMax } from '../wire.ts';
import type { OpenTask } from './open-task.ts';

/** What a stage returns to make children of its item. */
export class Many {
  readonly values: unknown[];
  constructor(values: Iterable<unknown>) {
    this.values = [...values];
  }
}
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

  constructor(task: OpenTask, setup: unknown) {
    this.#task = task;
    this.item = task.wire.item;
    this.attempt = task.wire.attempt;
    this.setup = setup;
    // Stage code takes these apart ("const { wait, log } = ctx"), so they are bound.
    this.many = this.many.bind(this);
    this.random = this.random.bind(this);
    this.wait = this.wait.bind(this);
    this.log = this.log.bind(this);
  }

  get signal(): AbortSignal {
    return this.#task.signal;
  }

  many(values: Iterable<unknown>): Many {
    return new Many(values);
  }

  /** The same draws for the same item and attempt in every run. */
  random(): number {
    const { seed, stageId, wire } = this.#task;
    this.#random ??= new SeededRandom(
      seed,
      hashString(`${stageId}/${wire.itemKey}/${wire.attempt}`),
    );
    return this.#random.next();
  }

  wait(ms: number): Promise<void> {
    return this.#task.wait(ms);
  }

  log(...values: unknown[]): void {
    this.#task.log(() => values.map(show).join(' ').slice(0, logTextMax));
  }

  get service(): never {
    throw new Error('ctx.service is not available yet; ctx.wait(ms) can stand for a call.');
  }
  get counter(): never {
    throw new Error('ctx.counter is not available yet; keep counts in a fold stage.');
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
