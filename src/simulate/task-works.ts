import type { Overheads } from '../engine/runner.ts';
import type { Scheduler } from '../engine/scheduler.ts';
import type { ItemDraws, StageService } from '../engine/service.ts';
import { TaskKind } from '../engine/task-table.ts';
import type { Faults, TaskAddress } from './faults.ts';
import type { Payloads } from './task-outputs.ts';
import { taskInputBytes } from './input-bytes.ts';
import { workerShare } from './simulated-coordinator.ts';
import { drawBare, fillWork, type TaskToDraw, type TaskWork } from './task-work.ts';

export interface TaskWorksParts {
  scheduler: Scheduler;
  services: readonly StageService[];
  draws: ItemDraws;
  overheads: Overheads;
  faults: Faults | null;
  payloads: Payloads;
}

/** Draws what tasks will do: overhead, set-up, service. */
export class TaskWorks {
  readonly #scheduler: Scheduler;
  readonly #draws: ItemDraws;
  readonly #overheads: Overheads;
  readonly #faults: Faults | null;
  readonly #payloads: Payloads;
  /** The worker's part of copying, ms a byte. */
  readonly #copyMs: number;
  /** A stage: 1 if a single item costs nothing but one phase of CPU work. */
  readonly #isBare: Uint8Array;
  /** Worker → stages whose code its thread has come to. */
  readonly #warm: Set<number>[] = [];
  readonly #toDraw: TaskToDraw = {
    item: 0,
    members: null,
    attempt: 1,
    overheadMs: 0,
    setsUp: false,
    coldMs: 0,
    serves: true,
  };

  constructor(parts: TaskWorksParts) {
    this.#scheduler = parts.scheduler;
    this.#draws = parts.draws;
    this.#overheads = parts.overheads;
    this.#faults = parts.faults;
    this.#payloads = parts.payloads;
    this.#copyMs = workerShare(parts.overheads) * parts.overheads.perByteMs;
    this.#isBare = Uint8Array.from(parts.services, (service) =>
      Number(this.#costsOnePhase(service)),
    );
  }

  #costsOnePhase({ phases, setsUpTasks, coldMs }: StageService): boolean {
    const { startTaskMs, perByteMs } = this.#overheads;
    const isFree = startTaskMs === 0 && perByteMs === 0 && this.#faults === null;
    return isFree && !setsUpTasks && coldMs === 0 && phases.length === 1 && !phases[0]!.waits;
  }

  /** How a fault plan names a task. */
  addressOf(task: number, service: StageService): TaskAddress {
    const scheduler = this.#scheduler;
    const draws = this.#draws;
    const item = draws.lineageOf(scheduler.taskItem(task));
    return { stage: service.hash, item, attempt: scheduler.taskAttempt(task) };
  }

  draw(task: number, work: TaskWork, service: StageService, setsUp: boolean): void {
    const scheduler = this.#scheduler;
    const kind = scheduler.taskKind(task);
    const item = scheduler.taskItem(task);
    if (
      this.#isBare[service.index] === 1 &&
      kind === TaskKind.item &&
      !scheduler.taskMembers(task)
    ) {
      drawBare(work, this.#draws, service, item, scheduler.taskAttempt(task));
      return;
    }
    this.#drawWhole(task, work, service, kind, item, setsUp);
  }

  #drawWhole(
    task: number,
    work: TaskWork,
    service: StageService,
    kind: TaskKind,
    item: number,
    setsUp: boolean,
  ): void {
    const scheduler = this.#scheduler;
    const { startTaskMs } = this.#overheads;
    const toDraw = this.#toDraw;
    toDraw.item = item;
    toDraw.members = kind === TaskKind.all ? null : scheduler.taskMembers(task);
    toDraw.attempt = scheduler.taskAttempt(task);
    toDraw.overheadMs =
      this.#copyMs > 0
        ? startTaskMs + this.#copyMs * taskInputBytes(scheduler, this.#payloads, task)
        : startTaskMs;
    toDraw.setsUp = setsUp;
    const { coldMs, index } = service;
    // Another task may run the code before this one comes to it: then it takes no longer after all.
    toDraw.coldMs = coldMs > 0 && !this.#isWarm(scheduler.taskWorker(task), index) ? coldMs : 0;
    // The end of a fold is taken to cost nothing: its steps did the work.
    toDraw.serves = kind !== TaskKind.foldFinish;
    fillWork(work, this.#draws, service, toDraw);
    if (this.#faults) this.#bend(this.#faults, task, work, service);
  }

  #isWarm(worker: number, stage: number): boolean {
    return this.#warm[worker]?.has(stage) === true;
  }

  /** A thread comes to a stage's code. Returns whether its worker had run it before. */
  wasWarm(worker: number, stage: number): boolean {
    if (this.#isWarm(worker, stage)) return true;
    (this.#warm[worker] ??= new Set()).add(stage);
    return false;
  }

  /** What comes in a worker's place has compiled nothing yet. */
  workerGone(worker: number): void {
    this.#warm[worker]?.clear();
  }

  #bend(faults: Faults, task: number, work: TaskWork, service: StageService): void {
    const address = this.addressOf(task, service);
    const number = this.#scheduler.taskNumber(task);
    faults.bend(work, number, address, this.#scheduler.taskWorker(task));
  }
}
