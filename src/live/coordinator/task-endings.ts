import { failedEntry, plain, type TaskEnd } from '../../engine/machine.ts';
import type { Plan } from '../../engine/plan.ts';
import type { Scheduler } from '../../engine/scheduler.ts';
import { TaskKind } from '../../engine/task-table.ts';
import { itemLabel } from '../../trace/item-label.ts';
import type { TraceBuilder } from '../../trace/builder.ts';
import type { CompiledCode } from '../compile/unit.ts';
import type { WireEnd } from '../wire.ts';
import type { RunClock } from './clock.ts';
import type { CodeUrls } from './code-urls.ts';
import { itemsOf, willRetry, type FailedItem } from './failures.ts';
import type { LookUps } from './look-ups.ts';
import type { MeasuredModels } from './measured-models.ts';
import type { SentTask } from './open-tasks.ts';
import { wasMoved } from './moved-inputs.ts';
import { outputKey, type OutputShelf } from './output-shelf.ts';
import { preview } from './preview.ts';
import type { Reporter } from './reporter.ts';
import type { TaskWriter } from './task-writer.ts';
import type { ToldEnds } from './told-ends.ts';
import type { WorkerClock } from './worker-clock.ts';

export interface TaskEndingsParts {
  plan: Plan;
  code: CompiledCode;
  codeUrls: CodeUrls;
  clock: RunClock;
  timerStepMs: number;
  trace: TraceBuilder;
  scheduler: Scheduler;
  shelf: OutputShelf;
  writer: TaskWriter;
  models: MeasuredModels;
  lookUps: LookUps | null;
  reporter: Reporter;
}

/** Clocks of two threads of one process agree to less than this. ms. */
const toleranceMinMs = 0.5;
/** Times that lie further outside of a task, by all that is known of its worker's clock (`WorkerClock`), fail it. ms. */
const clocksApartMaxMs = 100;

/** @param why its worker is gone; empty: it was ended for another task's sake. */
const inputGone = (why: string): string =>
  `${why || 'Its worker was ended because of another task.'} Its input had been moved there (\`moves\`), so it cannot run again.`;

const none: readonly FailedItem[] = [];

