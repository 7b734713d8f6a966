import type { EventHeap } from '../base/heap.ts';
import { failedEntry, plain, type TaskEnd } from '../engine/machine.ts';
import type { Plan } from '../engine/plan.ts';
import type { Overheads } from '../engine/runner.ts';
import type { Scheduler } from '../engine/scheduler.ts';
import { TaskKind } from '../engine/task-table.ts';
import type { ItemDraws, StageService } from '../engine/service.ts';
import type { Faults, TaskAddress } from './faults.ts';
import { SetUps } from './set-ups.ts';
import type { SharedCores } from './shared-cores.ts';
import { fillWork, noWork, type TaskToDraw, type TaskWork } from './task-work.ts';
import { Threads } from './threads.ts';

/** After the signal a task has this long before its worker is terminated. */
const graceMs = 50;

export interface SimulatedTasksParts {
  plan: Plan;
  scheduler: Scheduler;
  services: readonly StageService[];
  draws: ItemDraws;
  overheads: Overheads;
  /** null: no core is shared. */
  cores: SharedCores | null;
  /** null: nothing goes wrong but what the document says. */
  faults: Faults | null;
  /** A `TaskEvent`, the task's number and its row: what is called then has the event's name. */
  events: EventHeap;
  /** One item's result is there; `count` outputs. Returns their bytes. */
  putOut(stage: number, item: number, count: number): number;
  sizeOf(stage: number, item: number): number;
}

/** A task on its worker. One object a row, used again by the next task there. */
interface Running {
  /** The task's number; -1: nothing runs in this row. */
  number: number;
  work: TaskWork;
  /** Index of the segment under way. */
  next: number;
  startMs: number;
  /** Others may wait for the set-up it does. */
  setsUpWorker: boolean;
  timedOut: boolean;
  aborted: boolean;
}

/** What happens to a task, in the order of one instant. */
export const TaskEvent = { phaseEnd: 0, timeout: 1, kill: 2, death: 3 } as const;
export type TaskEvent = (typeof TaskEvent)[keyof typeof TaskEvent];

