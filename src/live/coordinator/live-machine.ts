import { assert } from '../../base/assert.ts';
import type { Machine } from '../../engine/machine.ts';
import type { SilentWorker } from '../../engine/runner.ts';
import { Scheduler } from '../../engine/scheduler.ts';
import { itemLabel } from '../../trace/item-label.ts';
import { TraceBuilder } from '../../trace/builder.ts';
import { emptyMeta } from '../../trace/empty-trace.ts';
import type { FrameError } from '../border.ts';
import { CacheKeys } from './cache-keys.ts';
import type { ToldByWorker } from './check-wire.ts';
import { loadFailed, sourceFailed } from './code-errors.ts';
import type { LiveMachineParts } from './live-machine-parts.ts';
import { LostWorkers } from './lost-workers.ts';
import { lookUpOf, LookUps, type Answer } from './look-ups.ts';
import { MeasuredModels } from './measured-models.ts';
import type { SentTask } from './open-tasks.ts';
import { OutputShelf } from './output-shelf.ts';
import { silentWorker } from './silent-worker.ts';
import { SourceLine } from './source-line.ts';
import { StagePool } from './stage-pool.ts';
import { Strays } from './strays.ts';
import { TaskEndings } from './task-endings.ts';
import { TaskWriter } from './task-writer.ts';
import { TimeOuts } from './time-outs.ts';
import { Due, Timeline } from './timeline.ts';

/** Rows of the record that room is made for before the clock starts; memory is only taken when they are written. */
const rowsReservedMax = 1_000_000;

