import { assert } from '../../base/assert.ts';
import { byteSize } from '../../base/digest.ts';
import { ArrivalTimes } from '../../engine/arrivals.ts';
import { failedEntry, plain, type Machine, type TaskEnd } from '../../engine/machine.ts';
import type { Plan } from '../../engine/plan.ts';
import type { SilentWorker } from '../../engine/runner.ts';
import { Scheduler } from '../../engine/scheduler.ts';
import { TaskKind } from '../../engine/task-table.ts';
import { itemLabel } from '../../trace/item-label.ts';
import { emptyMeta, TraceBuilder } from '../../trace/builder.ts';
import type { CompiledCode } from '../compile/unit.ts';
import type { FrameError } from '../border.ts';
import type { FromWorker, WireEnd } from '../wire.ts';
import { CacheKeys } from './cache-keys.ts';
import type { RunClock } from './clock.ts';
import { itemsOf, willRetry, type FailedItem } from './failures.ts';
import { lookUpOf, LookUps, type Answer } from './look-ups.ts';
import { MeasuredModels } from './measured-models.ts';
import type { SentTask } from './open-tasks.ts';
import { Payloads } from './payloads.ts';
import { preview } from './preview.ts';
import type { Reporter } from './reporter.ts';
import type { Results } from './results.ts';
import type { SourceFeed } from './source-feed.ts';
import { StagePool } from './stage-pool.ts';
import { TaskWriter } from './task-writer.ts';
import { Due, Timeline } from './timeline.ts';

/** After the signal a task has this long before its worker is terminated. */
const graceMs = 50;
/** Items of a streamed source kept at hand before they are due. */
const readAhead = 64;

export interface LiveMachineParts {
  plan: Plan;
  code: CompiledCode;
  clock: RunClock;
  stageWorkerUrl: string;
  turnsPerMs: number;
  timerStepMs: number;
  feed: SourceFeed;
  cachePort: MessagePort | null;
  reporter: Reporter;
  results: Results;
  /** The run is over (or could not go on: then with why). */
  over(error: FrameError | null): void;
}

