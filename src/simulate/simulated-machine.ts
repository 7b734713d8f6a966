import { assert } from '../base/assert.ts';
import { EventHeap } from '../base/heap.ts';
import { ArrivalTimes } from '../engine/arrivals.ts';
import { plain, type Machine, type TaskEnd } from '../engine/machine.ts';
import type { Plan } from '../engine/plan.ts';
import type { Overheads } from '../engine/runner.ts';
import { Scheduler } from '../engine/scheduler.ts';
import { TaskKind } from '../engine/task-table.ts';
import type { TraceBuilder } from '../trace/builder.ts';
import type { Phase } from '../pipeline/types.ts';
import { HeldBytes } from './held-bytes.ts';
import { ItemDraws, makeService, type StageService } from './service.ts';
import { SharedCores } from './shared-cores.ts';

/** Events of one instant come in this order. */
const Rank = { phaseEnd: 0, timeout: 1, kill: 2, lookUp: 3, workerReady: 4, timer: 5, arrival: 6 };

/** After the signal a task has this long before its worker is terminated. */
const graceMs = 50;

/** What is left of a running task: positive entries burn CPU, negative ones wait. ms. */
interface Running {
  number: number;
  segments: number[];
  next: number;
  startMs: number;
  setupMs: number;
  waitedMs: number;
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
  /** A worker is one thread: which task burns there (-1: none), and who waits for the thread. */
  readonly #burning: Int32Array;
  readonly #wantsCpu: number[][];
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
    this.#burning = new Int32Array(plan.workers).fill(-1);
    this.#wantsCpu = Array.from({ length: plan.workers }, () => []);
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

  pull(count: number): void {
    for (let i = 0; i < count && this.#sourceNext < this.#sourceItems; i++) this.#arrive(0);
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
      segments: [],
      next: 0,
      startMs: this.#nowMs,
      setupMs: 0,
      waitedMs: 0,
      timedOut: false,
      aborted: false,
    };
    this.#running[task] = running;
    this.#addOverhead(running, service, task);
    this.#addSetup(running, service, task, worker);
    // The end of a fold is taken to cost nothing: its steps did the work.
    if (this.scheduler.taskKind(task) !== TaskKind.foldFinish) this.#addService(running, service, task);
    if (service.timeoutMs < Infinity) {
      this.#events.push(this.#nowMs + service.timeoutMs, Rank.timeout, running.number, task);
    }
    this.#nextSegment(task, running, worker);
  }

  #addOverhead(running: Running, service: StageService, task: number): void {
    const { startTaskMs, perByteMs } = this.#overheads;
    let overheadMs = startTaskMs;
    if (perByteMs > 0) {
      const item = this.scheduler.taskItem(task);
      for (const parent of this.#plan.stages[service.index]!.parents) {
        overheadMs += perByteMs * this.#sizeOf(parent, item);
      }
    }
    if (overheadMs > 0) running.segments.push(overheadMs);
  }

  #addSetup(running: Running, service: StageService, task: number, worker: number): void {
    if (service.setup.length === 0 || service.setupWhen === 'start') return;
    if (service.setupWhen === 'worker') {
      if (this.#isSetUp[worker]!.has(service.index)) return;
      this.#isSetUp[worker]!.add(service.index);
    }
    const item = this.scheduler.taskItem(task);
    const attempt = this.scheduler.taskAttempt(task);
    service.setup.forEach((phase, at) => {
      const ms = this.#draws.setupMs(phase, service, item, attempt, at);
      running.setupMs += ms;
      addSegment(running, phase, ms);
    });
  }

  #addService(running: Running, service: StageService, task: number): void {
    const item = this.scheduler.taskItem(task);
    const attempt = this.scheduler.taskAttempt(task);
    const members =
      this.scheduler.taskKind(task) === TaskKind.all ? null : this.scheduler.taskMembers(task);
    for (let at = 0; at < service.phases.length; at++) {
      const phase = service.phases[at]!;
      let ms = 0;
      if (phase.per === 'item' && members) {
        for (let i = 0; i < members.length; i++) {
          ms += this.#draws.phaseMs(phase, service, members[i]!, attempt, at);
        }
      } else ms = this.#draws.phaseMs(phase, service, item, attempt, at);
      if ('wait' in phase) running.waitedMs += ms;
      addSegment(running, phase, ms);
    }
  }

  #nextSegment(task: number, running: Running, worker: number): void {
    if (running.next >= running.segments.length) {
      // Also a task that costs nothing ends by an event, after the starts of this instant.
      this.#events.push(this.#nowMs, Rank.phaseEnd, running.number, task);
      return;
    }
    const ms = running.segments[running.next]!;
    if (ms < 0) this.#events.push(this.#nowMs - ms, Rank.phaseEnd, running.number, task);
    else if (this.#burning[worker] === -1) this.#burn(task, running, worker);
    else this.#wantsCpu[worker]!.push(task);
  }

  #burn(task: number, running: Running, worker: number): void {
    this.#burning[worker] = task;
    const ms = running.segments[running.next]!;
    if (this.#cores) this.#cores.add(task, running.number, ms, this.#nowMs);
    else this.#events.push(this.#nowMs + ms, Rank.phaseEnd, running.number, task);
  }

  /** The thread is free: the next task that wants it burns. */
  #freeThread(worker: number): void {
    this.#burning[worker] = -1;
    const next = this.#wantsCpu[worker]!.shift();
    if (next !== undefined) this.#burn(next, this.#running[next]!, worker);
  }

  #phaseEnded(task: number): void {
    const running = this.#running[task]!;
    const worker = this.scheduler.taskWorker(task);
    if (running.aborted) {
      this.#leaveThread(task, worker);
      this.#finish(task, running, 'cancelled');
      return;
    }
    if (this.#burning[worker] === task) this.#freeThread(worker);
    running.next++;
    if (running.timedOut) this.#finish(task, running, 'timed-out');
    else if (running.next < running.segments.length) this.#nextSegment(task, running, worker);
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
    end.setupMs = running.setupMs;
    end.waitedMs = running.waitedMs;
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
    if (this.#burning[worker] === task) {
      this.#events.push(this.#nowMs + graceMs, Rank.kill, running.number, task);
      return;
    }
    this.#leaveThread(task, worker);
    this.#finish(task, running, 'timed-out');
  }

  /** Terminates a worker: the culprit has timed out, its neighbours are lost and run again elsewhere. */
  #kill(worker: number, culprit: number): void {
    this.#leaveThread(culprit, worker);
    this.#wantsCpu[worker] = [];
    this.#isSetUp[worker]!.clear();
    this.#finish(culprit, this.#running[culprit]!, 'timed-out');
    for (let task = 0; task < this.#running.length; task++) {
      const running = this.#running[task];
      if (!running || this.scheduler.taskWorker(task) !== worker) continue;
      this.#leaveThread(task, worker);
      this.#finish(task, running, 'lost');
    }
    this.#wantsCpu[worker] = [];
    this.#burning[worker] = -1;
    this.scheduler.workerLost(this.#nowMs, worker);
  }

  #leaveThread(task: number, worker: number): void {
    const waiting = this.#wantsCpu[worker]!;
    const at = waiting.indexOf(task);
    if (at >= 0) waiting.splice(at, 1);
    if (this.#burning[worker] !== task) return;
    this.#cores?.remove(task, this.#nowMs);
    this.#freeThread(worker);
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

function addSegment(running: Running, phase: Phase, ms: number): void {
  if (ms > 0) running.segments.push('wait' in phase ? -ms : ms);
}
