import { IndexedHeap } from '../base/indexed-heap.ts';

const down = 0;
const starting = 1;
const up = 2;

/** Which lanes exist, how many tasks each holds open, and which comes next: fewest open, then lowest number. */
export class WorkerPool {
  readonly #state: Uint8Array;
  readonly open: Int32Array;
  readonly #slots: number;
  /** 1: the task it runs wants no company. */
  readonly #alone: Uint8Array;
  readonly #free: IndexedHeap;
  starting = 0;
  /** Lanes without a worker. */
  down: number;

  constructor(workers: number, tasksPerWorker: number) {
    this.#state = new Uint8Array(workers);
    this.open = new Int32Array(workers);
    this.down = workers;
    this.#slots = tasksPerWorker;
    this.#alone = new Uint8Array(workers);
    this.#free = new IndexedHeap((a, b) => this.open[a]! - this.open[b]! || a - b, workers);
  }

  get count(): number {
    return this.#state.length;
  }
  isDown(worker: number): boolean {
    return this.#state[worker] === down;
  }
  /** Up, with nothing open. */
  isIdle(worker: number): boolean {
    return this.#state[worker] === up && this.open[worker] === 0;
  }
  hasSlot(worker: number): boolean {
    return this.#free.has(worker);
  }
  get anySlot(): boolean {
    return this.#free.size > 0;
  }
  /** The worker that the next task goes to; -1: no slot anywhere. */
  get next(): number {
    return this.#free.size === 0 ? -1 : this.#free.top();
  }

  start(worker: number): void {
    if (this.#state[worker] === down) this.down--;
    this.#state[worker] = starting;
    this.starting++;
  }
  ready(worker: number): void {
    if (this.#state[worker] === starting) this.starting--;
    if (this.#state[worker] === down) this.down--;
    this.#state[worker] = up;
    this.#refresh(worker);
  }
  lost(worker: number): void {
    if (this.#state[worker] === starting) this.starting--;
    if (this.#state[worker] !== down) this.down++;
    this.#state[worker] = down;
    this.#refresh(worker);
  }
  take(worker: number): void {
    if (++this.open[worker]! < this.#slots) this.#refresh(worker);
    else this.#free.remove(worker);
  }
  /** Its only task until that has ended. */
  takeAlone(worker: number): void {
    this.#alone[worker] = 1;
    this.take(worker);
  }
  give(worker: number): void {
    this.#alone[worker] = 0;
    this.open[worker]!--;
    this.#refresh(worker);
  }
  /** The first lane without a worker; -1: all have one. */
  nextDown(): number {
    return this.#state.indexOf(down);
  }

  #refresh(worker: number): void {
    const isFree =
      this.#state[worker] === up && this.#alone[worker] === 0 && this.open[worker]! < this.#slots;
    if (isFree) this.#free.push(worker);
    else this.#free.remove(worker);
  }
}
