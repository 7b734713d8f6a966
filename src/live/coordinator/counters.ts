import {
  counterNamesMax,
  type CounterChange,
  type FromCounters,
  type StoredCounter,
  type ToCounters,
} from '../../base/counter-port.ts';
import { notKept } from '../../base/not-kept.ts';
import type { FrameCounter } from '../border.ts';
import type { CountPolicy } from '../wire-asks.ts';
import { Counter } from './counter.ts';

/**
 * Storage that is silent for so long is taken for refused: its worker has died. Longer than opening it may
 * take. ms.
 */
const patienceMs = 8000;
const never: StoredCounter = { value: 0, updates: 0 };

export interface CountersEvents {
  /** Asks the page for a port to storage; `connect` is the answer. */
  wantPort(): void;
  notice(text: string): void;
}

type Use = (counter: Counter) => void;

/**
 * The counters of a run: atomic over all its workers, because they are only here. At most one write is under
 * way; what comes meanwhile goes with the next one, so storage is never asked faster than it answers.
 */
export class Counters {
  readonly #events: CountersEvents;
  readonly #counters = new Map<string, Counter>();
  /** What waits until a counter has been read. */
  readonly #reading = new Map<string, Use[]>();
  #port: MessagePort | null = null;
  #isAsked = false;
  #isRefused = false;
  #isHalted = false;
  #isWriting = false;
  #nextRequest = 0;
  #answered: { request: number; done: (values: StoredCounter[] | null) => void } | null = null;
  readonly #queue: (() => void)[] = [];
  /** Of those who wait until everything is written. */
  #allWritten: (() => void)[] = [];
  #hasNews = false;

  constructor(events: CountersEvents) {
    this.#events = events;
  }

  /** `reply` is called when the update is acknowledged, or with why it was not made. */
  add(name: string, by: number, policy: CountPolicy, reply: (value: number | Error) => void): void {
    this.#use(name, reply, (counter) => {
      try {
        counter.add(by, policy, reply, () => this.#write());
      } catch (error) {
        reply(error as Error);
      }
      this.#hasNews = true;
      this.#write();
    });
  }

  value(name: string, reply: (value: number | Error) => void): void {
    this.#use(name, reply, (counter) => reply(counter.value));
  }

  #use(name: string, reply: (value: Error) => void, use: Use): void {
    if (this.#isHalted) return;
    const counter = this.#counters.get(name);
    if (counter) {
      use(counter);
      return;
    }
    const waiting = this.#reading.get(name);
    if (waiting) {
      waiting.push(use);
      return;
    }
    if (this.#counters.size + this.#reading.size === counterNamesMax) {
      reply(new RangeError(`a run may have ${counterNamesMax} counters`));
      return;
    }
    this.#reading.set(name, [use]);
    if (!this.#isAsked) {
      this.#isAsked = true;
      this.#events.wantPort();
    } else if (this.#port || this.#isRefused) this.#read(name);
  }

  /** The page's answer: a port, or why there is none. */
  connect(port: MessagePort | null, why: string | null): void {
    if (!port) this.#refuse(why ?? 'storage was refused');
    else {
      this.#port = port;
      port.onmessage = ({ data }: MessageEvent<FromCounters>) => this.#hear(data);
    }
    for (const name of [...this.#reading.keys()]) this.#read(name);
  }

  #read(name: string): void {
    this.#request(
      { type: 'counter-read', request: this.#nextRequest++, names: [name] },
      (values) => {
        if (this.#isHalted) return;
        const counter = new Counter(name, values?.[0] ?? never);
        if (this.#isRefused) counter.refuse();
        this.#counters.set(name, counter);
        const waiting = this.#reading.get(name) ?? [];
        this.#reading.delete(name);
        for (const use of waiting) use(counter);
        this.#write();
      },
    );
  }

  #write(): void {
    if (this.#isWriting || this.#isRefused || this.#isHalted) return;
    if (this.#allWritten.length > 0) this.#makeDue();
    const due = [...this.#counters.values()].filter((counter) => counter.mustWrite);
    if (due.length === 0) {
      if (this.#reading.size === 0) this.#tellAllWritten();
      return;
    }
    this.#isWriting = true;
    const changes: CounterChange[] = due.map((counter) => counter.takeChange());
    this.#request({ type: 'counter-add', request: this.#nextRequest++, changes }, (values) => {
      this.#isWriting = false;
      this.#hasNews = true;
      if (values && !this.#isHalted) for (const counter of due) counter.committed();
      this.#write();
    });
  }

  /** Writes what is not written yet, once: the page may be going. */
  writeNow(): void {
    this.#makeDue();
    this.#write();
  }

  #makeDue(): void {
    for (const counter of this.#counters.values()) counter.flush();
  }

  /** Resolves when everything counted is written, or is known not to be kept. */
  flush(): Promise<void> {
    if (!this.#isAsked || this.#isRefused || this.#isHalted) return Promise.resolve();
    return new Promise((resolve) => {
      this.#allWritten.push(resolve);
      this.#write();
    });
  }

  #tellAllWritten(): void {
    const waiting = this.#allWritten;
    this.#allWritten = [];
    for (const resolve of waiting) resolve();
  }

  /** As when the browser dies: nothing more is acknowledged or written. */
  halt(): void {
    this.#isHalted = true;
  }

  /** Nothing is counted any more. */
  letGo(): void {
    this.#port?.close();
  }

  /** All counters, if any has changed since they were last asked for. */
  news(): FrameCounter[] | null {
    if (!this.#hasNews) return null;
    this.#hasNews = false;
    return this.facts();
  }
  facts(): FrameCounter[] {
    return [...this.#counters.values()].map((counter) => counter.facts());
  }

  // ── storage ─────────────────────────────────────────────────────────────────────────────────

  /** One after another; `done` gets null when nothing is kept. */
  #request(message: ToCounters, done: (values: StoredCounter[] | null) => void): void {
    this.#queue.push(() => {
      if (this.#isRefused || !this.#port) {
        done(null);
        this.#next();
        return;
      }
      const timer = setTimeout(() => this.#refuse('storage does not answer'), patienceMs);
      this.#answered = {
        request: message.request,
        done: (values) => {
          clearTimeout(timer);
          this.#answered = null;
          done(values);
          this.#next();
        },
      };
      this.#port.postMessage(message);
    });
    this.#next();
  }

  #next(): void {
    if (!this.#answered) this.#queue.shift()?.();
  }

  #hear(message: FromCounters): void {
    if (message.request !== this.#answered?.request) return;
    if (message.type === 'counter-values') this.#answered.done(message.values);
    else this.#refuse(message.why);
  }

  #refuse(why: string): void {
    if (this.#isRefused) return;
    this.#isRefused = true;
    this.#hasNews = true;
    this.#events.notice(notKept('Counters', why));
    if (!this.#isHalted) for (const counter of this.#counters.values()) counter.refuse();
    this.#answered?.done(null);
    this.#tellAllWritten();
  }
}
