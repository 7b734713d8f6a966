import { compilePlan, type Plan } from '../../src/engine/plan.ts';
import { plain, type TaskEnd } from '../../src/engine/machine.ts';
import type { Overheads } from '../../src/engine/runner.ts';
import { sendAheadMs } from '../../src/engine/sending-ahead.ts';
import type { LookUp, Scheduler } from '../../src/engine/scheduler.ts';
import { TaskKind } from '../../src/engine/task-table.ts';
import type { Pipeline } from '../../src/pipeline/types.ts';
import type { FaultPlan } from '../../src/simulate/fault-plan.ts';
import { Faults } from '../../src/simulate/faults.ts';
import { costsMessages } from '../../src/simulate/simulated-coordinator.ts';
import { SimulatedMachine } from '../../src/simulate/simulated-machine.ts';
import { sourceCount } from '../../src/simulate/source-count.ts';
import { TraceBuilder } from '../../src/trace/builder.ts';
import { emptyMeta } from '../../src/trace/empty-trace.ts';
import { Mark, type Books, type Trace } from '../../src/trace/types.ts';
import { Custody } from './custody.ts';
import type { SeenTask, WatchedRun } from './seen-run.ts';

/** No case has that much to do: what begins more tasks goes in circles. */
const tasksAtMost = 20_000;
const timersAtMost = 100_000;

export interface WatchOptions {
  cores: number;
  overheads: Overheads;
  faults: FaultPlan | null;
}

/** Stands between the scheduler and the simulated machine, writes down what passes, and doubts it. */
class Watch extends SimulatedMachine {
  readonly seen: WatchedRun;
  readonly #custody: Custody;
  readonly #trace: Trace;
  readonly #open = new Map<number, SeenTask>();
  readonly #up: number[] = [];
  readonly #starting: number[] = [];
  readonly #asked = new Map<string, number>();
  /** "stage/item" whose worker died once, and of those the ones that have not run since. */
  readonly #everLost = new Set<string>();
  readonly #suspects = new Set<string>();
  #nowMs = 0;
  #isPaused = false;
  #timers = 0;
  #overruns = 0;
  #sourceHasEnded = false;

  constructor(pipeline: Pipeline, plan: Plan, trace: TraceBuilder, options: WatchOptions) {
    const items = sourceCount(pipeline, undefined)!;
    const faults = options.faults ? new Faults(options.faults) : null;
    super(plan, trace, items, options.overheads, faults);
    this.#trace = trace;
    this.seen = {
      ...{ pipeline, plan, trace, tasks: [], samples: [], putOuts: [], lookUps: [], copies: [] },
      ...{ starting: [], ups: [], sourceEndedMs: Infinity, stoppedMs: Infinity, wrong: [] },
      ...{ isToldAtOnce: !costsMessages(options.overheads), sentAhead: 0 },
    };
    this.#custody = new Custody(plan, this.seen.wrong);
    this.#listen(this.scheduler);
  }

