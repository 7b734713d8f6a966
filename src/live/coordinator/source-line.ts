import { ArrivalTimes, isTimed } from '../../engine/arrivals.ts';
import type { Plan } from '../../engine/plan.ts';
import type { DispatchTrick } from '../../engine/runner.ts';
import type { Scheduler } from '../../engine/scheduler.ts';
import type { OutputShelf } from './output-shelf.ts';
import type { RunClock } from './clock.ts';
import type { SourceFeed } from './source-feed.ts';
import { Due, type Timeline } from './timeline.ts';

/** Items of a streamed source kept at hand before they are due. */
const readAhead = 128;

/**
 * Of a source without times so many items are brought in one go; then messages are heard (ends of tasks,
 * Stop) before it goes on.
 */
const breathEvery = 50_000;
/** Where it makes no difference to what starts when, breaths are taken early: workers wait for work. */
const firstBreathAfter = 64;
const breathGrowth = 2;
const earlyBreathEvery = 2048;
/** There about so many items wait for each worker at the most: a message brings it 1,000. */
const waitingPerWorker = 4096;

export interface SourceLineParts {
  plan: Plan;
  clock: RunClock;
  feed: SourceFeed;
  scheduler: Scheduler;
  shelf: OutputShelf;
  timeline: Timeline;
  without?: readonly DispatchTrick[] | undefined;
}

/** Brings source items to the scheduler: when it asks, or (timed arrivals) when they are due. */
export class SourceLine {
  readonly #parts: SourceLineParts;
  readonly #arrivals: ArrivalTimes;
  /** Items that should have come but are still being read. */
  #owed = 0;
  #nextArrivalMs = 0;
  #sinceBreath = 0;
  #breathAfter: number;
  readonly #breathMost: number;
  /** Nothing ever keeps the source from letting an item in: if it does so late, then for want of breath. */
  readonly #isFree: boolean;
  readonly #enough: number;
  /** Enough wait: it goes on when half of them have started. */
  #rests = false;
  #isOver = false;

  constructor(parts: SourceLineParts) {
    this.#parts = parts;
    this.#arrivals = new ArrivalTimes(parts.plan.pipeline);
    const isEarly = startsAsTheyCome(parts.plan);
    this.#breathAfter = isEarly ? firstBreathAfter : breathEvery;
    const mayHold = !parts.without?.includes('holding back') && parts.feed.isWhole;
    this.#isFree = mayHold && isEarly && nothingHoldsSource(parts.plan);
    const { stages, roots, workers } = parts.plan;
    const batchMost = Math.max(...roots.map((root) => stages[root]!.batchSize));
    // Two batches each: one that waits to be full must not wait for ever.
    this.#enough = workers * Math.max(waitingPerWorker, 2 * batchMost);
    this.#breathMost = isEarly ? earlyBreathEvery : breathEvery;
  }

  get #isTimed(): boolean {
    return isTimed(this.#parts.plan.pipeline.source);
  }

  /** The first items are read while the workers start. */
  prepare(): void {
    this.#parts.feed.ask(readAhead);
  }

  /** The clock has started. */
  begin(): void {
    if (this.#isTimed) this.#scheduleNext();
  }

  pull(count: number): void {
    this.#owed = count;
    this.#deliverOwed();
    // Also when all could be brought: the next are on their way before they are asked for.
    this.#parts.feed.ask(Math.max(this.#owed, readAhead));
  }

  /** Items that were asked for have been read. */
  came(items: unknown[], done: boolean): void {
    const { feed, scheduler } = this.#parts;
    feed.give(items, done);
    if (!scheduler.hasBegun) return;
    const wasOwed = this.#owed > 0;
    this.#deliverOwed();
    if (!this.#isTimed || this.#owed > 0) feed.ask(Math.max(this.#owed, readAhead));
    else if (wasOwed && !this.#isOver) this.#scheduleNext();
  }

  /** A timed arrival is due: the item comes now, or as soon as it has been read. Untimed: a breath was taken. */
  arrivalDue(): void {
    const { feed } = this.#parts;
    if (!this.#isTimed) {
      this.#breathe();
      return;
    }
    if (feed.atHand > 0) {
      this.#arrive(this.#nextArrivalMs);
      this.#scheduleNext();
    } else if (feed.isEmpty) this.#end();
    else {
      this.#owed = 1;
      feed.ask(readAhead);
    }
  }

  /** Call in every turn: items have started meanwhile. */
  goOn(): void {
    if (!this.#rests || this.#parts.scheduler.waitingAtRoots >= this.#enough / 2) return;
    this.#rests = false;
    this.#breathe();
  }

  #breathe(): void {
    this.#sinceBreath = 0;
    this.#breathAfter = Math.min(this.#breathMost, this.#breathAfter * breathGrowth);
    this.#deliverOwed();
  }

  #deliverOwed(): void {
    const { feed, clock, scheduler, timeline } = this.#parts;
    if (this.#isTimed) {
      for (; this.#owed > 0 && feed.atHand > 0; this.#owed--) this.#arrive(clock.now());
    } else if (this.#owed > 0 && feed.atHand > 0) {
      if (this.#sinceBreath === this.#breathAfter) return;
      if (++this.#sinceBreath === this.#breathAfter) {
        if (this.#isFree && scheduler.waitingAtRoots >= this.#enough) this.#rests = true;
        else timeline.add(clock.now(), Due.arrival, 0, 0);
      }
      // One at a time: an item counts as in flight from the moment it is handed over.
      this.#owed = 0;
      this.#arrive(0, this.#isFree);
      scheduler.pullAnswered();
    }
    if (feed.isEmpty) this.#end();
  }

  #scheduleNext(): void {
    const { feed, timeline } = this.#parts;
    if (feed.isEmpty) {
      this.#end();
      return;
    }
    feed.ask(readAhead);
    this.#nextArrivalMs = this.#arrivals.next();
    timeline.add(this.#nextArrivalMs, Due.arrival, 0, 0);
  }

  #arrive(arrivalMs: number, isLate = false): void {
    const { plan, feed, scheduler, shelf, clock } = this.#parts;
    const value = feed.take();
    const item = scheduler.arrived(Math.min(arrivalMs, clock.now()), isLate);
    const declared = plan.pipeline.source.bytes;
    const bytes = declared > 0 ? declared : (feed.remadeBytes ?? undefined);
    shelf.payloads.put(-1, item, value, plan.roots.length, bytes);
  }

  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#owed = 0;
    this.#parts.scheduler.sourceEnded();
  }
}

/** Items start in the order in which they come, whether the next ones are there yet or not. */
const startsAsTheyCome = ({ stages, roots }: Plan): boolean =>
  roots.every((root) => {
    const { mayRunAhead, capacity, whenFull } = stages[root]!;
    return mayRunAhead && (capacity === Infinity || whenFull === 'throttle');
  });

/** No semaphore around the run, no memory mark, no full buffer. */
const nothingHoldsSource = ({ inFlight, memoryMark, stages, roots }: Plan): boolean =>
  inFlight === Infinity &&
  memoryMark === Infinity &&
  roots.every((root) => stages[root]!.capacity === Infinity);
