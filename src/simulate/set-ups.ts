import { meanOf } from '../base/draw-mean.ts';
import type { StageService } from '../engine/service.ts';

/**
 * ms that `setup.when: "start"` of all stages takes on one worker. Before any item exists there is
 * nothing to draw for, so each phase takes its mean.
 */
export function setUpAtStartMs(services: readonly StageService[]): number {
  let totalMs = 0;
  for (const { setup, setupWhen } of services) {
    if (setupWhen !== 'start') continue;
    for (const { draw } of setup) totalMs += meanOf(draw);
  }
  return totalMs;
}

/** A task, and its number for good: rows are reused. */
export interface Waiter {
  task: number;
  number: number;
}

interface SetUp {
  isDone: boolean;
  /** Tasks of the stage that wait on this worker until it is done. */
  waiting: Waiter[];
}

/** Which stages are set up on which workers, once a worker (`setup.when: "worker"`). */
export class SetUps {
  readonly #workers: Map<number, SetUp>[];

  constructor(workers: number) {
    this.#workers = Array.from({ length: workers }, () => new Map());
  }

  /** `mine`: this task does it. `wait`: another task is at it; `finish` or `abandon` tells when it is over. */
  claim(worker: number, stage: number, waiter: Waiter): 'done' | 'mine' | 'wait' {
    const setUp = this.#workers[worker]!.get(stage);
    if (!setUp) {
      this.#workers[worker]!.set(stage, { isDone: false, waiting: [] });
      return 'mine';
    }
    if (setUp.isDone) return 'done';
    setUp.waiting.push(waiter);
    return 'wait';
  }

  /** Returns who waited for it. */
  finish(worker: number, stage: number): Waiter[] {
    const setUp = this.#workers[worker]!.get(stage);
    if (!setUp) return [];
    setUp.isDone = true;
    return setUp.waiting.splice(0);
  }

  /** Its task ended too early: nobody has set the stage up. Returns who waited for it. */
  abandon(worker: number, stage: number): Waiter[] {
    const setUp = this.#workers[worker]!.get(stage);
    this.#workers[worker]!.delete(stage);
    return setUp?.waiting ?? [];
  }

  /** The worker is gone. */
  clear(worker: number): void {
    this.#workers[worker]!.clear();
  }
}
