import type { CodeOf } from '../base/code-of.ts';
import type { Machine } from './machine.ts';

export * as TimerKind from './codes/timer-kind.ts';
export type TimerKind = CodeOf<typeof import('./codes/timer-kind.ts')>;

export interface Timer {
  kind: TimerKind;
  stage: number;
  item: number;
}

/** What each open timer is for. Numbers are never reused, so the order of creation is their order. */
export class Timers {
  readonly #open = new Map<number, Timer>();
  readonly #machine: Machine;
  #next = 0;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  get count(): number {
    return this.#open.size;
  }

  set(kind: TimerKind, stage: number, item: number, atMs: number): number {
    const timer = this.#next++;
    this.#open.set(timer, { kind, stage, item });
    this.#machine.setTimer(timer, atMs);
    return timer;
  }

  clear(timer: number): void {
    if (this.#open.delete(timer)) this.#machine.clearTimer(timer);
  }

  /** What a due timer was for; undefined if it was cleared meanwhile. */
  take(timer: number): Timer | undefined {
    const found = this.#open.get(timer);
    this.#open.delete(timer);
    return found;
  }

  /** Clears those of a kind at a stage, and tells their items in the order they were set. */
  drainOf(kind: TimerKind, stage: number): number[] {
    const items: number[] = [];
    for (const [timer, what] of this.#open) {
      if (what.kind !== kind || what.stage !== stage) continue;
      this.clear(timer);
      items.push(what.item);
    }
    return items;
  }

  /** Clears all, and tells what they were for. */
  drain(): Timer[] {
    const all = [...this.#open];
    this.#open.clear();
    for (const [timer] of all) this.#machine.clearTimer(timer);
    return all.map(([, what]) => what);
  }
}
