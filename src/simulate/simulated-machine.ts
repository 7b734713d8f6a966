import { assert } from '../base/assert.ts';
import { EventHeap } from '../base/heap.ts';
import { ArrivalTimes } from '../engine/arrivals.ts';
import { plain, type Machine } from '../engine/machine.ts';
import type { Plan } from '../engine/plan.ts';
import type { Overheads } from '../engine/runner.ts';
import { Scheduler } from '../engine/scheduler.ts';
import type { TraceBuilder } from '../trace/builder.ts';
import { HeldBytes } from './held-bytes.ts';
import { ItemDraws, makeService, type StageService } from '../engine/service.ts';
import { SharedCores } from './shared-cores.ts';
import { SimulatedTasks, TaskEvent } from './simulated-tasks.ts';

/** Events of one instant come in this order. */
const Rank = { ...TaskEvent, lookUp: 3, workerReady: 4, timer: 5, arrival: 6 } as const;

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

  readonly #tasks: SimulatedTasks;
  readonly #clearedTimers = new Set<number>();
  readonly #lookUps = new Map<number, { stage: number; item: number }>();
  /** Simulated cache, a stage: key → when its result was stored. */
  readonly #cached: Map<number, number>[];
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
      plan.pipeline.source.bytes === 0 && this.#services.every(({ output }) => output === 0),
    );
    this.#cores = plan.workers > plan.cores ? new SharedCores(plan.cores) : null;
    this.#arrivals = new ArrivalTimes(plan.pipeline.source.arrivals, plan.pipeline.seed);
    this.#cached = plan.stages.map(() => new Map());
    this.scheduler = new Scheduler(plan, this, trace);
    this.#tasks = new SimulatedTasks({
      plan,
      scheduler: this.scheduler,
      services: this.#services,
      draws: this.#draws,
      overheads,
      cores: this.#cores,
      events: this.#events,
      putOut: (stage, item, count) => this.#putOut(stage, item, count),
      sizeOf: (stage, item) => this.#sizeOf(stage, item),
    });
  }

  /** Runs to the end in virtual time. */
  run(): void {
    this.scheduler.prepare();
    for (let lane = 0; lane < this.#plan.warm; lane++) this.scheduler.workerReady(0, lane);
    if (!this.#arrivals.atOnce) this.#scheduleArrival();
    this.scheduler.begin(0);
    while (this.#endedAtMs < 0) {
      const nowMs = this.#nextMs();
      assert(nowMs < Infinity, 'the scheduler ends a run in which nothing can happen any more');
      this.#nowMs = nowMs;
      this.#tasks.nowMs = nowMs;
      if (this.#cores?.nextMs === nowMs) this.#collectBurnt(nowMs);
      while (this.#events.isDue(nowMs)) this.#happen();
      this.scheduler.settle(nowMs);
    }
  }

  #nextMs(): number {
    const { topTime } = this.#events;
    return this.#cores === null ? topTime : Math.min(topTime, this.#cores.nextMs);
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
        this.#tasks.phaseEnded(value, order);
        break;
      case Rank.timeout:
        this.#tasks.timeOut(value, order);
        break;
      case Rank.kill:
        this.#tasks.kill(value, order);
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
    this.#tasks.start(task, stage, worker);
  }

  abort(task: number): void {
    this.#tasks.abort(task);
  }

  /** Results stay in flight until they are let go, and may be found again by their key. */
  #putOut(stage: number, item: number, count: number): number {
    const service = this.#services[stage]!;
    const key = this.#plan.stages[stage]!.cached ? this.#draws.cacheKey(service, item) : -1;
    if (key >= 0) this.#cached[stage]!.set(key, this.#nowMs);
    if (count !== 1) return 0;
    this.#held.put(stage, item);
    return this.#sizeOf(stage, item);
  }

  // ── workers, timers ─────────────────────────────────────────────────────────────────────────

  startWorker(worker: number): void {
    // Before the clock starts `run` answers itself.
    if (this.scheduler?.hasBegun !== true) return;
    const readyMs = this.#nowMs + this.#overheads.startWorkerMs;
    this.#events.push(readyMs, Rank.workerReady, worker, worker);
  }

  stopWorker(worker: number): void {
    this.#tasks.workerStopped(worker);
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
    const storedMs = key < 0 ? undefined : this.#cached[stage]!.get(key);
    const hit = storedMs !== undefined && this.#nowMs - storedMs < this.#ttlMs(stage);
    const count = hit ? this.#draws.outputs(service, item) : 1;
    const output = count === 1 ? plain : count;
    if (hit && output === plain) this.#held.put(stage, item);
    const bytes = hit ? this.#sizeOf(stage, item) : 0;
    this.scheduler.lookedUp(this.#nowMs, stage, item, { hit, key, output, bytes });
  }

  #ttlMs(stage: number): number {
    const { pipeline, stages } = this.#plan;
    return stages[stage]!.stage.cache?.ttl ?? pipeline.cache.ttl ?? Infinity;
  }

  share(stage: number, from: number, to: number): void {
    void from;
    const count = this.#draws.outputs(this.#services[stage]!, to);
    if (count === 1) this.#held.put(stage, to);
  }
}
