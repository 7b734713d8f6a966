import { IndexedHeap } from '../base/indexed-heap.ts';
import type { WorkerPool } from './worker-pool.ts';

/**
 * How much each worker has to do: load = tasks it runs + tasks routed to it. Told of every change, so
 * that the heap never holds a load that has moved on.
 */
export class WorkerLoads {
  /** Tasks routed to a worker and not started yet. */
  readonly routed: Int32Array;
  readonly #workers: WorkerPool;
  readonly #heap: IndexedHeap | null;

  /** @param keepHeap answer `least` in O(log workers) a change in place of O(workers) a question. */
  constructor(workers: WorkerPool, keepHeap: boolean) {
    this.#workers = workers;
    this.routed = new Int32Array(workers.count);
    this.#heap = keepHeap ? new IndexedHeap((a, b) => this.compare(a, b), workers.count) : null;
    for (let worker = 0; worker < workers.count; worker++) this.#heap?.push(worker);
  }

  of(worker: number): number {
    return this.#workers.open[worker]! + this.routed[worker]!;
  }

  /** Less loaded first; of equals one that need not be started first, then the lower number. */
  compare(a: number, b: number): number {
    return (
      this.of(a) - this.of(b) ||
      Number(this.#workers.isDown(a)) - Number(this.#workers.isDown(b)) ||
      a - b
    );
  }

  /** Call after the load of a worker has changed, or whether it is up. */
  changed(worker: number): void {
    this.#heap?.update(worker);
  }

  /** The least loaded worker. */
  get least(): number {
    return this.#heap ? this.#heap.top() : this.leastByScan();
  }

  leastByScan(): number {
    let least = 0;
    for (let worker = 1; worker < this.routed.length; worker++) {
      if (this.compare(worker, least) < 0) least = worker;
    }
    return least;
  }
}