/** Tasks under way in virtual time: set-up, phases, threads, time-outs. */
export class SimulatedTasks {
  /** Kept true by the machine. */
  nowMs = 0;
  readonly #parts: SimulatedTasksParts;
  readonly #running: Running[] = [];
  readonly #toDraw: TaskToDraw = {
    item: 0,
    members: null,
    attempt: 1,
    overheadMs: 0,
    setsUp: false,
    serves: true,
  };
  readonly #threads: Threads;
  readonly #setUps: SetUps;
  readonly #end: TaskEnd = {
    outcome: 'ok',
    startMs: 0,
    endMs: 0,
    setupMs: 0,
    waitedMs: 0,
    bytes: 0,
    outputs: null,
  };

  constructor(parts: SimulatedTasksParts) {
    this.#parts = parts;
    const { plan, cores } = parts;
    this.#threads = new Threads(plan.workers, cores, (afterMs, task, taskNumber) =>
      parts.events.push(this.nowMs + afterMs, TaskEvent.phaseEnd, taskNumber, task),
    );
    this.#setUps = new SetUps(plan.workers);
  }

  /** The task of that number, if it still is in this row. */
  #current(task: number, taskNumber: number): Running | null {
    const running = this.#running[task];
    return running?.number === taskNumber ? running : null;
  }

  start(task: number, stage: number, worker: number): void {
    const service = this.#parts.services[stage]!;
    const running = this.#rowOf(task);
    running.number = this.#parts.scheduler.taskNumber(task);
    running.next = 0;
    running.startMs = this.nowMs;
    running.setsUpWorker = false;
    running.timedOut = false;
    running.aborted = false;
    if (service.timeoutMs < Infinity) {
      this.#parts.events.push(
        this.nowMs + service.timeoutMs,
        TaskEvent.timeout,
        running.number,
        task,
      );
    }
    if (this.#parts.faults) this.#drawFaults(this.#parts.faults, task, running, service);
    this.#begin(task, service, worker);
  }

  /** How a fault plan names a task. */
  #addressOf(task: number, service: StageService): TaskAddress {
    const { scheduler, draws } = this.#parts;
    const item = draws.lineageOf(scheduler.taskItem(task));
    return { stage: service.hash, item, attempt: scheduler.taskAttempt(task) };
  }

  #drawFaults(faults: Faults, task: number, running: Running, service: StageService): void {
    const address = this.#addressOf(task, service);
    const { diesAfterMs, killedAfterMs } = faults.taskBegins(running.number, address);
    const { events } = this.#parts;
    if (diesAfterMs >= 0) {
      events.push(this.nowMs + diesAfterMs, TaskEvent.death, running.number, task);
    }
    // With a time-out of its own it needs nobody to end it.
    if (killedAfterMs >= 0 && service.timeoutMs === Infinity) {
      events.push(this.nowMs + killedAfterMs, TaskEvent.death, running.number, task);
    }
  }

  #rowOf(task: number): Running {
    return (this.#running[task] ??= {
      ...{ number: -1, work: noWork(), next: 0, startMs: 0 },
      ...{ setsUpWorker: false, timedOut: false, aborted: false },
    });
  }

  #begin(task: number, service: StageService, worker: number): void {
    const running = this.#running[task]!;
    const claim = this.#claimSetUp(service, worker, task);
    running.setsUpWorker = claim === 'mine' && service.setupWhen === 'worker';
    this.#drawWork(running.work, task, service, claim === 'mine');
    if (claim === 'wait') return;
    if (running.setsUpWorker && running.work.setupEnd === 0) {
      this.#setUpDone(running, service, worker);
    }
    this.#nextSegment(task, running, worker);
  }

  #drawWork(work: TaskWork, task: number, service: StageService, setsUp: boolean): void {
    const { scheduler } = this.#parts;
    const kind = scheduler.taskKind(task);
    const item = scheduler.taskItem(task);
    const { startTaskMs, perByteMs } = this.#parts.overheads;
    let overheadMs = startTaskMs;
    if (perByteMs > 0) {
      for (const parent of this.#parts.plan.stages[service.index]!.parents) {
        overheadMs += perByteMs * this.#parts.sizeOf(parent, item);
      }
    }
    const toDraw = this.#toDraw;
    toDraw.item = item;
    toDraw.members = kind === TaskKind.all ? null : scheduler.taskMembers(task);
    toDraw.attempt = scheduler.taskAttempt(task);
    toDraw.overheadMs = overheadMs;
    toDraw.setsUp = setsUp;
    // The end of a fold is taken to cost nothing: its steps did the work.
    toDraw.serves = kind !== TaskKind.foldFinish;
    fillWork(work, this.#parts.draws, service, toDraw);
    const { faults } = this.#parts;
    if (!faults) return;
    const address = this.#addressOf(task, service);
    faults.bend(work, this.#running[task]!.number, address, scheduler.taskWorker(task));
  }

  /** What a task has to do with its stage's set-up. */
  #claimSetUp(service: StageService, worker: number, task: number): 'done' | 'mine' | 'wait' {
    if (service.setup.length === 0 || service.setupWhen === 'start') return 'done';
    return service.setupWhen === 'task'
      ? 'mine'
      : this.#setUps.claim(worker, service.index, { task, number: this.#running[task]!.number });
  }

  /** The stage is set up on this worker: those who waited for it go on. */
  #setUpDone(running: Running, service: StageService, worker: number): void {
    running.setsUpWorker = false;
    for (const { task, number } of this.#setUps.finish(worker, service.index)) {
      const waiter = this.#current(task, number);
      if (!waiter) continue;
      waiter.work.setupMs = this.nowMs - waiter.startMs;
      this.#nextSegment(task, waiter, worker);
    }
  }

  /** It ended before that: the next of them sets the stage up. */
  #setUpAbandoned(service: StageService, worker: number): void {
    for (const { task, number } of this.#setUps.abandon(worker, service.index)) {
      if (this.#current(task, number)) this.#begin(task, service, worker);
    }
  }

  #nextSegment(task: number, running: Running, worker: number): void {
    if (running.next >= running.work.count) {
      // Also a task that costs nothing ends by an event, after the starts of this instant.
      this.#parts.events.push(this.nowMs, TaskEvent.phaseEnd, running.number, task);
      return;
    }
    const ms = running.work.segments[running.next]!;
    if (ms < 0) this.#parts.events.push(this.nowMs - ms, TaskEvent.phaseEnd, running.number, task);
    else this.#threads.burn(worker, task, running.number, ms, this.nowMs);
  }

  phaseEnded(task: number, taskNumber: number): void {
    const running = this.#current(task, taskNumber);
    if (!running) return;
    const worker = this.#parts.scheduler.taskWorker(task);
    if (running.aborted) {
      this.#threads.leave(worker, task, this.nowMs);
      this.#finish(task, running, 'cancelled');
      return;
    }
    if (this.#threads.isBurning(worker, task)) this.#threads.done(worker, this.nowMs);
    running.next++;
    if (running.setsUpWorker && running.next >= running.work.setupEnd && !running.timedOut) {
      this.#setUpDone(
        running,
        this.#parts.services[this.#parts.scheduler.taskStage(task)]!,
        worker,
      );
    }
    if (running.timedOut) this.#finish(task, running, 'timed-out');
    else if (running.next < running.work.count) this.#nextSegment(task, running, worker);
    else this.#complete(task, running);
  }

  #complete(task: number, running: Running): void {
    const { scheduler } = this.#parts;
    const stage = scheduler.taskStage(task);
    const service = this.#parts.services[stage]!;
    const item = scheduler.taskItem(task);
    const { faults } = this.#parts;
    const address = faults ? this.#addressOf(task, service) : null;
    if (
      this.#parts.draws.fails(service, item, scheduler.taskAttempt(task)) ||
      (address && faults?.throws(address))
    ) {
      this.#finish(task, running, 'failed');
      return;
    }
    const kind = scheduler.taskKind(task);
    if (kind === TaskKind.foldStep) {
      this.#finish(task, running, 'ok');
      return;
    }
    const members = kind === TaskKind.item ? scheduler.taskMembers(task) : null;
    if (members === null && address === null) {
      const count = this.#parts.draws.outputs(service, item);
      if (count !== 1) this.#end.outputs = [count];
      this.#end.bytes = this.#parts.putOut(stage, item, count);
    } else this.#completeEach(stage, service, members ?? [item], address);
    this.#finish(task, running, 'ok');
  }

  /** One entry an item, some of which may have failed by themselves. */
  #completeEach(
    stage: number,
    service: StageService,
    members: ArrayLike<number>,
    address: TaskAddress | null,
  ): void {
    const { faults, draws } = this.#parts;
    const outputs: number[] = [];
    for (let i = 0; i < members.length; i++) {
      const member = members[i]!;
      if (address && faults?.itemFails(address, draws.lineageOf(member))) {
        outputs.push(failedEntry);
        continue;
      }
      const count = draws.outputs(service, member);
      outputs.push(count === 1 ? plain : count);
      this.#end.bytes += this.#parts.putOut(stage, member, count);
    }
    this.#end.outputs = outputs;
  }

  #finish(task: number, running: Running, outcome: TaskEnd['outcome']): void {
    const end = this.#end;
    end.outcome = outcome;
    end.startMs = running.startMs;
    end.endMs = this.nowMs;
    end.setupMs = running.work.setupMs;
    end.waitedMs = running.work.waitedMs;
    running.number = -1;
    const stage = this.#parts.scheduler.taskStage(task);
    const worker = this.#parts.scheduler.taskWorker(task);
    this.#parts.scheduler.taskEnded(this.nowMs, task, end);
    if (running.setsUpWorker) this.#setUpAbandoned(this.#parts.services[stage]!, worker);
    end.outputs = null;
    end.bytes = 0;
  }

  // ── time-outs and stops ─────────────────────────────────────────────────────────────────────

  /** The signal: a wait obeys it at once, CPU work does not hear it. */
  timeOut(task: number, taskNumber: number): void {
    const running = this.#current(task, taskNumber);
    if (!running) return;
    running.timedOut = true;
    const worker = this.#parts.scheduler.taskWorker(task);
    if (this.#threads.isBurning(worker, task)) {
      this.#parts.events.push(this.nowMs + graceMs, TaskEvent.kill, running.number, task);
      return;
    }
    this.#threads.leave(worker, task, this.nowMs);
    this.#finish(task, running, 'timed-out');
  }

  /** Terminates a worker: the culprit has timed out, its neighbours are lost and run again elsewhere. */
  kill(culprit: number, taskNumber: number): void {
    const blamed = this.#current(culprit, taskNumber);
    if (!blamed) return;
    const worker = this.#parts.scheduler.taskWorker(culprit);
    this.#threads.clear(worker, this.nowMs);
    this.#setUps.clear(worker);
    this.#finish(culprit, blamed, 'timed-out');
    this.#loseAll(worker, 'displaced');
  }

  /** A task's worker dies under it. */
  dieUnder(task: number, taskNumber: number): void {
    if (this.#current(task, taskNumber)) this.workerDies(this.#parts.scheduler.taskWorker(task));
  }

  /** A worker dies without explanation. */
  workerDies(worker: number): void {
    this.#threads.clear(worker, this.nowMs);
    this.#setUps.clear(worker);
    this.#loseAll(worker, 'lost');
  }

  #loseAll(worker: number, outcome: 'lost' | 'displaced'): void {
    const { scheduler } = this.#parts;
    const open: number[] = [];
    for (let task = 0; task < this.#running.length; task++) {
      const running = this.#running[task];
      if (!running || running.number < 0) continue;
      if (scheduler.taskWorker(task) === worker) open.push(task);
    }
    open.sort((a, b) => this.#running[a]!.number - this.#running[b]!.number);
    for (const task of open) this.#finish(task, this.#running[task]!, outcome);
    this.#parts.faults?.workerGone(worker);
    scheduler.workerLost(this.nowMs, worker);
  }

  abort(task: number): void {
    const running = this.#running[task];
    if (!running || running.number < 0) return;
    running.aborted = true;
    this.#parts.events.push(this.nowMs, TaskEvent.phaseEnd, running.number, task);
  }
}