  #doubt(isFine: boolean, what: () => string): void {
    if (!isFine) this.seen.wrong.push(`${what()}, at ${this.#nowMs} ms`);
  }

  #put(stage: number, item: number): void {
    this.#custody.put(stage, item);
    this.seen.putOuts.push({ stage, item, timeMs: this.#nowMs });
  }

  // ── what the machine tells the scheduler ────────────────────────────────────────────────────

  #listen(scheduler: Scheduler): void {
    const real = {
      arrived: scheduler.arrived.bind(scheduler),
      sourceEnded: scheduler.sourceEnded.bind(scheduler),
      taskEnded: scheduler.taskEnded.bind(scheduler),
      timerDue: scheduler.timerDue.bind(scheduler),
      lookedUp: scheduler.lookedUp.bind(scheduler),
      workerReady: scheduler.workerReady.bind(scheduler),
      workerLost: scheduler.workerLost.bind(scheduler),
      stop: scheduler.stop.bind(scheduler),
      pause: scheduler.pause.bind(scheduler),
      resume: scheduler.resume.bind(scheduler),
      settle: scheduler.settle.bind(scheduler),
    };
    scheduler.arrived = (arrivalMs) => {
      const item = real.arrived(arrivalMs);
      this.#custody.put(-1, item);
      return item;
    };
    scheduler.sourceEnded = () => {
      this.#sourceHasEnded = true;
      real.sourceEnded();
    };
    scheduler.taskEnded = (nowMs, task, end) => {
      this.#nowMs = nowMs;
      this.#ended(task, end);
      real.taskEnded(nowMs, task, end);
    };
    scheduler.timerDue = (nowMs, timer) => {
      this.#nowMs = nowMs;
      if (++this.#timers > timersAtMost) throw new Error('the run goes on and on');
      real.timerDue(nowMs, timer);
    };
    scheduler.lookedUp = (nowMs, stage, item, found) => {
      this.#nowMs = nowMs;
      this.#answered(stage, item, found);
      real.lookedUp(nowMs, stage, item, found);
    };
    scheduler.workerReady = (nowMs, worker) => {
      this.#nowMs = nowMs;
      this.#workerChanges(worker, true);
      real.workerReady(nowMs, worker);
    };
    scheduler.workerLost = (nowMs, worker) => {
      this.#nowMs = nowMs;
      for (const task of this.#open.values()) {
        this.#doubt(task.worker !== worker, () => `worker ${worker} was lost with tasks on it`);
      }
      this.#workerChanges(worker, false);
      real.workerLost(nowMs, worker);
    };
    scheduler.stop = (nowMs) => {
      this.#nowMs = nowMs;
      this.seen.stoppedMs = Math.min(this.seen.stoppedMs, nowMs);
      real.stop(nowMs);
    };
    scheduler.pause = (nowMs) => {
      this.#nowMs = nowMs;
      this.#isPaused = true;
      real.pause(nowMs);
    };
    scheduler.resume = (nowMs) => {
      this.#nowMs = nowMs;
      this.#isPaused = false;
      real.resume(nowMs);
    };
    scheduler.settle = (nowMs) => {
      this.#nowMs = nowMs;
      real.settle(nowMs);
      // Told without a time: it is that of the settling which follows, or goes on.
      if (this.#sourceHasEnded) {
        this.seen.sourceEndedMs = Math.min(this.seen.sourceEndedMs, nowMs);
      }
      this.#sample(nowMs);
    };
  }

  #ended(row: number, end: TaskEnd): void {
    const task = this.#open.get(row);
    if (!task) {
      this.seen.wrong.push(`task row ${row} ended, which had not begun`);
      return;
    }
    this.#open.delete(row);
    task.endMs = this.#nowMs;
    task.outcome = end.outcome;
    if (end.outcome === 'lost') {
      for (const item of this.#ranBy(task)) {
        const name = `${task.stage}/${item}`;
        if (!this.#everLost.has(name)) this.#suspects.add(name);
        this.#everLost.add(name);
      }
    }
    if (end.outcome !== 'ok' || task.kind === TaskKind.foldStep) return;
    this.#ranBy(task).forEach((item, i) => {
      if ((end.outputs?.[i] ?? plain) === plain) this.#put(task.stage, item);
    });
  }

  /** Whose result it makes: each item of a batch, but one result for all that an `all` took in. */
  #ranBy(task: SeenTask): number[] {
    return task.kind === TaskKind.item ? task.members : [task.item];
  }

  #answered(stage: number, item: number, found: LookUp): void {
    const askedMs = this.#asked.get(`${stage}/${item}`);
    this.#asked.delete(`${stage}/${item}`);
    this.#doubt(askedMs !== undefined, () => `nobody asked for item ${item} of stage ${stage}`);
    const { hit } = found;
    this.seen.lookUps.push({ stage, item, askedMs: askedMs!, answeredMs: this.#nowMs, hit });
    if (hit && found.output === plain) this.#put(stage, item);
  }

  #workerChanges(worker: number, up: boolean): void {
    const since = this.#starting[worker] ?? -1;
    if (since >= 0) {
      this.seen.starting.push({ worker, fromMs: since, toMs: this.#nowMs, up });
      this.#starting[worker] = -1;
    }
    if (up) this.#up[worker] = this.#nowMs;
    else if ((this.#up[worker] ?? -1) >= 0) {
      this.seen.ups.push({ worker, fromMs: this.#up[worker]!, toMs: this.#nowMs });
      this.#up[worker] = -1;
    }
  }

  #sample(timeMs: number): void {
    const { meta } = this.#trace;
    const queued: number[] = [];
    const running: number[] = [];
    const blocked: number[] = [];
    this.scheduler.readProgress(queued, running, blocked);
    const books = meta.stages.map(
      ({ received, delivered, failed, dropped, cancelled, inside }): Books => {
        const out = delivered + failed + dropped + cancelled;
        this.#doubt(
          received === out + inside && inside >= 0,
          () => 'the books of a stage do not balance',
        );
        return { received, delivered, failed, dropped, cancelled, inside };
      },
    );
    const { emitted, delivered, failed, dropped, cancelled } = meta.items;
    const inFlight = emitted - delivered - failed - dropped - cancelled;
    this.#doubt(inFlight >= 0, () => 'more items ended than were emitted');
    this.#doubt(
      inFlight <= this.seen.plan.inFlight,
      () => `${inFlight} items were in flight, of ${this.seen.plan.inFlight}`,
    );
    const items = { ...meta.items };
    const results = { ...meta.results };
    const { samples } = this.seen;
    // Of several at one instant the last one counts.
    if (samples.at(-1)?.timeMs === timeMs) samples.pop();
    const { heldBytes } = this;
    samples.push({ timeMs, books, items, results, queued, running, blocked, inFlight, heldBytes });
  }

  // ── what the scheduler orders ───────────────────────────────────────────────────────────────

  override pull(): void {
    const { memoryMark } = this.seen.plan;
    const { kind, count } = this.#trace.marks;
    // One item for every overrun that is written down.
    if (this.heldBytes > memoryMark) this.#overruns++;
    const allowed = kind.subarray(0, count).filter((one) => one === Mark.overrun).length;
    this.#doubt(!this.#isPaused, () => 'the source went on while paused');
    this.#doubt(
      this.#overruns <= allowed,
      () => `the source went on with ${this.heldBytes} bytes in flight, of ${memoryMark}`,
    );
    super.pull();
  }

  override start(row: number, stage: number, worker: number): void {
    const { scheduler, seen } = this;
    const { plan } = seen;
    const members = scheduler.taskMembers(row);
    const task: SeenTask = {
      number: scheduler.taskNumber(row),
      stage,
      worker,
      kind: scheduler.taskKind(row),
      item: scheduler.taskItem(row),
      members: members ? [...members] : [scheduler.taskItem(row)],
      startMs: this.#nowMs,
      endMs: NaN,
      outcome: 'open',
      alone: false,
    };
    for (const item of this.#ranBy(task)) {
      if (this.#suspects.delete(`${stage}/${item}`)) task.alone = plan.tasksPerWorker > 1;
    }
    const there = [...this.#open.values()].filter((other) => other.worker === worker);
    const uses = plan.stages[stage]!.uses;
    this.#doubt((this.#up[worker] ?? -1) >= 0, () => `a task began on worker ${worker}, not up`);
    // Where nothing else decides when it starts, it may wait at the worker itself.
    const isAhead = plan.sendAheadMs > 0 && plan.stages[stage]!.mayRunAhead;
    this.#doubt(
      there.length < plan.tasksPerWorker || isAhead,
      () => `worker ${worker} got a task too many`,
    );
    if (there.length >= plan.tasksPerWorker) seen.sentAhead++;
    this.#doubt(!this.#isPaused, () => 'a task began while paused');
    this.#doubt(this.#nowMs < seen.stoppedMs, () => 'a task began after the stop');
    this.#doubt(!this.#open.has(row), () => `task row ${row} began twice`);
    this.#doubt(!task.alone || there.length === 0, () => 'a task that must run alone has company');
    for (const other of there) {
      const running = other.alone && other.outcome === 'open';
      this.#doubt(!running, () => 'a task that must run alone gets company');
    }
    this.#open.set(row, task);
    for (const { limit } of uses) this.#limitHolds(limit);
    seen.tasks.push(task);
    if (seen.tasks.length > tasksAtMost) throw new Error('the run goes on and on');
    super.start(row, stage, worker);
  }

  /** To the last unit, also for tasks that take no time at all. */
  #limitHolds(limit: number): void {
    const { stages, limits } = this.seen.plan;
    let taken = 0;
    for (const { stage } of this.#open.values()) {
      for (const use of stages[stage]!.uses) if (use.limit === limit) taken += use.weight;
    }
    const { name, capacity } = limits[limit]!;
    this.#doubt(taken <= capacity, () => `${taken} of ${capacity} of the limit ${name} were taken`);
  }

  override abort(row: number): void {
    this.#doubt(this.#open.has(row), () => `task row ${row} was given up, which does not run`);
    super.abort(row);
  }

  override startWorker(worker: number): void {
    const isDown = (this.#up[worker] ?? -1) < 0 && (this.#starting[worker] ?? -1) < 0;
    this.#doubt(isDown, () => `worker ${worker} was started, which is there`);
    this.#starting[worker] = this.#nowMs;
    super.startWorker(worker);
  }

  override lookUp(stage: number, item: number): void {
    this.#asked.set(`${stage}/${item}`, this.#nowMs);
    super.lookUp(stage, item);
  }

  override share(stage: number, from: number, to: number): void {
    if (this.#custody.holds(stage, from)) this.#put(stage, to);
    super.share(stage, from, to);
  }

  override child(stage: number, parent: number, index: number, child: number): void {
    const { items } = this.#trace;
    this.#doubt(
      items.parent[child] === parent && items.ordinal[child] === index,
      () => `child ${index} of item ${parent} has the wrong lineage`,
    );
    this.#put(stage, child);
    super.child(stage, parent, index, child);
  }

  override alias(stage: number, item: number, copy: number): void {
    const { items } = this.#trace;
    this.#doubt(
      items.parent[copy] === item && items.ordinal[copy] === -1 - stage,
      () => `a copy of item ${item} has the wrong lineage`,
    );
    this.#custody.alias(stage, item, copy);
    this.seen.copies.push({ copy, of: item, from: stage });
    super.alias(stage, item, copy);
  }

  override release(stage: number, item: number): void {
    this.#custody.release(stage, item);
    super.release(stage, item);
  }

  override deliver(stage: number, item: number): void {
    this.#custody.deliver(stage, item);
    super.deliver(stage, item);
  }

  override finished(atMs: number): void {
    this.#doubt(this.#open.size === 0, () => 'the run finished with tasks open');
    this.#doubt(this.#asked.size === 0, () => 'the run finished with look-ups open');
    if (this.#trace.meta.ended === 'done') {
      this.#custody.expectEmpty();
      this.#doubt(this.heldBytes === 0, () => `${this.heldBytes} bytes were never let go`);
    }
    this.#up.forEach((fromMs, worker) => {
      if (fromMs >= 0) this.seen.ups.push({ worker, fromMs, toMs: Infinity });
    });
    this.#starting.forEach((fromMs, worker) => {
      if (fromMs >= 0) this.seen.starting.push({ worker, fromMs, toMs: Infinity, up: false });
    });
    super.finished(atMs);
  }
}

/** Simulates a run, watching all that passes between the scheduler and its machine. */
export function watchRun(pipeline: Pipeline, options: WatchOptions): WatchedRun {
  const plan = compilePlan(pipeline, {
    cores: options.cores,
    cache: 'on',
    sendAheadMs: costsMessages(options.overheads) ? sendAheadMs : 0,
  });
  const trace = new TraceBuilder(emptyMeta('simulated'));
  const watch = new Watch(pipeline, plan, trace, options);
  watch.run();
  return watch.seen;
}
