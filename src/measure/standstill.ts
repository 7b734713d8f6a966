import { formatMs } from '../base/units.ts';

/** What of a run's progress tells whether it gets anywhere. */
export interface Pulse {
  /** Tasks that have come to an end. */
  tasksDone: number;
  /** Tasks running, a stage. */
  running: readonly number[];
}

/** No honest task of a pipeline takes so long without a word, ms. */
const tellAfterMs = 15_000;

/** Notices that tasks run and none of them comes to its end: code may wait for what never comes. */
export class Standstill {
  readonly #names: readonly string[];
  #tasksDone = -1;
  #sinceMs = 0;

  /** @param names of the stages, in their order */
  constructor(names: readonly string[]) {
    this.#names = names;
  }

  /** What to say of it, in half a sentence; null: things go on, or nothing runs. */
  at(nowMs: number, { tasksDone, running }: Pulse): string | null {
    const stages = this.#names.filter((_, stage) => (running[stage] ?? 0) > 0);
    if (tasksDone !== this.#tasksDone || stages.length === 0) {
      this.#tasksDone = tasksDone;
      this.#sinceMs = nowMs;
    }
    const forMs = nowMs - this.#sinceMs;
    if (forMs < tellAfterMs) return null;
    const where = stages.map((name) => `“${name}”`).join(' and ');
    return `nothing has ended for ${formatMs(Math.floor(forMs / 1000) * 1000)}: what runs at ${where} may wait for what never comes`;
  }
}
