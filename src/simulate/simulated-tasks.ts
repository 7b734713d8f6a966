import type { EventHeap } from '../base/event-heap.ts';
import { graceMs, type TaskEnd } from '../engine/machine.ts';
import type { Plan } from '../engine/plan.ts';
import type { Overheads } from '../engine/runner.ts';
import type { Scheduler } from '../engine/scheduler.ts';
import type { ItemDraws, StageService } from '../engine/service.ts';
import type { Faults } from './faults.ts';
import * as Rank from './event-rank.ts';
import { gotThread, idleRow, neverBegan, waitedForSetUp, type Running } from './running-task.ts';
import { SetUps } from './set-ups.ts';
import type { SharedCores } from './shared-cores.ts';
import { TaskWorks } from './task-works.ts';
import type { SimulatedCoordinator } from './simulated-coordinator.ts';
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
  /** null: tasks begin when the scheduler starts them, and it hears of their ends at once. */
  coordinator: SimulatedCoordinator | null;
}

/** Tasks under way in virtual time: set-up, phases, threads, time-outs. */
export class SimulatedTasks implements BurnEnds {
  /** Kept true by the machine. */
  nowMs = 0;
  readonly #coordinator: SimulatedCoordinator | null;
  /** Who hears of ends. */
  readonly #ends: Pick<Scheduler, 'taskEnded'>;
  // What every task needs, at hand.
  readonly #scheduler: Scheduler;
  readonly #services: readonly StageService[];
  readonly #draws: ItemDraws;
  readonly #overheads: Overheads;
  readonly #faults: Faults | null;
  readonly #events: EventHeap;
  readonly #running: Running[] = [];
  /** When the tasks of the rows left for their workers; empty: they begin as they leave. */
  readonly #sentMs: number[] = [];
  readonly #works: TaskWorks;
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
    this.#coordinator = parts.coordinator;
    this.#ends = parts.coordinator ?? parts.scheduler;
    const { plan, cores } = parts;
    this.#scheduler = parts.scheduler;
    this.#services = parts.services;
    this.#draws = parts.draws;
    this.#overheads = parts.overheads;
    this.#faults = parts.faults;
    this.#works = new TaskWorks(parts);
    this.#events = parts.events;
    this.#outputs = new TaskOutputs(parts.scheduler, parts.draws, parts.payloads);
    this.#threads = new Threads(plan.workers, cores, this);
    this.#setUps = new SetUps(plan.workers);
  }

  /** The task of that number, if it still is in this row. */
  #current(task: number, taskNumber: number): Running | null {
    const running = this.#running[task];
    return running?.number === taskNumber ? running : null;
  }

  /** A task leaves for its worker, and begins there later: its time-out is the coordinator's. */
  sent(task: number): void {
    this.#sentMs[task] = this.nowMs;
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
      this.#works.draw(task, running.work, service, false);
      this.#nextSegment(task, running, worker);
    }
  }

  #armTimeout(task: number, running: Running, service: StageService): void {
    running.dueMs = (this.#sentMs[task] ?? this.nowMs) + service.timeoutMs;
    this.#events.push(Math.max(this.nowMs, running.dueMs), Rank.timeout, running.number, task);
  }

  #drawFaults(faults: Faults, task: number, running: Running, service: StageService): void {
    const address = this.#works.addressOf(task, service);
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
    this.#works.draw(task, running.work, service, claim === 'mine');
    if (claim === 'wait') return this.#threads.standBy(worker, running);
    if (running.setsUpWorker && running.work.setupEnd === 0) {
      this.#setUpDone(running, service, worker);
    }
    this.#nextSegment(task, running, worker);
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
    if (ms < 0) this.#wait(task, running, -ms, worker);
    else this.#threads.burn(worker, task, running, ms, this.nowMs);
  }

  /**
   * What a wait really takes: timers are late, and where waits share a thread they tick in steps. Waits of code
   * are not declared but measured, so all that is in them.
   */
  #waitMs(ms: number, task: number, worker: number): number {
    if (this.#coordinator === null) return ms;
    if (this.#services[this.#scheduler.taskStage(task)]!.isMeasured) return ms;
    const { wakeMs, timerStepMs } = this.#overheads;
    const isShared = timerStepMs > 0 && this.#coordinator.openAt(worker) > 1;
    return wakeMs + (isShared ? Math.ceil(ms / timerStepMs) * timerStepMs : ms);
  }

  #wait(task: number, running: Running, ms: number, worker: number): void {
    const takesMs = this.#waitMs(ms, task, worker);
    running.work.waitedMs += takesMs - ms;
    this.endAt(this.nowMs + takesMs, task, running.number);
  }

  /** A phase of a task ends then. */
  endAt(atMs: number, task: number, taskNumber: number): void {
    this.#events.push(atMs, Rank.phaseEnd, taskNumber, task);
  }

  /** Compiled once on each worker: if another task was quicker, this one goes straight on with its work. */
  codeMs(worker: number, task: number, running: Running): number {
    const { segments, count } = running.work;
    if (!this.#works.wasWarm(worker, this.#scheduler.taskStage(task))) {
      return segments[running.next]!;
    }
    const nextMs = running.next + 1 < count ? segments[running.next + 1]! : 0;
    if (nextMs <= 0) return 0;
    running.next++;
    return nextMs;
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
      if (isOk) this.#outputs.write(this.#end, task, service, item);
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
    const address = this.#works.addressOf(task, service);
    if (isOk && !faults.throws(address)) {
      this.#outputs.writeFaulty(this.#end, task, service, address, faults);
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
    if (this.#coordinator === null) this.#outputs.hold(end, task);
    if (running.setsUpWorker) this.#finishSettingUp(task, end);
    else this.#hearOf(outcome).taskEnded(this.nowMs, task, end);
    end.outputs = null;
    end.bytes = 0;
  }

  /** The coordinator hears of a task that has ended on its worker. */
  heard(task: number, end: TaskEnd): void {
    this.#outputs.hold(end, task);
  }

  /** Who gives a task up, or loses its worker, needs no message to know that it has ended. */
  #hearOf(outcome: TaskEnd['outcome']): Pick<Scheduler, 'taskEnded'> {
    const isKnown = outcome === 'cancelled' || outcome === 'lost' || outcome === 'displaced';
    return isKnown ? this.#scheduler : this.#ends;
  }

  /** It ended before its stage was set up. */
  #finishSettingUp(task: number, end: TaskEnd): void {
    const service = this.#services[this.#scheduler.taskStage(task)]!;
    const worker = this.#scheduler.taskWorker(task);
    this.#hearOf(end.outcome).taskEnded(this.nowMs, task, end);
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
      const killMs = Math.max(this.nowMs, running.dueMs + graceMs);
      this.#events.push(killMs, Rank.kill, running.number, task);
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
    this.#works.workerGone(worker);
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
    this.#works.workerGone(worker);
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
    // Its last words, and what it was sent and never began.
    for (const task of this.#coordinator?.workerGone(worker) ?? []) this.#lose(task, outcome);
    this.#faults?.workerGone(worker);
    scheduler.workerLost(this.nowMs, worker);
  }

  /** A task ends that was sent to a worker and has not begun there. */
  #lose(task: number, outcome: TaskEnd['outcome']): void {
    const end = this.#end;
    end.outcome = outcome;
    end.startMs = this.nowMs;
    end.endMs = this.nowMs;
    end.setupMs = 0;
    end.waitedMs = 0;
    this.#scheduler.taskEnded(this.nowMs, task, end);
  }

  /** A task that was given up before it began has ended. */
  takenBack(task: number): void {
    this.#lose(task, 'cancelled');
  }

  abort(task: number): void {
    const worker = this.#scheduler.taskWorker(task);
    if (this.#coordinator?.takeBack(task, worker)) {
      this.#events.push(this.nowMs, Rank.takenBack, this.#scheduler.taskNumber(task), task);
      return;
    }
    const running = this.#running[task];
    if (!running || running.number < 0) return;
    running.aborted = true;
    this.#events.push(this.nowMs, Rank.phaseEnd, running.number, task);
  }
}
