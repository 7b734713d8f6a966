import { IndexedHeap } from '../base/indexed-heap.ts';
import type { TraceBuilder } from '../trace/builder.ts';
import type { FormedBatch } from './forming-batches.ts';
import { makeStageOrder } from './order.ts';
import type { Plan } from './plan.ts';
import { RoutedTasks, type RoutedTask } from './routed-tasks.ts';
import { Router } from './routing.ts';
import type { StageState } from './state.ts';
import type { WorkerPool } from './worker-pool.ts';

/**
 * What the scheduler keeps besides its buffers when every worker has queues of its own (all routings
 * but `shared-queue`): a task is formed as soon as its items wait, routed once, and then waits for
 * that worker alone, also while the worker has not been started yet or has to be replaced.
 */
export class RoutedWork {
  readonly tasks: RoutedTasks;
  readonly router: Router;
  /** Stages with a task to be formed, oldest first. */
  readonly forming: IndexedHeap;
  readonly #workers: WorkerPool;
  /** A fold: the worker that all its tasks go to; -1: none yet. */
  readonly #home: Int32Array;
  readonly #closingIsRouted: Uint8Array;
  /** Lanes without a worker to which a task was routed. */
  #wanted: number[] = [];

  constructor(plan: Plan, stages: readonly StageState[], trace: TraceBuilder, workers: WorkerPool) {
    this.#workers = workers;
    this.tasks = new RoutedTasks(plan, stages, trace, workers);
    this.router = new Router(plan, workers, trace.items);
    this.forming = new IndexedHeap(
      makeStageOrder({ ...plan, order: 'fifo' }, stages, trace),
      stages.length,
    );
    this.#home = new Int32Array(stages.length).fill(-1);
    this.#closingIsRouted = new Uint8Array(stages.length);
  }

  route(stage: StageState, task: RoutedTask): void {
    const { index } = stage.plan;
    const worker = this.#workerFor(stage, task.item);
    if (task.item === stage.result) this.#closingIsRouted[index] = 1;
    this.tasks.add(index, worker, task);
    this.#routed(worker, 1);
  }

  routeBatch(stage: StageState, batch: FormedBatch): void {
    const worker = this.#workerFor(stage, batch.members[0]!);
    this.tasks.addBatch(stage.plan.index, worker, batch);
    this.#routed(worker, 1);
  }

  #workerFor(stage: StageState, item: number): number {
    const { index, join } = stage.plan;
    if (this.#home[index]! >= 0) return this.#home[index]!;
    const worker = this.router.choose(stage, item);
    // The accumulator of a fold is where its first step was.
    if (join === 'fold') this.#home[index] = worker;
    return worker;
  }

  /** More or fewer tasks wait for a worker outside of its queues. */
  addLoad(worker: number, change: number): void {
    this.#routed(worker, change);
  }

  #routed(worker: number, change: number): void {
    const { loads } = this.router;
    loads.routed[worker]! += change;
    loads.changed(worker);
    if (change > 0 && this.#workers.isDown(worker)) this.#wanted.push(worker);
  }

  /** The task starts: tell the pool, then `workerChanged`. Its worker's load stays what it was. */
  take(stage: number, worker: number): RoutedTask {
    this.router.loads.routed[worker]!--;
    return this.tasks.take(stage, worker);
  }

  takeBatch(task: RoutedTask): FormedBatch {
    const batch = this.tasks.batches.get(task.holder)!;
    this.tasks.batches.delete(task.holder);
    return batch;
  }

  closingIsRouted(stage: number): boolean {
    return this.#closingIsRouted[stage] === 1;
  }
  closingStarts(stage: number): void {
    this.#closingIsRouted[stage] = 0;
  }

  /** A worker is up, or gone, or has more or fewer tasks open. */
  workerChanged(worker: number): void {
    this.router.loads.changed(worker);
    this.tasks.slotChanged(worker);
    if (this.#workers.isDown(worker) && this.router.loads.routed[worker]! > 0) {
      this.#wanted.push(worker);
    }
  }

  /** The run is being stopped: nothing is routed or started any more. */
  stop(): void {
    this.forming.clear();
    this.tasks.clear();
  }

  takeWanted(): number[] {
    if (this.#wanted.length === 0) return this.#wanted;
    const wanted = this.#wanted;
    this.#wanted = [];
    return wanted;
  }

  /** Everything of a stage that waits for a worker, item by item; it waits no more. */
  takeAll(stage: StageState, taken: (item: WaitingItem) => void): void {
    const { index, batchSize } = stage.plan;
    const all: WaitingItem[] = [];
    this.tasks.takeAll(index, (task, worker) => {
      this.#routed(worker, -1);
      if (task.item === stage.result) this.#closingIsRouted[index] = 0;
      else if (batchSize === 1) all.push(task);
      else all.push(...itemsOf(this.takeBatch(task)));
    });
    all.forEach(taken);
  }

  /**
   * Takes the oldest item of a stage that `may` be taken out of the buffer, if it is older than `other`
   * (-1: than none), which became ready at `otherMs`; null: there is none.
   */
  takeOldest(
    stage: StageState,
    may: (item: number) => boolean,
    other: number,
    otherMs: number,
  ): WaitingItem | null {
    const { index, batchSize } = stage.plan;
    const isBatched = batchSize > 1;
    const found = this.tasks.takeOldest(
      index,
      ({ item, holder }) =>
        isBatched ? this.tasks.batches.get(holder)!.members.some(may) : may(item),
      other,
      otherMs,
    );
    if (!found) return null;
    this.#routed(found.worker, -1);
    if (!isBatched) return found.task;
    const batch = this.takeBatch(found.task);
    const at = batch.members.findIndex(may);
    const taken = itemsOf(batch)[at]!;
    const rest = without(batch, at);
    // The others of its batch go on without it, where they were.
    if (rest) {
      this.tasks.addBatch(index, found.worker, rest);
      this.#routed(found.worker, 1);
    }
    return taken;
  }
}

export type WaitingItem = Pick<RoutedTask, 'item' | 'arriveMs' | 'readyMs' | 'holder'>;

function itemsOf(batch: FormedBatch): WaitingItem[] {
  return Array.from(batch.members, (item, i) => ({
    item,
    arriveMs: batch.heldSince[i]!,
    readyMs: batch.arrives[i]!,
    holder: batch.holders[i]!,
  }));
}

function without(batch: FormedBatch, at: number): FormedBatch | null {
  if (batch.members.length === 1) return null;
  const others = (_: number, i: number): boolean => i !== at;
  const arrives = batch.arrives.filter(others);
  return {
    ...batch,
    members: batch.members.filter(others),
    arrives,
    holders: batch.holders.filter(others),
    heldSince: batch.heldSince.filter(others),
    firstMs: arrives[0]!,
  };
}