/** The machine of real time: stage workers in the sandbox, the very same scheduler. */
export class LiveMachine implements Machine {
  readonly trace = new TraceBuilder(emptyMeta('live'));
  readonly scheduler: Scheduler;
  readonly models: MeasuredModels;
  /** Workers that gave no sign of life when they were looked at last, and are still there. */
  silent: SilentWorker[] = [];
  readonly #endings: TaskEndings;
  readonly #lost: LostWorkers;
  readonly #timeOuts: TimeOuts;
  readonly #strays: Strays;
  readonly #parts: LiveMachineParts;
  readonly #pool: StagePool;
  readonly #writer: TaskWriter;
  readonly #shelf: OutputShelf;
  readonly #timeline: Timeline;
  readonly #clearedTimers = new Set<number>();
  readonly #lookUps: LookUps | null;
  readonly #source: SourceLine;
  /** Tasks the scheduler has given up in this turn. */
  readonly #givenUp: number[] = [];
  readonly #aheadMs = (worker: number): number => this.scheduler.aheadMs(worker);
  #isOver = false;
  #stopWanted = false;
  #isHeld = false;
  constructor(parts: LiveMachineParts) {
    const { plan, clock } = parts;
    this.#parts = parts;
    this.scheduler = new Scheduler(plan, this, this.trace);
    this.models = new MeasuredModels(plan);
    this.#timeline = new Timeline(
      () => clock.now(),
      () => this.#turn(() => {}),
    );
    this.#shelf = new OutputShelf(parts, (item) =>
      parts.feed.make(this.trace.items.ordinal[item]!),
    );
    this.#writer = new TaskWriter(parts, this.scheduler, this.trace, this.#shelf);
    this.#source = new SourceLine({
      ...parts,
      scheduler: this.scheduler,
      shelf: this.#shelf,
      timeline: this.#timeline,
    });
    this.#pool = new StagePool(parts, this.#writer.wireStages(parts.code), {
      heard: (worker, message) => this.#turn(() => this.#hear(worker, message)),
      died: (worker, why) => this.#turn(() => this.#lost.died(worker, why)),
      uncaught: (message) =>
        parts.reporter.notice(`Stage code threw outside of any task: ${message}.`),
    });
    this.#lookUps =
      parts.cachePort &&
      new LookUps(parts.cachePort, new CacheKeys(plan, parts.code), {
        answered: (answers) => this.#turn(() => this.#lookedUp(answers)),
        refused: (why) => parts.reporter.notice(why),
      });
    this.#endings = new TaskEndings({
      ...parts,
      trace: this.trace,
      scheduler: this.scheduler,
      shelf: this.#shelf,
      writer: this.#writer,
      models: this.models,
      lookUps: this.#lookUps,
      codeUrls: this.#pool.codeUrls,
    });
    this.#strays = new Strays({ ...parts, codeUrls: this.#pool.codeUrls, trace: this.trace });
    this.#lost = new LostWorkers({
      pool: this.#pool,
      endings: this.#endings,
      scheduler: this.scheduler,
      ...{ plan, now: () => clock.now() },
      fail: (error) => this.#fail(error),
    });
    this.#timeOuts = new TimeOuts({
      ...{ plan, pool: this.#pool, lost: this.#lost, timeline: this.#timeline },
      now: () => clock.now(),
    });
  }

  /** Starts the warm workers; the clock starts when they are ready, unless it is paused by then. */
  prepare(isPaused = false): void {
    const { plan, feed } = this.#parts;
    const items = Math.min(rowsReservedMax, feed.atHand);
    this.trace.reserve(items, Math.min(rowsReservedMax, items * plan.stages.length));
    this.#source.prepare();
    this.#turn(() => this.scheduler.prepare());
    if (isPaused) this.pause();
    this.#turn(() => this.#begin());
  }

  get heldBytes(): number {
    return this.#shelf.payloads.heldBytes;
  }
  get linesOmitted(): number {
    return this.#pool.linesOmitted;
  }

  // ── turns ───────────────────────────────────────────────────────────────────────────────────

  /** Everything that happens goes through here: events in, then the scheduler settles, commands out. */
  #turn(happen: () => void): void {
    if (this.#isOver) return;
    const { clock } = this.#parts;
    clock.hold();
    try {
      happen();
      // One instant: ends of tasks come before timers, timers before arrivals, all of them before starts.
      if (!this.#isOver) this.#takeDue();
      this.#source.goOn();
      const { scheduler } = this;
      if (scheduler.hasBegun && !this.#isOver) scheduler.settle(this.#now);
      while (this.#givenUp.length > 0 && !this.#isOver) this.#cancelGivenUp();
      this.#shelf.settle();
      this.#pool.flush(this.#aheadMs);
      this.#lookUps?.flush();
      this.#timeline.arm();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#fail({ message: `The run broke down: ${message}.`, stage: null, place: null });
    } finally {
      clock.release();
    }
  }

  get #now(): number {
    return this.#parts.clock.now();
  }

  #begin(): void {
    const isReady = this.#pool.allReady && !this.#isHeld;
    if (this.scheduler.hasBegun || !(isReady || this.#stopWanted)) return;
    this.#parts.clock.start();
    this.#source.begin();
    this.scheduler.begin(0);
    if (this.#stopWanted) this.scheduler.stop(this.#now);
  }

  #takeDue(): void {
    this.#timeline.takeDue(this.#now, (kind, order, value) => {
      if (kind === Due.timer) {
        if (!this.#clearedTimers.delete(value)) this.scheduler.timerDue(this.#now, value);
      } else if (kind === Due.arrival) this.#source.arrivalDue();
      else this.#timeOuts.due(kind, value, order);
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
  /** A clock that has not started yet does not start before `resume` or `stop`. */
  pause(): void {
    this.#isHeld = true;
    this.#turn(() => this.scheduler.pause(this.#now));
  }
  resume(): void {
    this.#isHeld = false;
    this.#turn(() => this.scheduler.resume(this.#now));
    this.#turn(() => this.#begin());
  }

  #fail(error: FrameError): void {
    if (this.#isOver) return;
    this.trace.meta.ended = 'failed';
    this.trace.meta.note = error.message;
    this.#close(error);
  }

  #close(error: FrameError | null): void {
    this.#isOver = true;
    this.silent = [];
    this.#pool.close();
    this.#timeline.close();
    this.#parts.over(error);
  }

  finished(): void {
    this.#close(null);
  }

  // ── source ──────────────────────────────────────────────────────────────────────────────────

  pull(count: number): void {
    this.#source.pull(count);
  }

  /** Streamed source items have come (from the page, or the source's code). */
  itemsCame(items: unknown[], done: boolean): void {
    this.#shelf.moved.note(items);
    this.#turn(() => this.#source.came(items, done));
  }

  /** Asks the source's code for more. */
  pullSource(count: number): void {
    this.#pool.pullSource(count);
  }

  // ── workers ─────────────────────────────────────────────────────────────────────────────────

  startWorker(worker: number): void {
    // Who means the one that was silent does not mean this one.
    this.silent = this.silent.filter((one) => one.worker !== worker);
    this.#pool.start(worker, !this.scheduler.hasBegun);
  }

  #hear(worker: number, message: ToldByWorker): void {
    switch (message.type) {
      case 'ready':
        this.#workerReady(worker);
        break;
      case 'load-failed':
        this.#loadFailed(worker, message);
        break;
      case 'ends':
        this.#endings.told(message.ends, this.#pool.lane(worker).clock, (task, number) =>
          this.#pool.take(worker, task, number),
        );
        break;
      case 'log':
        this.#log(worker, message);
        break;
      case 'items':
        if (worker === StagePool.sourceLane) this.#sourceSpoke(message);
        break;
      case 'stray':
        this.#strays.tell(message.fault, this.#pool.lane(worker).onlyItem);
        break;
      case 'loading':
      case 'pong':
    }
  }

  #loadFailed(worker: number, failed: Extract<ToldByWorker, { type: 'load-failed' }>): void {
    const { plan, code } = this.#parts;
    this.#fail(loadFailed(failed, plan, code, this.#pool.codeUrls, this.#pool.loading(worker)));
  }

  #workerReady(worker: number): void {
    if (worker !== StagePool.sourceLane) this.scheduler.workerReady(this.#now, worker);
    this.#begin();
  }

  #sourceSpoke(message: Extract<ToldByWorker, { type: 'items' }>): void {
    if (message.fault) {
      this.#fail(sourceFailed(message.fault, this.#parts.code, this.#pool.codeUrls));
      return;
    }
    queueMicrotask(() => this.itemsCame(message.items, message.done));
  }

  // ── tasks ───────────────────────────────────────────────────────────────────────────────────

  start(task: number, stage: number, worker: number): void {
    const lane = this.#pool.lane(worker);
    const sent = this.#pool.open(task, worker);
    sent.number = this.scheduler.taskNumber(task);
    sent.stage = stage;
    sent.place = lane.sentCount;
    sent.sentMs = this.#now;
    sent.members = this.#writer.members(task);
    lane.add(sent, this.scheduler.taskKind(task), this.scheduler.taskItem(task));
    sent.isMoved = this.#writer.write(task, stage, lane);
    if (sent.isMoved) this.#pool.sendEnough(worker, lane, this.#aheadMs);
    this.#timeOuts.watch(sent);
  }

  abort(task: number): void {
    this.#givenUp.push(task);
  }

  /** The run stops: workers that still run something go at once. */
  #cancelGivenUp(): void {
    for (const task of this.#givenUp.splice(0)) {
      const sent = this.#pool.find(task);
      if (!sent) continue;
      this.#pool.end(sent.worker, task);
      this.#endings.lose(sent, 'cancelled', '');
    }
    if (this.#lookUps) this.#lookedUp(this.#lookUps.giveUp());
    this.scheduler.settle(this.#now);
  }

  #log(worker: number, line: Extract<ToldByWorker, { type: 'log' }>): void {
    const sent = this.#pool.find(line.task);
    if (sent?.number !== line.number || sent.worker !== worker) return;
    this.#parts.reporter.log({ timeMs: this.#now, ...this.#nameOf(sent), text: line.text });
  }

  #nameOf({ stage, task }: SentTask): { stage: string; item: string } {
    const { id } = this.#parts.plan.stages[stage]!;
    return { stage: id, item: itemLabel(this.trace, this.scheduler.taskItem(task)) };
  }

  // ── payloads ────────────────────────────────────────────────────────────────────────────────

  child(stage: number, parent: number, index: number, child: number): void {
    this.#shelf.child(stage, parent, index, child);
  }
  alias(stage: number, item: number, copy: number): void {
    this.#shelf.payloads.alias(stage, item, copy);
  }
  release(stage: number, item: number): void {
    this.#shelf.payloads.release(stage, item);
  }
  deliver(stage: number, item: number): void {
    const { payloads } = this.#shelf;
    const bytes = payloads.bytesOf(stage, item);
    this.#parts.results.add(stage, item, payloads.take(stage, item), bytes, this.trace);
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
    this.#lookUps.ask(stage, item, this.#writer.lookUpInput(stage, item), this.#writer.whoIs(item));
  }

  #lookedUp(answers: readonly Answer[]): void {
    for (const { stage, item, found, id } of answers) {
      const bytes = found ? this.#shelf.put(stage, item, found.code, found.values) : 0;
      this.scheduler.lookedUp(this.#now, stage, item, lookUpOf(found, id, bytes));
    }
  }

  share(stage: number, from: number, to: number): void {
    this.#shelf.share(stage, from, to);
  }

  /** Hands computed results to the cache. Call now and then. */
  flushCache(): void {
    this.#lookUps?.flushPuts();
  }
  /** After the end: resolves when the cache has stored all it was handed. Gives back what outlives workers. */
  async letGo(): Promise<void> {
    this.#pool.codeUrls.revoke();
    await this.#lookUps?.stored();
    this.#parts.cachePort?.close();
  }

  // ── watching ────────────────────────────────────────────────────────────────────────────────

  /** Asks for a sign of life, and notes who has given none for `silentMs`; call it every `lookMs`. */
  look(lookMs: number, silentMs: number): void {
    if (this.#isOver) return;
    const silent = this.#pool.silent(Math.ceil(silentMs / lookMs));
    this.silent = silent.map((one) =>
      silentWorker(one, lookMs, this.#parts.plan, (sent) => this.#nameOf(sent)),
    );
  }

  /** Ends a worker if it gives no sign of life. */
  killSilent(worker: number): void {
    const silent = this.silent.find((one) => one.worker === worker);
    if (!silent || !this.#pool.isUp(worker)) return;
    this.#turn(() => this.#lost.silent(worker, silent.silentMs));
  }
}
