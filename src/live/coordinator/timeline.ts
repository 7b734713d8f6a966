import { EventHeap } from '../../base/event-heap.ts';

/** Kinds of due events, in the order they come at one instant. */
export const Due = { timeout: 0, kill: 1, timer: 2, arrival: 3 } as const;

/** Browsers fire a timer of more than this at once. ms. */
const longestTimerMs = 0x7fffffff;

/** What is due later, with one browser timer for the earliest. Times are those of the run's clock. */
export class Timeline {
  readonly #events = new EventHeap(64);
  readonly #now: () => number;
  readonly #wake: () => void;
  #armedForMs = Infinity;
  #handle: ReturnType<typeof setTimeout> | undefined;
  readonly #hop = new MessageChannel();

  constructor(now: () => number, wake: () => void) {
    this.#now = now;
    this.#wake = wake;
    // A timer set from a timer is slowed to 4 ms by browsers; one set from a message is not.
    this.#hop.port1.onmessage = () => this.#set();
  }

  add(atMs: number, kind: number, order: number, value: number): void {
    this.#events.push(atMs, kind, order, value);
  }

  /** Takes out all that is due by `nowMs`, in order. */
  takeDue(nowMs: number, happen: (kind: number, order: number, value: number) => void): void {
    while (this.#events.topTime <= nowMs) {
      const { topRank, topOrder } = this.#events;
      happen(topRank, topOrder, this.#events.pop());
    }
  }

  /** Call after every turn: sees that `wake` is called when the next event is due. */
  arm(): void {
    const dueMs = this.#events.topTime;
    if (dueMs === this.#armedForMs) return;
    this.#armedForMs = dueMs;
    clearTimeout(this.#handle);
    this.#handle = undefined;
    if (dueMs < Infinity) this.#hop.port2.postMessage(0);
  }

  #set(): void {
    if (this.#handle !== undefined || this.#armedForMs === Infinity) return;
    const restMs = Math.ceil(this.#armedForMs - this.#now());
    const due = (): void => {
      this.#handle = undefined;
      this.#armedForMs = Infinity;
      this.#wake();
    };
    if (restMs <= 0) due();
    else this.#handle = setTimeout(due, Math.min(longestTimerMs, restMs));
  }

  close(): void {
    clearTimeout(this.#handle);
    this.#armedForMs = Infinity;
    this.#hop.port1.close();
  }
}
