import { setTimeout as sleep } from 'node:timers/promises';
import { hashString } from '../../../../base/draws.ts';
import { SeededRandom } from '../../../../base/seeded-random.ts';
import type { ServiceSettings } from '../../../../pipeline/types.ts';
import type { Answerer, CounterWrite } from './asks.ts';
import { Many, none } from './outcome.ts';
import { servicePages } from './service.ts';
import type { Task } from './task.ts';

export interface ContextParts {
  seed: number;
  /** What `ctx.service` pages through. */
  service: ServiceSettings;
  ask: Answerer;
  signal: AbortSignal;
  /** What `setup()` returned on this thread. */
  setup: unknown;
}

/** The `ctx` that stage code gets. */
export function makeContext(task: Omit<Task, 'input'>, parts: ContextParts) {
  const { seed, service, ask, signal, setup } = parts;
  let random: SeededRandom | null = null;
  const wait = async (ms: number): Promise<void> => {
    if (!(ms >= 0)) throw new RangeError(`ctx.wait(${String(ms)}): give ms, 0 or more.`);
    await sleep(ms, undefined, { signal });
  };
  return {
    /** Number of the item, or of the first one of a batch. */
    item: task.number,
    attempt: task.attempt,
    setup,
    /** Aborted when the task times out. */
    signal,
    none,
    many: (values: Iterable<unknown>) => new Many(values),
    /** In [0, 1): the same for the same item and attempt in every run. */
    random(): number {
      const stream = hashString(`${task.stage}/${task.key}/${task.attempt}`);
      random ??= new SeededRandom(seed, stream);
      return random.next();
    },
    wait,
    /** On standard error: standard output is for results. */
    log: (...values: unknown[]) => console.error(`[${task.stage}, item ${task.number}]`, ...values),
    counter: {
      add: (name: string, by = 1, { write = 'through' as CounterWrite } = {}) =>
        ask({ what: 'add', name, by, write }),
      value: (name: string) => ask({ what: 'value', name }),
    },
    service: servicePages({ settings: service, seed, attempt: task.attempt, wait, ask }),
    /** What seeded draws of synthetic stages descend from. */
    draws: { ...task, seed, stage: hashString(task.stage) },
  };
}

export type StageContext = ReturnType<typeof makeContext>;
