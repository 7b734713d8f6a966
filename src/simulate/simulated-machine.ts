import { assert } from '../base/assert.ts';
import { EventHeap } from '../base/heap.ts';
import { ArrivalTimes } from '../engine/arrivals.ts';
import { plain, type Machine, type TaskEnd } from '../engine/machine.ts';
import type { Plan } from '../engine/plan.ts';
import type { Overheads } from '../engine/runner.ts';
import { Scheduler } from '../engine/scheduler.ts';
import { TaskKind } from '../engine/task-table.ts';
import type { TraceBuilder } from '../trace/builder.ts';
import { HeldBytes } from './held-bytes.ts';
import { ItemDraws, makeService, type StageService } from './service.ts';
import { SharedCores } from './shared-cores.ts';
import { makeWork, type TaskWork } from './task-work.ts';
import { Threads } from './threads.ts';

/** Events of one instant come in this order. */
const Rank = { phaseEnd: 0, timeout: 1, kill: 2, lookUp: 3, workerReady: 4, timer: 5, arrival: 6 };

/** After the signal a task has this long before its worker is terminated. */
const graceMs = 50;

/** A task on its worker. */
interface Running {
  number: number;
  work: TaskWork;
  /** Index of the segment under way. */
  next: number;
  startMs: number;
  timedOut: boolean;
  aborted: boolean;
}

/** The machine of virtual time: C shared cores, drawn durations, the very same scheduler. */
export class SimulatedMachine implements Machine {
  readonly scheduler: Scheduler;
  readonly #plan: Plan;
  readonly #overheads: Overheads;
  readonly #services: StageService[];
  readonly #draws: ItemDraws;
  readonly #held: HeldBytes;
  readonly #events = new EventHeap(1024);
  /** null: every worker has a core of its own, so nothing is ever shared. */
  readonly #cores: SharedCores | null;
  readonly #arrivals: ArrivalTimes;
  readonly #sourceItems: number;
  #sourceNext = 0;
  #nowMs = 0;
  #sequence = 0;
  #endedAtMs = -1;

