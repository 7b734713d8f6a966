import { assert } from '../base/assert.ts';
import { EventHeap } from '../base/event-heap.ts';
import { ArrivalTimes, isTimed } from '../engine/arrivals.ts';
import { plain, type Machine } from '../engine/machine.ts';
import type { Plan } from '../engine/plan.ts';
import type { Overheads } from '../engine/runner.ts';
import { Scheduler } from '../engine/scheduler.ts';
import type { TraceBuilder } from '../trace/builder.ts';
import type { Faults } from './faults.ts';
import { HeldBytes } from './held-bytes.ts';
import { ItemDraws, makeService, type StageService } from '../engine/service.ts';
import { SharedCores } from './shared-cores.ts';
import { SimulatedCache } from './simulated-cache.ts';
import { setUpAtStartMs } from './set-ups.ts';
import * as Rank from './event-rank.ts';
import { taskInputBytes } from './input-bytes.ts';
import { coordinatorRow, costsMessages, SimulatedCoordinator } from './simulated-coordinator.ts';
import { SimulatedTasks } from './simulated-tasks.ts';
import type { Payloads } from './task-outputs.ts';

/** The machine of virtual time: C shared cores, drawn durations, the very same scheduler. */
export class SimulatedMachine implements Machine, Payloads {
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
  readonly #faults: Faults | null;
  /** What a worker that starts after the clock must do before it is ready; before, it costs nothing. */
  readonly #setUpAtStartMs: number;
  #sourceNext = 0;
  /** When the next item comes by itself. There is never more than one, so it needs no place in the heap. */
  #arrivalMs = Infinity;
  #nowMs = 0;
  #sequence = 0;
  #endedAtMs = -1;

