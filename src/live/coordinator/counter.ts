import type { CounterChange, StoredCounter } from '../../base/counter-port.ts';
import type { FrameCounter } from '../border.ts';
import type { CountPolicy } from '../wire-asks.ts';

/** An update that is applied but not acknowledged: first, updates up to `until` must have been written. */
interface Waiting {
  until: number;
  acknowledge(): void;
}

/**
 * One counter of a run. Updates take effect at once, in the order they come; when they are acknowledged and
 * when they are written is up to each one's policy. Updates are numbered from 1 in this run.
 */
export class Counter {
  readonly name: string;
  /** Updates that storage had before this run. */
  readonly #updatesBefore: number;
  #value: number;
  /** Applied in this run. */
  #updates = 0;
  #acknowledged = 0;
  #writes = 0;
  /** Number and value of the last update that is written, and of the last that is on its way. */
  #written: { update: number; value: number };
  #sent: { update: number; value: number };
  /** Updates up to this one are to be written. */
  #due = 0;
  #waiting: Waiting[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Nothing is kept. */
  #isRefused = false;

  constructor(name: string, { value, updates }: StoredCounter) {
    this.name = name;
    this.#updatesBefore = updates;
    this.#value = value;
    this.#written = this.#sent = { update: 0, value };
  }

  get value(): number {
    return this.#value;
  }
  get mustWrite(): boolean {
    return this.#due > this.#sent.update;
  }

  /**
   * @param acknowledge called when whoever asked may go on: it can be at once.
   * @param wake called when the counter has become due by time.
   * @throws RangeError when it would be no exact number any more.
   */
  add(
    by: number,
    policy: CountPolicy,
    acknowledge: (value: number) => void,
    wake: () => void,
  ): void {
    const value = this.#value + by;
    if (!Number.isSafeInteger(value)) throw new RangeError(`"${this.name}" would become too large`);
    this.#value = value;
    const update = ++this.#updates;
    const done = (): void => {
      this.#acknowledged++;
      acknowledge(value);
    };
    if (this.#isRefused) done();
    else if (policy.every === null) {
      done();
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.#due = Math.max(this.#due, update);
        wake();
      }, policy.everyMs);
    } else {
      const until = update - policy.every + 1;
      if (until <= this.#written.update) {
        done();
        return;
      }
      this.#waiting.push({ until, acknowledge: done });
      if (until > this.#sent.update) this.#due = update;
    }
  }

  /** Writes what is not written, whatever its policy. */
  flush(): void {
    this.#due = this.#updates;
  }

  /** What a write has to add; it is on its way from now on. */
  takeChange(): CounterChange {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const before = this.#sent;
    this.#sent = { update: this.#updates, value: this.#value };
    return {
      name: this.name,
      by: this.#value - before.value,
      updates: this.#updates - before.update,
    };
  }

  /** What was on its way is written. */
  committed(): void {
    this.#writes++;
    this.#written = this.#sent;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const one of waiting) {
      if (one.until <= this.#written.update) one.acknowledge();
      else this.#waiting.push(one);
    }
    if (this.#waiting.length > 0) this.#due = this.#updates;
  }

  /** Storage keeps nothing: from now on it counts in memory. */
  refuse(): void {
    this.#isRefused = true;
    clearTimeout(this.#timer);
    this.#due = 0;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { acknowledge } of waiting) acknowledge();
  }

  facts(): FrameCounter {
    return {
      name: this.name,
      value: this.#value,
      updates: this.#acknowledged,
      writes: this.#writes,
      written: this.#isRefused ? null : this.#written.value,
      unwritten: Math.max(0, this.#acknowledged - this.#written.update),
      updatesBefore: this.#updatesBefore,
      applied: this.#updates,
      committed: this.#written.update,
    };
  }
}
