import type { EventHeap } from '../base/heap.ts';
import { graceMs, type TaskEnd } from '../engine/machine.ts';
import type { Plan } from '../engine/plan.ts';
import type { Overheads } from '../engine/runner.ts';
import type { Scheduler } from '../engine/scheduler.ts';
import { TaskKind } from '../engine/task-table.ts';
import type { ItemDraws, StageService } from '../engine/service.ts';
import type { Faults, TaskAddress } from './faults.ts';
import * as Rank from './event-rank.ts';
import { gotThread, idleRow, neverBegan, waitedForSetUp, type Running } from './running-task.ts';
import { SetUps } from './set-ups.ts';
import type { SharedCores } from './shared-cores.ts';
import { drawBare, fillWork, type TaskToDraw } from './task-work.ts';
import { TaskOutputs, type Payloads } from './task-outputs.ts';
import { Threads, type BurnEnds } from './threads.ts';

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
  /** A rank, the task's number and its row: what is called then has the event's name. */
  events: EventHeap;
  payloads: Payloads;
}

/** Tasks under way in virtual time: set-up, phases, threads, time-outs. */
export class SimulatedTasks implements BurnEnds {
  /** Kept true by the machine. */
  nowMs = 0;
  readonly #payloads: Payloads;
  // What every task needs, at hand.
  readonly #scheduler: Scheduler;
  readonly #services: readonly StageService[];
  readonly #draws: ItemDraws;
  readonly #overheads: Overheads;
  readonly #faults: Faults | null;
  readonly #events: EventHeap;
  readonly #running: Running[] = [];
  /** A stage: 1 if a single item costs nothing but one phase of CPU work. */
  readonly #isBare: Uint8Array;
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
  readonly #outputs: TaskOutputs;
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
    this.#payloads = parts.payloads;
    const { plan, cores } = parts;
    this.#scheduler = parts.scheduler;
    this.#services = parts.services;
    this.#draws = parts.draws;
    this.#overheads = parts.overheads;
    this.#faults = parts.faults;
    this.#isBare = Uint8Array.from(parts.services, (service) =>
      Number(this.#costsOnePhase(service)),
    );
    this.#events = parts.events;
    this.#outputs = new TaskOutputs(parts.scheduler, parts.draws, parts.payloads);
    this.#threads = new Threads(plan.workers, cores, this);
    this.#setUps = new SetUps(plan.workers);
  }

  #costsOnePhase({ phases, setsUpTasks }: StageService): boolean {
    const { startTaskMs, perByteMs } = this.#overheads;
    const isFree = startTaskMs === 0 && perByteMs === 0 && this.#faults === null;
    return isFree && !setsUpTasks && phases.length === 1 && !phases[0]!.waits;
  }

  /** The task of that number, if it still is in this row. */
  #current(task: number, taskNumber: number): Running | null {
    const running = this.#running[task];
    return running?.number === taskNumber ? running : null;
  }

  start(task: number, stage: number, worker: number): void {
    const service = this.#services[stage]!;
    const running = (this.#running[task] ??= idleRow());
    running.number = this.#scheduler.taskNumber(task);
    running.next = 0;
    running.startMs = this.nowMs;
    running.setsUpWorker = false;
    running.timedOut = false;
    running.aborted = false;
    if (service.timeoutMs < Infinity) this.#armTimeout(task, running, service);
    if (this.#faults) this.#drawFaults(this.#faults, task, running, service);
    if (service.setsUpTasks) this.#begin(task, running, service, worker);
    else {
      this.#drawWork(task, running, service, false);
      this.#nextSegment(task, running, worker);
    }
  }

  #armTimeout(task: number, running: Running, service: StageService): void {
    this.#events.push(this.nowMs + service.timeoutMs, Rank.timeout, running.number, task);
  }

  /** How a fault plan names a task. */
  #addressOf(task: number, service: StageService): TaskAddress {
    const scheduler = this.#scheduler;
    const draws = this.#draws;
    const item = draws.lineageOf(scheduler.taskItem(task));
    return { stage: service.hash, item, attempt: scheduler.taskAttempt(task) };
  }

  #drawFaults(faults: Faults, task: number, running: Running, service: StageService): void {
    const address = this.#addressOf(task, service);
    const { diesAfterMs, killedAfterMs } = faults.taskBegins(running.number, address);
    const events = this.#events;
    if (diesAfterMs >= 0) {
      events.push(this.nowMs + diesAfterMs, Rank.death, running.number, task);
    }
    // With a time-out of its own it needs nobody to end it.
    if (killedAfterMs >= 0 && service.timeoutMs === Infinity) {
      events.push(this.nowMs + killedAfterMs, Rank.death, running.number, task);
    }
  }

  /** Of a stage with a set-up: perhaps this task does it, or waits for another that does. */
  #begin(task: number, running: Running, service: StageService, worker: number): void {
    gotThread(running, this.nowMs);
    const claim = this.#claimSetUp(service, worker, task);
    running.setsUpWorker = claim === 'mine' && service.setupWhen === 'worker';
    this.#drawWork(task, running, service, claim === 'mine');
    if (claim === 'wait') return this.#threads.standBy(worker, running);
    if (running.setsUpWorker && running.work.setupEnd === 0) {
      this.#setUpDone(running, service, worker);
    }
    this.#nextSegment(task, running, worker);
  }

  #drawWork(task: number, running: Running, service: StageService, setsUp: boolean): void {
    const scheduler = this.#scheduler;
    const kind = scheduler.taskKind(task);
    const item = scheduler.taskItem(task);
    if (
      this.#isBare[service.index] === 1 &&
      kind === TaskKind.item &&
      !scheduler.taskMembers(task)
    ) {
      drawBare(running.work, this.#draws, service, item, scheduler.taskAttempt(task));
      return;
    }
    this.#drawWhole(task, running, service, kind, item, setsUp);
  }

  #drawWhole(
    task: number,
    running: Running,
    service: StageService,
    kind: TaskKind,
    item: number,
    setsUp: boolean,
  ): void {
    const scheduler = this.#scheduler;
    const { startTaskMs, perByteMs } = this.#overheads;
    const toDraw = this.#toDraw;
    toDraw.item = item;
    toDraw.members = kind === TaskKind.all ? null : scheduler.taskMembers(task);
    toDraw.attempt = scheduler.taskAttempt(task);
    toDraw.overheadMs =
      perByteMs > 0 ? startTaskMs + this.#messagesMs(task, service, kind) : startTaskMs;
    toDraw.setsUp = setsUp;
    // The end of a fold is taken to cost nothing: its steps did the work.
    toDraw.serves = kind !== TaskKind.foldFinish;
    fillWork(running.work, this.#draws, service, toDraw);
    if (this.#faults) this.#bend(this.#faults, task, running, service);
  }

  /** What a task's inputs take on their way: of a batch and of an `all`, those of every item. */
  #messagesMs(task: number, service: StageService, kind: TaskKind): number {
    // The accumulator of a fold stays with its worker.
    if (kind === TaskKind.foldFinish) return 0;
    const items = this.#scheduler.taskMembers(task) ?? [this.#scheduler.taskItem(task)];
    let bytes = 0;
    for (const item of items) bytes += this.#payloads.inputBytes(service.index, item);
    return this.#overheads.perByteMs * bytes;
  }

  #bend(faults: Faults, task: number, running: Running, service: StageService): void {
    const address = this.#addressOf(task, service);
    faults.bend(running.work, running.number, address, this.#scheduler.taskWorker(task));
  }

  /** What a task has to do with its stage's set-up. */
  #claimSetUp(service: StageService, worker: number, task: number): 'done' | 'mine' | 'wait' {
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
      waitedForSetUp(waiter, this.nowMs);
      this.#nextSegment(task, waiter, worker);
    }
  }

  /** It ended before that: the next of them sets the stage up. */
  #setUpAbandoned(service: StageService, worker: number): void {
    for (const { task, number } of this.#setUps.abandon(worker, service.index)) {
      const waiter = this.#current(task, number);
      if (waiter) this.#begin(task, waiter, service, worker);
    }
  }

  #nextSegment(task: number, running: Running, worker: number): void {
    if (running.next >= running.work.count) {
      // Also a task that costs nothing ends by an event, after the starts of this instant.
      this.endAt(this.nowMs, task, running.number);
      return;
    }
    const ms = running.work.segments[running.next]!;
    if (ms < 0) this.endAt(this.nowMs - ms, task, running.number);
    else this.#threads.burn(worker, task, running, ms, this.nowMs);
  }

  /** A phase of a task ends then. */
  endAt(atMs: number, task: number, taskNumber: number): void {
    this.#events.push(atMs, Rank.phaseEnd, taskNumber, task);
  }

  phaseEnded(task: number, taskNumber: number): void {
    const running = this.#current(task, taskNumber);
    if (!running) return;
    const worker = this.#scheduler.taskWorker(task);
    if (running.aborted) {
      this.#threads.leave(worker, task, this.nowMs);
      this.#finish(task, running, 'cancelled');
      return;
    }
    if (this.#threads.isBurning(worker, task)) this.#threads.done(worker, this.nowMs);
    running.next++;
    if (running.setsUpWorker) this.#noteSetUp(task, running, worker);
    if (running.timedOut) this.#finish(task, running, 'timed-out');
    else if (running.next < running.work.count) this.#nextSegment(task, running, worker);
    else this.#complete(task, running);
  }

  #noteSetUp(task: number, running: Running, worker: number): void {
    if (running.next < running.work.setupEnd || running.timedOut) return;
    this.#setUpDone(running, this.#services[this.#scheduler.taskStage(task)]!, worker);
  }

  #complete(task: number, running: Running): void {
    const scheduler = this.#scheduler;
    const service = this.#services[scheduler.taskStage(task)]!;
    const item = scheduler.taskItem(task);
    const isOk = !this.#draws.fails(service, item, scheduler.taskAttempt(task));
    if (this.#faults) this.#completeFaulty(this.#faults, task, running, service, isOk);
    else {
      if (isOk) this.#outputs.put(this.#end, task, service, item);
      this.#finish(task, running, isOk ? 'ok' : 'failed');
    }
  }

  #completeFaulty(
    faults: Faults,
    task: number,
    running: Running,
    service: StageService,
    isOk: boolean,
  ): void {
    const address = this.#addressOf(task, service);
    if (isOk && !faults.throws(address)) {
      this.#outputs.putFaulty(this.#end, task, service, address, faults);
      this.#finish(task, running, 'ok');
    } else this.#finish(task, running, 'failed');
  }

  #finish(task: number, running: Running, outcome: TaskEnd['outcome']): void {
    if (Number.isNaN(running.startMs)) neverBegan(running, this.nowMs);
    const end = this.#end;
    end.outcome = outcome;
    end.startMs = running.startMs;
    end.endMs = this.nowMs;
    // What was drawn may not all have come to pass.
    const isWhole = outcome === 'ok' || outcome === 'failed';
    const mostMs = isWhole ? Infinity : this.nowMs - running.startMs;
    end.setupMs = Math.min(running.work.setupMs, mostMs);
    end.waitedMs = Math.min(running.work.waitedMs, mostMs);
    running.number = -1;
    if (running.setsUpWorker) this.#finishSettingUp(task, end);
    else this.#scheduler.taskEnded(this.nowMs, task, end);
    end.outputs = null;
    end.bytes = 0;
  }

  /** It ended before its stage was set up. */
  #finishSettingUp(task: number, end: TaskEnd): void {
    const service = this.#services[this.#scheduler.taskStage(task)]!;
    const worker = this.#scheduler.taskWorker(task);
    this.#scheduler.taskEnded(this.nowMs, task, end);
    this.#setUpAbandoned(service, worker);
  }

  // ── time-outs and stops ─────────────────────────────────────────────────────────────────────

  /** The signal: a wait obeys it at once, CPU work does not hear it. */
  timeOut(task: number, taskNumber: number): void {
    const running = this.#current(task, taskNumber);
    if (!running) return;
    running.timedOut = true;
    const worker = this.#scheduler.taskWorker(task);
    if (this.#threads.isBurning(worker, task)) {
      this.#events.push(this.nowMs + graceMs, Rank.kill, running.number, task);
      return;
    }
    this.#threads.leave(worker, task, this.nowMs);
    this.#finish(task, running, 'timed-out');
  }

  /** Terminates a worker: the culprit has timed out, its neighbours are lost and run again elsewhere. */
  kill(culprit: number, taskNumber: number): void {
    const blamed = this.#current(culprit, taskNumber);
    if (!blamed) return;
    const worker = this.#scheduler.taskWorker(culprit);
    this.#threads.clear(worker, this.nowMs);
    this.#setUps.clear(worker);
    this.#finish(culprit, blamed, 'timed-out');
    this.#loseAll(worker, 'displaced');
  }

  /** A task's worker dies under it. */
  dieUnder(task: number, taskNumber: number): void {
    if (this.#current(task, taskNumber)) this.workerDies(this.#scheduler.taskWorker(task));
  }

  /** A worker dies without explanation. */
  workerDies(worker: number): void {
    this.#threads.clear(worker, this.nowMs);
    this.#setUps.clear(worker);
    this.#loseAll(worker, 'lost');
  }

  #loseAll(worker: number, outcome: 'lost' | 'displaced'): void {
    const scheduler = this.#scheduler;
    const open: number[] = [];
    for (let task = 0; task < this.#running.length; task++) {
      const running = this.#running[task];
      if (!running || running.number < 0) continue;
      if (scheduler.taskWorker(task) === worker) open.push(task);
    }
    open.sort((a, b) => this.#running[a]!.number - this.#running[b]!.number);
    for (const task of open) this.#finish(task, this.#running[task]!, outcome);
    this.#faults?.workerGone(worker);
    scheduler.workerLost(this.nowMs, worker);
  }

  abort(task: number): void {
    const running = this.#running[task];
    if (!running || running.number < 0) return;
    running.aborted = true;
    this.#events.push(this.nowMs, Rank.phaseEnd, running.number, task);
  }
}