  readonly #tasks: SimulatedTasks;
  /** null: it costs nothing, and so does the way to it. */
  readonly #coordinator: SimulatedCoordinator | null;
  readonly #clearedTimers = new Set<number>();
  readonly #lookUps = new Map<number, { stage: number; item: number; fails: boolean }>();
  /** null: no stage asks it. */
  readonly #cache: SimulatedCache | null;
  constructor(
    plan: Plan,
    trace: TraceBuilder,
    sourceItems: number,
    overheads: Overheads,
    faults: Faults | null = null,
  ) {
    this.#plan = plan;
    this.#overheads = overheads;
    this.#faults = faults;
    this.#sourceItems = Math.min(sourceItems, faults?.plan.source.failsAfter ?? Infinity);
    this.#services = plan.stages.map(makeService);
    this.#setUpAtStartMs = setUpAtStartMs(this.#services);
    this.#draws = new ItemDraws(plan, trace.items);
    this.#held = new HeldBytes(
      trace.items,
      (stage, item) => this.sizeOf(stage, item),
      (stage) => (stage === -1 ? plan.roots.length : this.#services[stage]!.children),
      plan.pipeline.source.bytes === 0 && this.#services.every(({ output }) => output === 0),
    );
    const isCold = this.#services.some(({ coldMs }) => coldMs > 0);
    this.#cores = sharesCores(plan, overheads, isCold)
      ? new SharedCores(plan.cores, overheads.contention, overheads.helperShare)
      : null;
    this.#arrivals = new ArrivalTimes(plan.pipeline);
    this.#cache = plan.stages.some(({ cached }) => cached) ? new SimulatedCache(plan) : null;
    this.scheduler = new Scheduler(plan, this, trace);
    this.#coordinator = costsMessages(overheads)
      ? new SimulatedCoordinator(plan, overheads, {
          scheduler: this.scheduler,
          events: this.#events,
          cores: this.#cores,
          hands: {
            begin: (task, worker) => this.#begin(task, worker),
            inputBytes: (task) => taskInputBytes(this.scheduler, this, task),
            heard: (task, end) => this.#tasks.heard(task, end),
          },
        })
      : null;
    this.#tasks = new SimulatedTasks({
      plan,
      scheduler: this.scheduler,
      services: this.#services,
      draws: this.#draws,
      overheads,
      cores: this.#cores,
      faults,
      events: this.#events,
      payloads: this,
      coordinator: this.#coordinator,
    });
  }

  /** Runs to the end in virtual time. */
  run(): void {
    this.scheduler.prepare();
    for (let lane = 0; lane < this.#plan.warm; lane++) this.#warmUp(lane);
    this.#faults?.plan.acts.forEach(({ atMs }, i) => this.#events.push(atMs, Rank.act, i, i));
    if (isTimed(this.#plan.pipeline.source)) this.#scheduleArrival();
    this.scheduler.begin(0);
    this.#coordinator?.settled();
    while (this.#endedAtMs < 0) {
      const nowMs = this.#nextMs();
      assert(nowMs < Infinity, 'the scheduler ends a run in which nothing can happen any more');
      this.#nowMs = nowMs;
      this.#tasks.nowMs = nowMs;
      if (this.#coordinator !== null) this.#coordinator.nowMs = nowMs;
      if (this.#cores !== null && this.#cores.nextMs === nowMs) this.#collectBurnt(nowMs);
      if (nowMs === this.#arrivalMs) this.#happenWithArrivals(nowMs);
      else while (this.#events.isDue(nowMs)) this.#happen();
      this.scheduler.settle(nowMs);
      this.#coordinator?.settled();
    }
  }

  #nextMs(): number {
    const nextMs = Math.min(this.#events.topTime, this.#arrivalMs);
    return this.#cores === null ? nextMs : Math.min(nextMs, this.#cores.nextMs);
  }

  /** An instant at which items come by themselves: in their place between the other events. */
  #happenWithArrivals(nowMs: number): void {
    const events = this.#events;
    while (events.isDue(nowMs) && events.topRank < Rank.arrival) this.#happen();
    while (nowMs === this.#arrivalMs) this.#arriveByItself();
    while (events.isDue(nowMs)) this.#happen();
  }

  #warmUp(lane: number): void {
    if (this.#faults?.workerStarts(lane)) this.#tasks.workerDies(lane);
    else this.#workerReady(lane);
  }

  #collectBurnt(nowMs: number): void {
    this.#cores!.takeDone(nowMs, (task, number) => {
      const rank = task === coordinatorRow ? Rank.turnOver : Rank.phaseEnd;
      this.#events.push(nowMs, rank, number, task);
    });
  }

  #happen(): void {
    const events = this.#events;
    const rank = events.topRank;
    const order = events.topOrder;
    const value = events.pop();
    if (rank === Rank.phaseEnd) this.#tasks.phaseEnded(value, order);
    else this.#happenRarely(rank, order, value);
  }

  #happenRarely(rank: number, order: number, value: number): void {
    switch (rank) {
      case Rank.timeout:
        this.#tasks.timeOut(value, order);
        break;
      case Rank.kill:
        this.#tasks.kill(value, order);
        break;
      case Rank.lookUp:
        this.#answerLookUp(value);
        break;
      case Rank.death:
        this.#tasks.dieUnder(value, order);
        break;
      case Rank.workerReady:
        this.#workerReady(value);
        break;
      case Rank.stillborn:
        if (!this.#faults!.wasCutOff(value)) this.#tasks.workerDies(value);
        break;
      case Rank.timer:
        if (!this.#clearedTimers.delete(value)) this.scheduler.timerDue(this.#nowMs, value);
        break;
      case Rank.pulled:
        this.#answerPull();
        break;
      case Rank.act:
        this.#act(value);
        break;
      case Rank.heard:
        this.#coordinator!.arrived(value);
        break;
      case Rank.delivered:
        this.#coordinator!.delivered(value);
        break;
      case Rank.turnOver:
        this.#coordinator!.turnOver();
        break;
      case Rank.takenBack:
        this.#tasks.takenBack(value);
        break;
      case Rank.resume:
        this.scheduler.resume(this.#nowMs);
        break;
    }
  }

  #act(index: number): void {
    const act = this.#faults!.plan.acts[index]!;
    if (act.kind === 'stop') this.scheduler.stop(this.#nowMs);
    else if (act.kind === 'pause') {
      this.scheduler.pause(this.#nowMs);
      this.#events.push(this.#nowMs + act.forMs, Rank.resume, 0, 0);
    } else if (this.#faults!.cutOff(act.worker)) this.#tasks.workerDies(act.worker);
  }

  #workerReady(worker: number): void {
    if (this.#faults?.wasCutOff(worker)) return;
    this.#faults?.workerUp(worker);
    this.scheduler.workerReady(this.#nowMs, worker);
  }

  // ── source ──────────────────────────────────────────────────────────────────────────────────

  /** One at a time: an item counts as in flight from the moment it is here. */
  pull(): void {
    const lateMs = this.#faults?.plan.source.lateMs ?? 0;
    if (lateMs > 0) this.#events.push(this.#nowMs + lateMs, Rank.pulled, 0, 0);
    else this.#answerPull();
  }

  #answerPull(): void {
    if (this.#sourceNext < this.#sourceItems) this.#arrive(0);
    if (this.#sourceNext >= this.#sourceItems) this.scheduler.sourceEnded();
    this.scheduler.pullAnswered();
  }

  #arriveByItself(): void {
    this.#arrive(this.#nowMs);
    this.#scheduleArrival();
  }

  #scheduleArrival(): void {
    if (this.#sourceNext >= this.#sourceItems) {
      this.scheduler.sourceEnded();
      this.#arrivalMs = Infinity;
    } else this.#arrivalMs = this.#arrivals.next();
  }

  #arrive(arrivalMs: number): void {
    this.#sourceNext++;
    this.#held.put(-1, this.scheduler.arrived(arrivalMs));
  }

  // ── tasks ───────────────────────────────────────────────────────────────────────────────────

  start(task: number, stage: number, worker: number): void {
    if (this.#coordinator !== null) {
      this.#tasks.sent(task);
      this.#coordinator.send(task, worker);
    } else this.#tasks.start(task, stage, worker);
  }

  /** What was sent has come to its turn on its worker. */
  #begin(task: number, worker: number): void {
    this.#tasks.start(task, this.scheduler.taskStage(task), worker);
  }

  abort(task: number): void {
    this.#tasks.abort(task);
  }

  /** Results stay in flight until they are let go, and may be found again by their key. */
  putOut(stage: number, item: number, count: number): void {
    if (this.#plan.stages[stage]!.cached) this.#store(stage, item, count);
    if (count === 1) this.#held.put(stage, item);
  }

  outputBytes(stage: number, item: number, count: number): number {
    return count !== 1 || this.#held.weightless ? 0 : this.sizeOf(stage, item);
  }

  #store(stage: number, item: number, count: number): void {
    const key = this.#draws.cacheKey(this.#services[stage]!, item);
    if (key >= 0 && (!this.#faults || this.#faults.stores(stage, key))) {
      this.#cache!.store(stage, key, count, this.sizeOf(stage, item), this.#nowMs);
    }
  }

  // ── workers, timers ─────────────────────────────────────────────────────────────────────────

  startWorker(worker: number): void {
    // Before the clock starts `run` answers itself.
    if (this.scheduler?.hasBegun !== true) return;
    const readyMs = this.#nowMs + this.#overheads.startWorkerMs + this.#setUpAtStartMs;
    const dies = this.#faults?.workerStarts(worker) === true;
    this.#events.push(readyMs, dies ? Rank.stillborn : Rank.workerReady, worker, worker);
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

  sizeOf(stage: number, item: number): number {
    if (stage === -1) return this.#plan.pipeline.source.bytes;
    return this.#draws.outputBytes(this.#services[stage]!, item);
  }

  inputBytes(stage: number, item: number): number {
    const { parents, copies } = this.#plan.stages[stage]!;
    let bytes = 0;
    for (const parent of parents) bytes += this.#held.bytesRead(parent, item, copies);
    return bytes;
  }

  child(stage: number, parent: number, index: number, child: number): void {
    void parent;
    void index;
    this.#held.put(stage, child);
  }

  /** Copies read their original's payload: `HeldBytes` knows them by their lineage. */
  alias(stage: number, item: number, copy: number): void {
    void stage;
    void item;
    void copy;
  }

  release(stage: number, item: number): void {
    this.#held.release(stage, item);
  }

  deliver(stage: number, item: number): void {
    this.#held.deliver(stage, item);
  }

  // ── cache ───────────────────────────────────────────────────────────────────────────────────

  lookUp(stage: number, item: number): void {
    const number = this.#sequence++;
    const fault = this.#faults?.lookUp(stage, this.#draws.lineageOf(item));
    this.#lookUps.set(number, { stage, item, fails: fault?.fails === true });
    const answerMs = this.#nowMs + (fault?.delayMs ?? 0);
    this.#events.push(answerMs, Rank.lookUp, fault?.order || number, number);
  }

  #answerLookUp(number: number): void {
    const { stage, item, fails } = this.#lookUps.get(number)!;
    this.#lookUps.delete(number);
    const service = this.#services[stage]!;
    const key = this.#draws.cacheKey(service, item);
    const stored = key < 0 || fails ? -1 : this.#cache!.find(stage, key, this.#nowMs);
    const hit = stored >= 0;
    const count = hit ? stored : 1;
    const output = count === 1 ? plain : count;
    if (hit && output === plain) this.#held.put(stage, item);
    const bytes = hit ? this.sizeOf(stage, item) : 0;
    this.scheduler.lookedUp(this.#nowMs, stage, item, { hit, key, output, bytes });
  }

  share(stage: number, from: number, to: number): void {
    const count = this.#draws.outputs(this.#services[stage]!, from);
    if (count === 1) this.#held.put(stage, to);
  }
}

/** Threads that burn CPU slow each other: more of them than cores, cores that share what they need, or helpers. */
const sharesCores = ({ workers, cores }: Plan, overheads: Overheads, isCold: boolean): boolean =>
  overheads.contention > 0 ||
  (isCold && overheads.helperShare > 0) ||
  workers + (costsMessages(overheads) ? 1 : 0) > cores;