  readonly #running: (Running | null)[] = [];
  readonly #threads: Threads;
  readonly #isSetUp: Set<number>[];
  readonly #clearedTimers = new Set<number>();
  readonly #lookUps = new Map<number, { stage: number; item: number }>();
  /** Simulated cache: keys with a result, a stage. */
  readonly #cached: Set<number>[];
  readonly #end: TaskEnd = {
    outcome: 'ok',
    startMs: 0,
    endMs: 0,
    setupMs: 0,
    waitedMs: 0,
    bytes: 0,
    outputs: null,
  };

  constructor(plan: Plan, trace: TraceBuilder, sourceItems: number, overheads: Overheads) {
    this.#plan = plan;
    this.#overheads = overheads;
    this.#sourceItems = sourceItems;
    this.#services = plan.stages.map(makeService);
    this.#draws = new ItemDraws(plan, trace.items);
    this.#held = new HeldBytes(
      trace.items,
      (stage, item) => this.#sizeOf(stage, item),
      (stage) => (stage === -1 ? plan.roots.length : this.#services[stage]!.children),
    );
    this.#cores = plan.workers > plan.cores ? new SharedCores(plan.cores) : null;
    this.#arrivals = new ArrivalTimes(plan.pipeline.source.arrivals, plan.pipeline.seed);
    this.#threads = new Threads(plan.workers, this.#cores, (afterMs, burn) =>
      this.#events.push(this.#nowMs + afterMs, Rank.phaseEnd, burn.taskNumber, burn.task),
    );
    this.#isSetUp = Array.from({ length: plan.workers }, () => new Set());
    this.#cached = plan.stages.map(() => new Set());
    this.scheduler = new Scheduler(plan, this, trace);
  }

  /** Runs to the end in virtual time. */
  run(): void {
    this.scheduler.prepare();
    for (let lane = 0; lane < this.#plan.warm; lane++) this.scheduler.workerReady(0, lane);
    if (!this.#arrivals.atOnce) this.#scheduleArrival();
    this.scheduler.begin(0);
    while (this.#endedAtMs < 0) {
      const cpuMs = this.#cores ? this.#cores.nextMs : Infinity;
      const nowMs = Math.min(this.#events.topTime, cpuMs);
      assert(nowMs < Infinity, 'the scheduler ends a run in which nothing can happen any more');
      this.#nowMs = nowMs;
      if (cpuMs === nowMs) this.#collectBurnt(nowMs);
      while (this.#events.topTime === nowMs) this.#happen();
      this.scheduler.settle(nowMs);
    }
  }

  #collectBurnt(nowMs: number): void {
    this.#cores!.takeDone(nowMs, (task, number) =>
      this.#events.push(nowMs, Rank.phaseEnd, number, task),
    );
  }

  #happen(): void {
    const { topRank: rank, topOrder: order } = this.#events;
    const value = this.#events.pop();
    switch (rank) {
      case Rank.phaseEnd:
        if (this.#isCurrent(value, order)) this.#phaseEnded(value);
        break;
      case Rank.timeout:
        if (this.#isCurrent(value, order)) this.#timeOut(value);
        break;
      case Rank.kill:
        if (this.#isCurrent(value, order)) this.#kill(this.scheduler.taskWorker(value), value);
        break;
      case Rank.lookUp:
        this.#answerLookUp(order);
        break;
      case Rank.workerReady:
        this.scheduler.workerReady(this.#nowMs, value);
        break;
      case Rank.timer:
        if (!this.#clearedTimers.delete(value)) this.scheduler.timerDue(this.#nowMs, value);
        break;
      case Rank.arrival:
        this.#arrive(this.#nowMs);
        this.#scheduleArrival();
        break;
    }
  }

  #isCurrent(task: number, number: number): boolean {
    return this.#running[task]?.number === number;
  }

  // ── source ──────────────────────────────────────────────────────────────────────────────────

  /** One at a time: an item counts as in flight from the moment it is here. */
  pull(): void {
    if (this.#sourceNext < this.#sourceItems) this.#arrive(0);
    if (this.#sourceNext >= this.#sourceItems) this.scheduler.sourceEnded();
    this.scheduler.pullAnswered();
  }

  #scheduleArrival(): void {
    if (this.#sourceNext >= this.#sourceItems) this.scheduler.sourceEnded();
    else this.#events.push(this.#arrivals.next(), Rank.arrival, 0, 0);
  }

  #arrive(arrivalMs: number): void {
    this.#sourceNext++;
    this.#held.put(-1, this.scheduler.arrived(arrivalMs));
  }

  // ── tasks ───────────────────────────────────────────────────────────────────────────────────

  start(task: number, stage: number, worker: number): void {
    const service = this.#services[stage]!;
    const running: Running = {
      number: this.scheduler.taskNumber(task),
      work: this.#workOf(task, service, worker),
      next: 0,
      startMs: this.#nowMs,
      timedOut: false,
      aborted: false,
    };
    this.#running[task] = running;
    if (service.timeoutMs < Infinity) {
      this.#events.push(this.#nowMs + service.timeoutMs, Rank.timeout, running.number, task);
    }
    this.#nextSegment(task, running, worker);
  }

  #workOf(task: number, service: StageService, worker: number): TaskWork {
    const { scheduler } = this;
    const kind = scheduler.taskKind(task);
    const item = scheduler.taskItem(task);
    const { startTaskMs, perByteMs } = this.#overheads;
    let overheadMs = startTaskMs;
    if (perByteMs > 0) {
      for (const parent of this.#plan.stages[service.index]!.parents) {
        overheadMs += perByteMs * this.#sizeOf(parent, item);
      }
    }
    return makeWork(this.#draws, service, {
      item,
      members: kind === TaskKind.all ? null : scheduler.taskMembers(task),
      attempt: scheduler.taskAttempt(task),
      overheadMs,
      setsUp: this.#setsUp(service, worker),
      // The end of a fold is taken to cost nothing: its steps did the work.
      serves: kind !== TaskKind.foldFinish,
    });
  }

  /** Whether this task pays for its stage's set-up. */
  #setsUp(service: StageService, worker: number): boolean {
    if (service.setup.length === 0 || service.setupWhen === 'start') return false;
    if (service.setupWhen === 'task') return true;
    const isSetUp = this.#isSetUp[worker]!;
    if (isSetUp.has(service.index)) return false;
    isSetUp.add(service.index);
    return true;
  }

  #nextSegment(task: number, running: Running, worker: number): void {
    if (running.next >= running.work.segments.length) {
      // Also a task that costs nothing ends by an event, after the starts of this instant.
      this.#events.push(this.#nowMs, Rank.phaseEnd, running.number, task);
      return;
    }
    const ms = running.work.segments[running.next]!;
    if (ms < 0) this.#events.push(this.#nowMs - ms, Rank.phaseEnd, running.number, task);
    else this.#threads.burn(worker, { task, taskNumber: running.number, ms }, this.#nowMs);
  }

  #phaseEnded(task: number): void {
    const running = this.#running[task]!;
    const worker = this.scheduler.taskWorker(task);
    if (running.aborted) {
      this.#threads.leave(worker, task, this.#nowMs);
      this.#finish(task, running, 'cancelled');
      return;
    }
    if (this.#threads.isBurning(worker, task)) this.#threads.done(worker, this.#nowMs);
    running.next++;
    if (running.timedOut) this.#finish(task, running, 'timed-out');
    else if (running.next < running.work.segments.length) this.#nextSegment(task, running, worker);
    else this.#complete(task, running);
  }

  #complete(task: number, running: Running): void {
    const { scheduler } = this;
    const stage = scheduler.taskStage(task);
    const service = this.#services[stage]!;
    const item = scheduler.taskItem(task);
    if (this.#draws.fails(service, item, scheduler.taskAttempt(task))) {
      this.#finish(task, running, 'failed');
      return;
    }
    const kind = scheduler.taskKind(task);
    if (kind === TaskKind.foldStep) {
      this.#finish(task, running, 'ok');
      return;
    }
    const members = kind === TaskKind.item ? scheduler.taskMembers(task) : null;
    const outputs: number[] = [];
    let bytes = 0;
    for (const member of members ?? [item]) {
      const count = this.#draws.outputs(service, member);
      outputs.push(count === 1 ? plain : count);
      const key = this.#plan.stages[stage]!.cached ? this.#draws.cacheKey(service, member) : -1;
      if (key >= 0) this.#cached[stage]!.add(key);
      if (count !== 1) continue;
      this.#held.put(stage, member);
      bytes += this.#sizeOf(stage, member);
    }
    this.#end.outputs = outputs;
    this.#end.bytes = bytes;
    this.#finish(task, running, 'ok');
  }

  #finish(task: number, running: Running, outcome: TaskEnd['outcome']): void {
    const end = this.#end;
    end.outcome = outcome;
    end.startMs = running.startMs;
    end.endMs = this.#nowMs;
    end.setupMs = running.work.setupMs;
    end.waitedMs = running.work.waitedMs;
    this.#running[task] = null;
    this.scheduler.taskEnded(this.#nowMs, task, end);
    end.outputs = null;
    end.bytes = 0;
  }

  // ── time-outs and stops ─────────────────────────────────────────────────────────────────────

  /** The signal: a wait obeys it at once, CPU work does not hear it. */
  #timeOut(task: number): void {
    const running = this.#running[task]!;
    running.timedOut = true;
    const worker = this.scheduler.taskWorker(task);
    if (this.#threads.isBurning(worker, task)) {
      this.#events.push(this.#nowMs + graceMs, Rank.kill, running.number, task);
      return;
    }
    this.#threads.leave(worker, task, this.#nowMs);
    this.#finish(task, running, 'timed-out');
  }

  /** Terminates a worker: the culprit has timed out, its neighbours are lost and run again elsewhere. */
  #kill(worker: number, culprit: number): void {
    this.#threads.clear(worker, this.#nowMs);
    this.#isSetUp[worker]!.clear();
    this.#finish(culprit, this.#running[culprit]!, 'timed-out');
    for (let task = 0; task < this.#running.length; task++) {
      const running = this.#running[task];
      if (!running || this.scheduler.taskWorker(task) !== worker) continue;
      this.#finish(task, running, 'lost');
    }
    this.scheduler.workerLost(this.#nowMs, worker);
  }

  abort(task: number): void {
    const running = this.#running[task];
    if (!running) return;
    running.aborted = true;
    this.#events.push(this.#nowMs, Rank.phaseEnd, running.number, task);
  }

  // ── workers, timers ─────────────────────────────────────────────────────────────────────────

  startWorker(worker: number): void {
    // Before the clock starts `run` answers itself.
    if (this.scheduler?.hasBegun !== true) return;
    const readyMs = this.#nowMs + this.#overheads.startWorkerMs;
    this.#events.push(readyMs, Rank.workerReady, worker, worker);
  }

  stopWorker(worker: number): void {
    this.#isSetUp[worker]!.clear();
  }

  setTimer(timer: number, atMs: number): void {
    this.#events.push(Math.max(atMs, this.#nowMs), Rank.timer, timer, timer);
  }

  clearTimer(timer: number): void {
    this.#clearedTimers.add(timer);
  }

  finished(atMs: number): void {
    this.#endedAtMs = atMs;
  }

  // ── payloads ────────────────────────────────────────────────────────────────────────────────

  get heldBytes(): number {
    return this.#held.total;
  }

  #sizeOf(stage: number, item: number): number {
    if (stage === -1) return this.#plan.pipeline.source.bytes;
    return this.#draws.outputBytes(this.#services[stage]!, item);
  }

  child(stage: number, parent: number, index: number, child: number): void {
    void parent;
    void index;
    this.#held.put(stage, child);
  }

  /** Copies read their original's payload: `HeldBytes` knows them by their lineage. */
  alias(): void {}

  release(stage: number, item: number): void {
    this.#held.release(stage, item);
  }

  deliver(stage: number, item: number): void {
    this.#held.deliver(stage, item);
  }

  // ── cache ───────────────────────────────────────────────────────────────────────────────────

  lookUp(stage: number, item: number): void {
    const order = this.#sequence++;
    this.#lookUps.set(order, { stage, item });
    this.#events.push(this.#nowMs, Rank.lookUp, order, 0);
  }

  #answerLookUp(order: number): void {
    const { stage, item } = this.#lookUps.get(order)!;
    this.#lookUps.delete(order);
    const service = this.#services[stage]!;
    const key = this.#draws.cacheKey(service, item);
    const hit = key >= 0 && this.#cached[stage]!.has(key);
    const count = hit ? this.#draws.outputs(service, item) : 1;
    const output = count === 1 ? plain : count;
    if (hit && output === plain) this.#held.put(stage, item);
    const bytes = hit ? this.#sizeOf(stage, item) : 0;
    this.scheduler.lookedUp(this.#nowMs, stage, item, { hit, key, output, bytes });
  }

  share(stage: number, from: number, to: number): void {
    void from;
    const count = this.#draws.outputs(this.#services[stage]!, to);
    if (count === 1) this.#held.put(stage, to);
  }
}