/** The machine of real time: stage workers in the sandbox, the very same scheduler. */
export class LiveMachine implements Machine {
  readonly trace = new TraceBuilder(emptyMeta('live'));
  readonly scheduler: Scheduler;
  readonly models: MeasuredModels;
  readonly #parts: LiveMachineParts;
  readonly #pool: StagePool;
  readonly #writer: TaskWriter;
  readonly #payloads = new Payloads();
  readonly #timeline: Timeline;
  readonly #clearedTimers = new Set<number>();
  readonly #lookUps: LookUps | null;
  readonly #arrivals: ArrivalTimes;
  /** Outputs of the tasks that end in this turn: children are named one by one, followers share them. */
  readonly #fresh = new Map<number, unknown[]>();
  /** (stage, item) whose worker died under them once. */
  readonly #lostOnce = new Set<number>();
  /** Tasks the scheduler has given up in this turn. */
  readonly #givenUp: number[] = [];
  /** Source items the scheduler asked for and has not got. */
  #owed = 0;
  #isTimed = false;
  #nextArrivalMs = 0;
  #sourceIsOver = false;
  #isOver = false;
  #stopWanted = false;
  readonly #end: TaskEnd = {
    outcome: 'ok',
    startMs: 0,
    endMs: 0,
    setupMs: 0,
    waitedMs: 0,
    bytes: 0,
    outputs: null,
  };

  constructor(parts: LiveMachineParts) {
    const { plan, code, clock } = parts;
    this.#parts = parts;
    this.scheduler = new Scheduler(plan, this, this.trace);
    this.models = new MeasuredModels(plan);
    this.#timeline = new Timeline(() => clock.now(), () => this.#turn(() => this.#takeDue()));
    this.#arrivals = new ArrivalTimes(plan.pipeline.source.arrivals, plan.pipeline.seed);
    this.#isTimed = !this.#arrivals.atOnce;
    this.#writer = new TaskWriter(plan, this.scheduler, this.trace, this.#payloads);
    this.#pool = new StagePool(parts, this.#writer.wireStages(code), {
      heard: (worker, message) => this.#turn(() => this.#hear(worker, message)),
      died: (worker, why) => this.#turn(() => this.#workerDied(worker, why)),
      uncaught: (message) => parts.reporter.notice(`Stage code threw outside of any task: ${message}.`),
    });
    this.#lookUps =
      parts.cachePort &&
      new LookUps(parts.cachePort, new CacheKeys(plan.stages, code, plan.pipeline.seed), {
        answered: (answers) => this.#turn(() => this.#lookedUp(answers)),
        refused: (why) => parts.reporter.notice(why),
      });
  }

  /** Starts the warm workers; the clock starts when they are ready. */
  prepare(): void {
    this.#turn(() => this.scheduler.prepare());
    if (this.#pool.allReady) this.#turn(() => this.#begin());
  }

  get heldBytes(): number {
    return this.#payloads.heldBytes;
  }

  // ── turns ───────────────────────────────────────────────────────────────────────────────────

  /** Everything that happens goes through here: events in, then the scheduler settles, commands out. */
  #turn(happen: () => void): void {
    if (this.#isOver) return;
    try {
      happen();
      const { scheduler } = this;
      if (scheduler.hasBegun && !this.#isOver) scheduler.settle(this.#now);
      while (this.#givenUp.length > 0 && !this.#isOver) this.#cancelGivenUp();
      this.#fresh.clear();
      this.#pool.flush();
      this.#lookUps?.flush();
      this.#timeline.arm();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#fail({ message: `The run broke down: ${message}.`, stage: null, place: null });
    }
  }

  get #now(): number {
    return this.#parts.clock.now();
  }

  #begin(): void {
    if (this.scheduler.hasBegun) return;
    this.#parts.clock.start();
    if (this.#isTimed) this.#scheduleArrival();
    this.scheduler.begin(0);
    if (this.#stopWanted) this.scheduler.stop(this.#now);
  }

  #takeDue(): void {
    this.#timeline.takeDue(this.#now, (kind, order, value) => {
      if (kind === Due.timer) {
        if (!this.#clearedTimers.delete(value)) this.scheduler.timerDue(this.#now, value);
      } else if (kind === Due.arrival) this.#arriveTimed();
      else {
        const sent = this.#pool.find(value);
        if (sent?.number !== order) return;
        if (kind === Due.timeout) this.#timeOut(sent);
        else this.#killFor(sent);
      }
    });
  }

  stop(): void {
    this.#turn(() => {
      if (this.scheduler.hasBegun) this.scheduler.stop(this.#now);
      else this.#stopWanted = true;
      if (this.#stopWanted) this.#begin();
      if (this.#lookUps) this.#lookedUp(this.#lookUps.giveUp());
    });
  }
  pause(): void {
    this.#turn(() => this.scheduler.pause(this.#now));
  }
  resume(): void {
    this.#turn(() => this.scheduler.resume(this.#now));
  }

  #fail(error: FrameError): void {
    if (this.#isOver) return;
    this.trace.meta.ended = 'failed';
    this.trace.meta.note = error.message;
    this.#close(error);
  }

  #close(error: FrameError | null): void {
    this.#isOver = true;
    this.#pool.close();
    this.#timeline.close();
    this.#lookUps?.close();
    this.#parts.over(error);
  }

  finished(): void {
    this.#close(null);
  }

  // ── source ──────────────────────────────────────────────────────────────────────────────────

  pull(count: number): void {
    this.#owed = count;
    this.#deliverOwed();
    if (this.#owed > 0) this.#parts.feed.ask(Math.max(this.#owed, readAhead));
  }

  #deliverOwed(): void {
    const { feed } = this.#parts;
    while (this.#owed > 0 && feed.atHand > 0) {
      this.#owed--;
      this.#arrive(this.#isTimed ? this.#now : 0);
    }
    if (feed.isEmpty) this.#endSource();
  }

  #endSource(): void {
    if (this.#sourceIsOver) return;
    this.#sourceIsOver = true;
    this.#owed = 0;
    this.scheduler.sourceEnded();
  }

  #arrive(arrivalMs: number): void {
    const value = this.#parts.feed.take();
    const item = this.scheduler.arrived(Math.min(arrivalMs, this.#now));
    const { plan } = this.#parts;
    const declared = plan.pipeline.source.bytes;
    this.#payloads.put(-1, item, value, plan.roots.length, declared > 0 ? declared : undefined);
  }

  #scheduleArrival(): void {
    const { feed } = this.#parts;
    if (feed.isEmpty) {
      this.#endSource();
      return;
    }
    feed.ask(readAhead);
    this.#nextArrivalMs = this.#arrivals.next();
    this.#timeline.add(this.#nextArrivalMs, Due.arrival, 0, 0);
  }

  /** An arrival is due: the item comes now, or as soon as it has been read. */
  #arriveTimed(): void {
    const { feed } = this.#parts;
    if (feed.atHand > 0) {
      this.#arrive(this.#nextArrivalMs);
      this.#scheduleArrival();
    } else if (feed.isEmpty) this.#endSource();
    else {
      this.#owed = 1;
      feed.ask(readAhead);
    }
  }

  /** Streamed source items have come (from the page, or the source's code). */
  itemsCame(items: unknown[], done: boolean): void {
    this.#turn(() => {
      this.#parts.feed.give(items, done);
      if (!this.scheduler.hasBegun) return;
      const wasOwed = this.#owed > 0;
      this.#deliverOwed();
      if (this.#isTimed && wasOwed && this.#owed === 0 && !this.#sourceIsOver) this.#scheduleArrival();
      else if (this.#owed > 0) this.#parts.feed.ask(Math.max(this.#owed, readAhead));
    });
  }

  /** Asks the source's code for more. */
  pullSource(count: number): void {
    this.#pool.pullSource(count);
  }

  // ── workers ─────────────────────────────────────────────────────────────────────────────────

  startWorker(worker: number): void {
    this.#pool.start(worker);
  }
  stopWorker(worker: number): void {
    this.#pool.end(worker);
  }

  #hear(worker: number, message: FromWorker): void {
    switch (message.type) {
      case 'ready':
        this.#workerReady(worker);
        break;
      case 'load-failed':
        this.#loadFailed(message.unit, message.fault.message, message.fault.stack);
        break;
      case 'end':
        this.#taskEnded(worker, message.end);
        break;
      case 'log':
        this.#log(worker, message.task, message.number, message.text);
        break;
      case 'items':
        this.#sourceSpoke(message);
        break;
      case 'pong':
    }
  }

  #workerReady(worker: number): void {
    if (worker !== StagePool.sourceLane) this.scheduler.workerReady(this.#now, worker);
    if (!this.scheduler.hasBegun && this.#pool.allReady) this.#begin();
  }

  #loadFailed(unit: number, message: string, stack: string): void {
    const { code, plan } = this.#parts;
    const stage = plan.stages.find((one) => code.stageUnits[one.index] === unit)?.id ?? null;
    const who = code.units[unit]?.name ?? 'a stage';
    this.#fail({
      message: `The code of ${who} could not be loaded: ${message}`,
      stage,
      place: this.#pool.codeUrls.placeIn(stack, unit),
    });
  }

  #sourceSpoke(message: Extract<FromWorker, { type: 'items' }>): void {
    if (message.fault) {
      const { code } = this.#parts;
      const { message: text, stack } = message.fault;
      const place = this.#pool.codeUrls.placeIn(stack, code.sourceUnit);
      this.#fail({ message: `The source failed: ${text}`, stage: null, place });
      return;
    }
    queueMicrotask(() => this.itemsCame(message.items, message.done));
  }

  /** A worker broke, or was ended: its tasks run again elsewhere. */
  #workerDied(worker: number, why: string): void {
    if (worker === StagePool.sourceLane || !this.#pool.wasReady(worker)) {
      this.#fail({ message: `A worker could not be started: ${why}.`, stage: null, place: null });
      return;
    }
    const lost = this.#pool.end(worker);
    for (const sent of lost) this.#loseTask(sent, 'lost', `its worker died: ${why}`);
    this.scheduler.workerLost(this.#now, worker);
  }

  #loseTask(sent: SentTask, outcome: TaskEnd['outcome'], why: string): void {
    const end = this.#end;
    end.startMs = sent.sentMs;
    end.endMs = this.#now;
    end.setupMs = 0;
    end.waitedMs = 0;
    end.bytes = 0;
    end.outputs = null;
    this.#tell(sent, outcome, outcome === 'cancelled' ? [] : this.#failedItems(sent, why, ''));
  }

  // ── tasks ───────────────────────────────────────────────────────────────────────────────────

  start(task: number, stage: number, worker: number): void {
    const lane = this.#pool.lane(worker);
    const sent: SentTask = {
      task,
      number: this.scheduler.taskNumber(task),
      stage,
      worker,
      sentMs: this.#now,
      members: this.#writer.members(task),
      timedOut: false,
    };
    lane.sent.set(task, sent);
    lane.outbox.push(this.#writer.write(task, stage, lane));
    const { timeout } = this.#parts.plan.stages[stage]!.stage;
    if (timeout !== null) {
      this.#timeline.add(sent.sentMs + timeout, Due.timeout, sent.number, task);
    }
  }

  #timeOut(sent: SentTask): void {
    sent.timedOut = true;
    this.#pool.abort(sent);
    this.#timeline.add(this.#now + graceMs, Due.kill, sent.number, sent.task);
  }

  /** A task did not hear the signal: its worker goes, and its neighbours run again elsewhere. */
  #killFor(sent: SentTask): void {
    const lost = this.#pool.end(sent.worker);
    const { timeout } = this.#parts.plan.stages[sent.stage]!.stage;
    this.#loseTask(sent, 'timed-out', `It took longer than its timeout of ${timeout} ms.`);
    for (const other of lost) {
      if (other !== sent) this.#loseTask(other, 'lost', 'its worker was ended');
    }
    this.scheduler.workerLost(this.#now, sent.worker);
  }

  abort(task: number): void {
    this.#givenUp.push(task);
  }

  /** The run stops: workers that still run something go at once. */
  #cancelGivenUp(): void {
    const tasks = this.#givenUp.splice(0);
    for (const task of tasks) {
      const sent = this.#pool.find(task);
      if (!sent) continue;
      this.#pool.end(sent.worker, task);
      this.#loseTask(sent, 'cancelled', '');
    }
    if (this.#lookUps) this.#lookedUp(this.#lookUps.giveUp());
    this.scheduler.settle(this.#now);
  }

  #taskEnded(worker: number, wire: WireEnd): void {
    const sent = this.#pool.take(worker, wire.task, wire.number);
    // Ended by us meanwhile.
    if (!sent) return;
    const { clock, timerStepMs } = this.#parts;
    const nowMs = this.#now;
    const startMs = clock.fromEpoch(wire.startMs);
    const endMs = clock.fromEpoch(wire.endMs);
    const toleranceMs = Math.max(0.5, 2 * timerStepMs);
    const isForged =
      startMs < sent.sentMs - toleranceMs || endMs > nowMs + toleranceMs || endMs < startMs;
    const end = this.#end;
    end.startMs = Math.min(nowMs, Math.max(sent.sentMs, startMs));
    end.endMs = Math.min(nowMs, Math.max(end.startMs, endMs));
    end.setupMs = Math.max(0, Math.min(wire.setupMs, end.endMs - end.startMs));
    end.waitedMs = Math.max(0, Math.min(wire.waitedMs, end.endMs - end.startMs));
    end.bytes = 0;
    end.outputs = null;
    if (sent.timedOut) {
      const { timeout } = this.#parts.plan.stages[sent.stage]!.stage;
      const why = `It took longer than its timeout of ${timeout} ms.`;
      this.#tell(sent, 'timed-out', this.#failedItems(sent, why, ''));
    } else if (isForged || (!wire.fault && wire.codes.length !== sent.members)) {
      const why = isForged
        ? 'Its worker reported times at which it did not run.'
        : 'Its worker reported another number of results than it was given items.';
      this.#tell(sent, 'failed', this.#failedItems(sent, why, ''));
    } else if (wire.fault) {
      this.#tell(sent, 'failed', this.#failedItems(sent, wire.fault.message, wire.fault.stack));
    } else this.#succeeded(sent, wire);
  }

  #succeeded(sent: SentTask, wire: WireEnd): void {
    const { plan } = this.#parts;
    const stage = plan.stages[sent.stage]!;
    const kind = this.scheduler.taskKind(sent.task);
    const items = itemsOf(this.scheduler, sent.task, kind === TaskKind.all);
    const failed: FailedItem[] = [];
    const end = this.#end;
    const serviceMs = end.endMs - end.startMs - end.setupMs;
    let at = 0;
    for (let i = 0; i < items.length; i++) {
      const code = wire.codes[i]!;
      const item = items[i]!;
      if (code === failedEntry) {
        const { message, stack } = wire.entryFaults[failed.length]!;
        failed.push(this.#failedItem(sent.stage, item, message, stack));
      }
      const count = code === plain ? 1 : Math.max(0, code);
      const values = wire.values.slice(at, at + count);
      at += count;
      const bytes =
        kind === TaskKind.foldStep || code === failedEntry ? 0 : this.#putOut(sent.stage, item, code, values);
      end.bytes += bytes;
      if (kind !== TaskKind.foldFinish) {
        this.models.add(sent.stage, {
          number: this.#writer.numberOf(item),
          cpuMs: Math.max(0, serviceMs - end.waitedMs) / items.length,
          waitMs: end.waitedMs / items.length,
          code: kind === TaskKind.foldStep ? plain : code,
          bytes,
        });
      }
      if (code !== failedEntry && stage.cached) {
        const ttlMs = stage.stage.cache?.ttl ?? plan.pipeline.cache.ttl;
        this.#lookUps?.keep(sent.stage, item, { code, values }, ttlMs);
      }
    }
    end.outputs = wire.codes;
    this.#tell(sent, 'ok', failed);
  }

  /** Takes in what was computed or found for one item. Returns its bytes. */
  #putOut(stage: number, item: number, code: number, values: unknown[]): number {
    this.#fresh.set(nameOf(stage, item), values);
    if (code !== plain) return values.reduce<number>((sum, value) => sum + byteSize(value), 0);
    return this.#payloads.put(stage, item, values[0], this.#readers(stage));
  }

  #readers(stage: number): number {
    return this.#parts.plan.stages[stage]!.children.length;
  }

  #tell(sent: SentTask, outcome: TaskEnd['outcome'], failed: readonly FailedItem[]): void {
    const { scheduler, trace } = this;
    this.#end.outcome = outcome;
    const marksBefore = trace.marks.count;
    const attempt = scheduler.taskAttempt(sent.task);
    if (outcome !== 'cancelled' && outcome !== 'lost') {
      this.models.attempt(sent.stage, outcome !== 'ok' || failed.length > 0);
    }
    const isFold = this.#parts.plan.stages[sent.stage]!.join === 'fold';
    scheduler.taskEnded(this.#now, sent.task, this.#end);
    for (const one of failed) {
      // After a first death an item runs again; a fold that lost its accumulator does not.
      const name = nameOf(sent.stage, one.item);
      const runsAgain = outcome === 'lost' && !isFold && !this.#lostOnce.has(name);
      if (outcome === 'lost') this.#lostOnce.add(name);
      if (runsAgain || willRetry(trace, marksBefore, sent.stage, one.item)) continue;
      this.#parts.reporter.failure(() => ({
        item: itemLabel(trace, one.item),
        stage: this.#parts.plan.stages[sent.stage]!.id,
        attempt,
        message: one.message,
        place: one.place,
        input: one.input,
      }));
    }
  }

  #failedItems(sent: SentTask, message: string, stack: string): FailedItem[] {
    const isAll = this.scheduler.taskKind(sent.task) === TaskKind.all;
    const items = itemsOf(this.scheduler, sent.task, isAll);
    return Array.from(items, (item) => this.#failedItem(sent.stage, item, message, stack));
  }

  #failedItem(stage: number, item: number, message: string, stack: string): FailedItem {
    const { code } = this.#parts;
    const place = stack === '' ? null : this.#pool.codeUrls.placeIn(stack, code.stageUnits[stage]!);
    return { item, message, place, input: preview(this.#writer.inputFor(stage, item)) };
  }

  #log(worker: number, task: number, number: number, text: string): void {
    const sent = this.#pool.lane(worker).sent.get(task);
    if (sent?.number !== number) return;
    this.#parts.reporter.log({
      timeMs: this.#now,
      stage: this.#parts.plan.stages[sent.stage]!.id,
      item: itemLabel(this.trace, this.scheduler.taskItem(task)),
      text,
    });
  }

  // ── payloads ────────────────────────────────────────────────────────────────────────────────

  child(stage: number, parent: number, index: number, child: number): void {
    const values = this.#fresh.get(nameOf(stage, parent));
    assert(values && index < values.length, `output ${index} of stage ${stage} is at hand`);
    this.#payloads.put(stage, child, values[index], this.#readers(stage));
  }
  alias(stage: number, item: number, copy: number): void {
    this.#payloads.alias(stage, item, copy);
  }
  release(stage: number, item: number): void {
    this.#payloads.release(stage, item);
  }
  deliver(stage: number, item: number): void {
    this.#parts.results.add({
      item: itemLabel(this.trace, item),
      stage: this.#parts.plan.stages[stage]!.id,
      value: this.#payloads.take(stage, item),
    });
  }

  // ── timers ──────────────────────────────────────────────────────────────────────────────────

  setTimer(timer: number, atMs: number): void {
    this.#timeline.add(atMs, Due.timer, timer, timer);
  }
  clearTimer(timer: number): void {
    this.#clearedTimers.add(timer);
  }

  // ── cache ───────────────────────────────────────────────────────────────────────────────────

  lookUp(stage: number, item: number): void {
    assert(this.#lookUps, 'look-ups are asked for only when the cache is on');
    this.#lookUps.ask(stage, item, this.#writer.inputFor(stage, item));
  }

  #lookedUp(answers: readonly Answer[]): void {
    for (const { stage, item, found, id } of answers) {
      const bytes = found ? this.#putOut(stage, item, found.code, found.values) : 0;
      this.scheduler.lookedUp(this.#now, stage, item, lookUpOf(found, id, bytes));
    }
  }

  share(stage: number, from: number, to: number): void {
    const values = this.#fresh.get(nameOf(stage, from));
    assert(values, `what stage ${stage} computed for item row ${from} is at hand`);
    this.#fresh.set(nameOf(stage, to), values);
    // Children are named one by one; a plain output is put out here.
    if (this.#payloads.has(stage, from)) {
      this.#payloads.put(stage, to, values[0], this.#readers(stage));
    }
  }

  // ── watching ────────────────────────────────────────────────────────────────────────────────

  /** Asks busy workers for a sign of life; returns those silent for `silentMs` and more. */
  silentWorkers(silentMs: number): SilentWorker[] {
    if (this.#isOver) return [];
    return this.#pool.silent(silentMs).map(({ worker, silentMs: ms, sent }) => ({
      worker,
      silentMs: ms,
      tasks: sent.map(({ stage, task }) => ({
        stage: this.#parts.plan.stages[stage]!.id,
        item: itemLabel(this.trace, this.scheduler.taskItem(task)),
      })),
    }));
  }

  /** Ends a worker that does not answer. Alone on it, a task fails; of several nobody knows which it was. */
  killSilent(worker: number): void {
    this.#turn(() => {
      if (!this.#pool.isUp(worker)) return;
      const lost = this.#pool.end(worker);
      const why = 'Its worker gave no sign of life for a long time and was ended.';
      const outcome = lost.length === 1 ? 'failed' : 'lost';
      for (const sent of lost) this.#loseTask(sent, outcome, why);
      this.scheduler.workerLost(this.#now, worker);
    });
  }
}

const nameOf = (stage: number, item: number): number => stage * 0x1_0000_0000 + item;