/** What becomes of a task that has ended: its times are checked, its outputs taken in, its failures told. */
export class TaskEndings {
  readonly #parts: TaskEndingsParts;
  /** (stage, item) whose worker died under them once. */
  readonly #lostOnce = new Set<number>();
  readonly #end: TaskEnd = {
    outcome: 'ok',
    startMs: 0,
    endMs: 0,
    setupMs: 0,
    waitedMs: 0,
    bytes: 0,
    outputs: null,
  };

  constructor(parts: TaskEndingsParts) {
    this.#parts = parts;
  }

  whyTimedOut({ stage }: SentTask): string {
    const { timeout } = this.#parts.plan.stages[stage]!.stage;
    return `It took longer than its timeout of ${timeout} ms.`;
  }

  /** Ends a task without its worker's word: the worker is gone, or was ended. */
  lose(sent: SentTask, outcome: TaskEnd['outcome'], why: string): void {
    const isGone = sent.isMoved && (outcome === 'lost' || outcome === 'displaced');
    if (isGone) this.#endUnheard(sent, 'failed', inputGone(outcome === 'lost' ? why : ''));
    else this.#endUnheard(sent, outcome, why);
  }

  #endUnheard(sent: SentTask, outcome: TaskEnd['outcome'], why: string): void {
    const end = this.#end;
    end.startMs = sent.sentMs;
    end.endMs = this.#parts.clock.now();
    end.setupMs = 0;
    end.waitedMs = 0;
    end.bytes = 0;
    end.outputs = null;
    const losesFold = this.#isFold(sent.stage) && !this.isFirstStep(sent);
    const isTold = outcome !== 'cancelled' && (outcome !== 'displaced' || losesFold);
    this.#tell(sent, outcome, isTold ? this.#failedItems(sent, why, '') : [], true);
  }

  /** A step of a fold that has taken nothing in yet, and can run again. */
  isFirstStep({ task, stage, isMoved }: SentTask): boolean {
    const { scheduler, trace } = this.#parts;
    const isStep = scheduler.taskKind(task) === TaskKind.foldStep;
    return isStep && !isMoved && trace.meta.stages[stage]!.delivered === 0;
  }

  /** The worker with a fold's accumulator is gone, so the fold fails: told once, as its result's failing. */
  foldLost(stage: number): void {
    const { plan, reporter } = this.#parts;
    const { id } = plan.stages[stage]!;
    reporter.failure(() => ({
      item: id,
      stage: id,
      attempt: 1,
      message: 'The worker that held its accumulator is gone, so the fold has no result.',
      place: null,
      input: '',
    }));
  }

  #isFold(stage: number): boolean {
    return this.#parts.plan.stages[stage]!.join === 'fold';
  }

  /** What a worker says in one message of tasks that have ended. @param take of its tasks; null: it was ended by us. */
  told(
    ends: ToldEnds,
    workerClock: WorkerClock,
    take: (task: number, number: number) => SentTask | null,
  ): void {
    const { clock } = this.#parts;
    const nowMs = clock.now();
    const lastEndMs = clock.fromEpoch(ends.lastEndMs);
    ends.each((end) => {
      const sent = take(end.task, end.number);
      if (!sent) return;
      workerClock.hear(clock.fromEpoch(end.startMs), lastEndMs, sent.sentMs, nowMs);
      this.#ended(sent, end, workerClock, nowMs);
    });
  }

  /** @param nowMs when it was heard. */
  #ended(sent: SentTask, wire: WireEnd, workerClock: WorkerClock, nowMs: number): void {
    const { clock, timerStepMs } = this.#parts;
    const startMs = workerClock.startOf(clock.fromEpoch(wire.startMs));
    const endMs = workerClock.endOf(clock.fromEpoch(wire.endMs));
    const toleranceMs = Math.max(toleranceMinMs, 2 * timerStepMs);
    const isForged =
      Math.max(sent.sentMs - startMs, endMs - nowMs) > clocksApartMaxMs ||
      wire.endMs < wire.startMs;
    const end = this.#end;
    end.startMs = Math.min(nowMs, Math.max(sent.sentMs, startMs));
    end.endMs = Math.min(nowMs, Math.max(end.startMs, endMs));
    end.setupMs = Math.max(0, Math.min(wire.setupMs, end.endMs - end.startMs));
    end.waitedMs = Math.max(0, Math.min(wire.waitedMs, end.endMs - end.startMs));
    end.bytes = 0;
    end.outputs = null;
    if (this.#isOverTime(sent, wire, toleranceMs)) {
      this.#tell(sent, 'timed-out', this.#failedItems(sent, this.whyTimedOut(sent), ''));
    } else if (isForged || (!wire.fault && wire.codes.length !== sent.members)) {
      const why = isForged
        ? 'Its worker reported times at which it did not run.'
        : 'Its worker reported another number of results than it was given items.';
      this.#tell(sent, 'failed', this.#failedItems(sent, why, ''));
    } else if (wire.fault) {
      this.#tell(sent, 'failed', this.#failedItems(sent, wire.fault.message, wire.fault.stack));
    } else this.#succeeded(sent, wire);
  }

  #isOverTime(sent: SentTask, { fault, startMs, endMs }: WireEnd, toleranceMs: number): boolean {
    const { plan, scheduler } = this.#parts;
    const { stage } = plan.stages[sent.stage]!;
    if (stage.timeout === null) return false;
    // Its worker has said so already: if it kept what a step of a fold gave, there is no fault.
    if (stage.work.kind === 'code' && scheduler.taskKind(sent.task) === TaskKind.foldStep)
      return fault !== null && (sent.timedOut || endMs - startMs > stage.timeout);
    // It may have ended in time, and been heard too late. One that heard the signal ended after it, but by another clock.
    return sent.timedOut && this.#end.endMs > sent.sentMs + stage.timeout - toleranceMs;
  }

  #succeeded(sent: SentTask, wire: WireEnd): void {
    if (wire.codes.length === 1 && wire.codes[0] === plain) this.#succeededPlain(sent, wire);
    else this.#succeededOtherwise(sent, wire);
  }

  /** The way of nearly all tasks, without making anything on it: one item, one output. */
  #succeededPlain(sent: SentTask, wire: WireEnd): void {
    const { scheduler, shelf, writer, models } = this.#parts;
    const { task, stage } = sent;
    if (scheduler.taskKind(task) !== TaskKind.item || this.#parts.plan.stages[stage]!.cached) {
      this.#succeededOtherwise(sent, wire);
      return;
    }
    const item = scheduler.taskItem(task);
    const end = this.#end;
    end.bytes = shelf.put(stage, item, plain, wire.values);
    const serviceMs = end.endMs - end.startMs - end.setupMs;
    const member = this.#member;
    member.number = writer.numberOf(item);
    member.cpuMs = Math.max(0, serviceMs - end.waitedMs);
    member.waitMs = end.waitedMs;
    member.code = plain;
    member.bytes = end.bytes;
    models.add(stage, member);
    this.#tell(sent, 'ok', none);
  }
  readonly #member = { number: 0, cpuMs: 0, waitMs: 0, code: 0, bytes: 0 };

  #succeededOtherwise(sent: SentTask, wire: WireEnd): void {
    const { plan, scheduler, shelf, writer, models, lookUps } = this.#parts;
    const stage = plan.stages[sent.stage]!;
    const kind = scheduler.taskKind(sent.task);
    const items = itemsOf(scheduler, sent.task, kind === TaskKind.all);
    const failed: FailedItem[] = [];
    const end = this.#end;
    const serviceMs = end.endMs - end.startMs - end.setupMs;
    let at = 0;
    for (let i = 0; i < items.length; i++) {
      const code = wire.codes[i]!;
      const item = items[i]!;
      if (code === failedEntry) {
        const { message, stack } = wire.entryFaults[failed.length]!;
        failed.push(this.#failedItem(sent, item, message, stack));
      }
      const count = code === plain ? 1 : Math.max(0, code);
      const values = wire.values.slice(at, at + count);
      at += count;
      const bytes =
        kind === TaskKind.foldStep || code === failedEntry
          ? 0
          : shelf.put(sent.stage, item, code, values);
      end.bytes += bytes;
      if (kind !== TaskKind.foldFinish) {
        models.add(sent.stage, {
          number: writer.numberOf(item),
          cpuMs: Math.max(0, serviceMs - end.waitedMs) / items.length,
          waitMs: end.waitedMs / items.length,
          code: kind === TaskKind.foldStep ? plain : code,
          bytes,
        });
      }
      if (code !== failedEntry && stage.cached) {
        const ttlMs = stage.stage.cache?.ttl ?? null;
        lookUps?.keep(sent.stage, item, { code, values }, ttlMs);
      }
    }
    end.outputs = wire.codes;
    this.#tell(sent, 'ok', failed);
  }

  /** @param isUnheard its worker is gone. */
  #tell(
    sent: SentTask,
    outcome: TaskEnd['outcome'],
    failed: readonly FailedItem[],
    isUnheard = false,
  ): void {
    const { scheduler, trace, clock, plan, reporter, models } = this.#parts;
    this.#end.outcome = outcome;
    const marksBefore = trace.marks.count;
    const attempt = scheduler.taskAttempt(sent.task);
    if (outcome !== 'cancelled' && outcome !== 'lost' && outcome !== 'displaced') {
      models.attempt(sent.stage, outcome !== 'ok' || failed.length > 0);
    }
    scheduler.taskEnded(clock.now(), sent.task, this.#end);
    for (const one of failed) {
      // After a first death an item runs again; a fold that lost its accumulator does not, whatever its stage allows.
      const name = outputKey(sent.stage, one.item);
      const isSpared = outcome === 'displaced' || (outcome === 'lost' && !this.#lostOnce.has(name));
      const isOver = isUnheard && this.#isFold(sent.stage);
      const runsAgain = isSpared || willRetry(trace, marksBefore, sent.stage, one.item);
      if (outcome === 'lost') this.#lostOnce.add(name);
      if (runsAgain && !isOver) continue;
      reporter.failure(() => ({
        item: itemLabel(trace, one.item),
        stage: plan.stages[sent.stage]!.id,
        attempt,
        message: one.message,
        place: one.place,
        input: one.input,
      }));
    }
  }

  #failedItems(sent: SentTask, message: string, stack: string): FailedItem[] {
    const { scheduler } = this.#parts;
    const isAll = scheduler.taskKind(sent.task) === TaskKind.all;
    const items = itemsOf(scheduler, sent.task, isAll);
    return Array.from(items, (item) => this.#failedItem(sent, item, message, stack));
  }

  #failedItem(sent: SentTask, item: number, message: string, stack: string): FailedItem {
    const { code, codeUrls, writer } = this.#parts;
    const { stage } = sent;
    const place = stack === '' ? null : codeUrls.placeIn(stack, code.stageUnits[stage]!);
    return {
      item,
      message,
      place,
      input: sent.isMoved ? wasMoved : preview(writer.inputFor(stage, item)),
    };
  }
}
