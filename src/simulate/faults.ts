import { drawUnit, noStage, purpose } from '../base/draws.ts';
import type { FaultPlan } from './fault-plan.ts';
import type { TaskWork } from './task-work.ts';

/** Which chance is drawn: the `phase` of a draw's address. */
const Chance = {
  death: 0,
  deathMoment: 1,
  hang: 2,
  hangKind: 3,
  error: 4,
  itemError: 5,
  stillborn: 6,
  slow: 7,
  refuse: 8,
  failLookUp: 9,
  lookUpDelay: 10,
  lookUpOrder: 11,
} as const;
type Chance = (typeof Chance)[keyof typeof Chance];

/** Names one beginning of a task. */
export interface TaskAddress {
  /** `hashString` of the stage's id. */
  stage: number;
  /** `lineageKey` of the task's first item. */
  item: number;
  attempt: number;
}

export interface TaskFaults {
  /** ms from its start until its worker dies; -1: it lives. */
  diesAfterMs: number;
  /** ms from its start until somebody ends its worker because it hangs; -1: it does not. */
  killedAfterMs: number;
}

/**
 * Draws what a fault plan holds for each task, worker and look-up of one run. Counts how often each was
 * begun, so that what runs again may fare better: make a new one for every run.
 */
export class Faults {
  readonly plan: FaultPlan;
  readonly #begun = new Map<string, number>();
  /** Numbers of tasks that never end. */
  readonly #hung = new Set<number>();
  readonly #lookUps = new Map<string, number>();
  readonly #starts: number[] = [];
  readonly #lanes: ('down' | 'starting' | 'up')[] = [];
  /** Starts under way that were cut off, a worker: their answers must not be heard. */
  readonly #deaf: number[] = [];
  #stored = 0;

  constructor(plan: FaultPlan) {
    this.plan = plan;
  }

  #unit(what: Chance, stage: number, item: number, count: number): number {
    return drawUnit(this.plan.seed, purpose.fault, stage, item, count, what);
  }

  /** What will happen to the task of this number, which begins now. */
  taskBegins(number: number, task: TaskAddress): TaskFaults {
    const { workers, tasks } = this.plan;
    const count = this.#countOf(task, this.#begun, 1);
    const dies = this.#unit(Chance.death, task.stage, task.item, count) < workers.death;
    const moment = dies ? this.#unit(Chance.deathMoment, task.stage, task.item, count) : 0;
    const hangs = this.#unit(Chance.hang, task.stage, task.item, count) < tasks.hang;
    if (hangs) this.#hung.add(number);
    return {
      // Whole quarters of the span: deaths at the very instant of other things, too.
      diesAfterMs: dies ? (Math.floor(moment * 5) / 4) * workers.withinMs : -1,
      killedAfterMs: hangs ? tasks.killAfterMs : -1,
    };
  }

  /** How often this attempt has begun, this time included. */
  #countOf(task: TaskAddress, counts: Map<string, number>, more: number): number {
    const name = `${task.stage}/${task.item}/${task.attempt}`;
    const count = (counts.get(name) ?? 0) + more;
    if (more > 0) counts.set(name, count);
    return count * 64 + task.attempt;
  }

  /** The same work where a worker is slow, or when it never ends. */
  bend(work: TaskWork, number: number, task: TaskAddress, worker: number): void {
    const factor = this.#slowness(worker);
    for (let i = 0; i < work.count; i++) work.segments[i]! *= factor;
    work.setupMs *= factor;
    work.waitedMs *= factor;
    if (!this.#hung.has(number)) return;
    // A loop burns its thread, a promise that never comes only waits.
    const loops = this.#unit(Chance.hangKind, task.stage, task.item, task.attempt) < 0.5;
    work.segments[work.count++] = loops ? Infinity : -Infinity;
  }

  #slowness(worker: number): number {
    const { slow, slowFactor } = this.plan.workers;
    return this.#unit(Chance.slow, noStage, worker, 0) < slow ? slowFactor : 1;
  }

  /** The whole call throws. */
  throws(task: TaskAddress): boolean {
    const count = this.#countOf(task, this.#begun, 0);
    return this.#unit(Chance.error, task.stage, task.item, count) < this.plan.tasks.error;
  }

  /** This item of the call fails alone. */
  itemFails(task: TaskAddress, item: number): boolean {
    const unit = this.#unit(Chance.itemError, task.stage, item, task.attempt);
    return unit < this.plan.tasks.itemError;
  }

  // ── workers ─────────────────────────────────────────────────────────────────────────────────

  /** A worker starts. Returns whether it dies of it. */
  workerStarts(worker: number): boolean {
    const count = (this.#starts[worker] ?? 0) + 1;
    this.#starts[worker] = count;
    this.#lanes[worker] = 'starting';
    return this.#unit(Chance.stillborn, noStage, worker, count) < this.plan.workers.stillborn;
  }

  workerUp(worker: number): void {
    this.#lanes[worker] = 'up';
  }

  workerGone(worker: number): void {
    this.#lanes[worker] = 'down';
  }

  /** A worker is ended from outside. Returns whether there is one. */
  cutOff(worker: number): boolean {
    const lane = this.#lanes[worker] ?? 'down';
    if (lane === 'starting') this.#deaf[worker] = (this.#deaf[worker] ?? 0) + 1;
    return lane !== 'down';
  }

  /** Whether this answer of a starting worker comes from one that was ended meanwhile. */
  wasCutOff(worker: number): boolean {
    const left = this.#deaf[worker] ?? 0;
    if (left > 0) this.#deaf[worker] = left - 1;
    return left > 0;
  }

  // ── cache ───────────────────────────────────────────────────────────────────────────────────

  /** The cache takes this result in. */
  stores(stage: number, key: number): boolean {
    const { room, refuse } = this.plan.cache;
    if (room !== null && this.#stored >= room) return false;
    if (this.#unit(Chance.refuse, stage, key, this.#stored) < refuse) return false;
    this.#stored++;
    return true;
  }

  /** One look-up: how long it takes, its place among those of one instant, and whether it fails. */
  lookUp(stage: number, item: number): { delayMs: number; order: number; fails: boolean } {
    const { lateMs, shuffled, failLookUp } = this.plan.cache;
    const count = this.#countOf({ stage, item, attempt: 0 }, this.#lookUps, 1);
    const delay = this.#unit(Chance.lookUpDelay, stage, item, count);
    const order = this.#unit(Chance.lookUpOrder, stage, item, count);
    return {
      delayMs: (Math.floor(delay * 5) / 4) * lateMs,
      order: shuffled ? Math.floor(order * 0x4000_0000) : 0,
      fails: this.#unit(Chance.failLookUp, stage, item, count) < failLookUp,
    };
  }
}
