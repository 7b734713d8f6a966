import { IndexedHeap } from '../base/indexed-heap.ts';
import { EntryQueue } from './entry-queue.ts';
import type { FormedBatch } from './forming-batches.ts';
import { makeTaskOrder, type CompareTasks } from './order.ts';
import type { Plan } from './plan.ts';
import type { StageState } from './state.ts';
import type { TraceBuilder } from '../trace/builder.ts';
import { compareItems } from '../trace/item-label.ts';
import type { ItemColumns } from '../trace/types.ts';
import type { WorkerPool } from './worker-pool.ts';

/** A task that has been formed and waits for its worker. */
export interface RoutedTask {
  /** The first item; the result of a stage for its closing task. */
  item: number;
  /** NaN: not received yet, its producer holds it. */
  arriveMs: number;
  readyMs: number;
  /** Whose blocked output it is, `noHolder`, or of a batch its key in `batches`. */
  holder: number;
}

/**
 * Tasks that wait for a worker of their own: a queue for every (stage, worker), and two layers of
 * heaps over their heads, so that the first startable task of all is found in O(log):
 *
 *   queues     stage s, worker w: oldest first (under lifo the head is among the last)
 *   startable  a stage: workers with a task of it and a free slot, by their heads
 *   stages     stages with a permit, free limits and a startable task, by the head of their first worker
 */
export class RoutedTasks {
  readonly batches = new Map<number, FormedBatch>();
  /** Tasks that wait, a stage. */
  readonly count: Int32Array;
  readonly #stages: IndexedHeap;
  readonly #startable: IndexedHeap[];
  readonly #queues: (EntryQueue | null)[];
  readonly #mayStart: Uint8Array;
  readonly #hasSlot: Uint8Array;
  /** A worker: the stages with tasks that wait for it. */
  readonly #waiting: Set<number>[];
  readonly #workers: WorkerPool;
  readonly #plan: Plan;
  readonly #compare: CompareTasks;
  readonly #items: ItemColumns;
  #nextBatch = 0;

  constructor(plan: Plan, states: readonly StageState[], trace: TraceBuilder, workers: WorkerPool) {
    const stages = plan.stages.length;
    this.#plan = plan;
    this.#workers = workers;
    this.#items = trace.items;
    this.#compare = makeTaskOrder(plan, states, trace);
    this.count = new Int32Array(stages);
    this.#mayStart = new Uint8Array(stages);
    this.#hasSlot = new Uint8Array(workers.count);
    this.#queues = Array.from({ length: stages * workers.count }, () => null);
    this.#waiting = Array.from({ length: workers.count }, () => new Set<number>());
    this.#startable = plan.stages.map(
      ({ index }) => new IndexedHeap((a, b) => this.#compareHeads(index, a, index, b) || a - b),
    );
    this.#stages = new IndexedHeap(
      (a, b) => this.#compareHeads(a, this.#startable[a]!.top(), b, this.#startable[b]!.top()),
      stages,
    );
  }

  /** The stage whose task is the first that may start now; -1: none may. */
  get firstStage(): number {
    return this.#stages.top();
  }
  /** The worker of a stage's first startable task. */
  firstWorker(stage: number): number {
    return this.#startable[stage]!.top();
  }

  #queue(stage: number, worker: number): EntryQueue | null {
    return this.#queues[stage * this.#workers.count + worker]!;
  }

  /** The newest under `lifo`; a fold takes its steps as they came all the same. */
  #headAt(stage: number, queue: EntryQueue): number {
    const isLifo = this.#plan.order === 'lifo' && this.#plan.stages[stage]!.join !== 'fold';
    return isLifo ? queue.firstOfNewest() : 0;
  }

  #compareHeads(stageA: number, workerA: number, stageB: number, workerB: number): number {
    const a = this.#queue(stageA, workerA)!;
    const b = this.#queue(stageB, workerB)!;
    const atA = this.#headAt(stageA, a);
    const atB = this.#headAt(stageB, b);
    return this.#compare(
      stageA,
      a.readyAt(atA),
      a.itemAt(atA),
      stageB,
      b.readyAt(atB),
      b.itemAt(atB),
    );
  }

  add(stage: number, worker: number, task: RoutedTask): void {
    const at = stage * this.#workers.count + worker;
    const queue = (this.#queues[at] ??= new EntryQueue());
    this.#detach(stage, worker);
    queue.push(task.item, task.arriveMs, task.readyMs, task.holder);
    // In the order of becoming ready, then of item numbers, like the buffer itself.
    for (let place = queue.length - 1; place > 0; place--) {
      const before = place - 1;
      const order =
        queue.readyAt(before) - task.readyMs ||
        compareItems(this.#items, queue.itemAt(before), task.item);
      if (order <= 0) break;
      queue.swapWithPrevious(place);
    }
    this.count[stage]!++;
    this.#waiting[worker]!.add(stage);
    this.#attach(stage, worker);
  }

  addBatch(stage: number, worker: number, batch: FormedBatch): void {
    const holder = this.#nextBatch++;
    this.batches.set(holder, batch);
    this.add(stage, worker, {
      item: batch.members[0]!,
      arriveMs: batch.sinceMs,
      readyMs: batch.firstMs,
      holder,
    });
  }

  /** Takes the first task of a worker at a stage. */
  take(stage: number, worker: number): RoutedTask {
    const queue = this.#queue(stage, worker)!;
    return this.#takeAt(stage, worker, queue, this.#headAt(stage, queue));
  }

  #takeAt(stage: number, worker: number, queue: EntryQueue, at: number): RoutedTask {
    this.#detach(stage, worker);
    const task = entryAt(queue, at);
    queue.removeAt(at);
    this.count[stage]!--;
    if (queue.length === 0) this.#waiting[worker]!.delete(stage);
    this.#attach(stage, worker);
    return task;
  }

  /** Takes every task of a stage, in no particular order. Calls back with (task, worker). */
  takeAll(stage: number, taken: (task: RoutedTask, worker: number) => void): void {
    for (let worker = 0; this.count[stage]! > 0; worker++) {
      while ((this.#queue(stage, worker)?.length ?? 0) > 0) taken(this.take(stage, worker), worker);
    }
  }

  /**
   * Takes the oldest task of a stage that `may` be taken, if it is older than the item `other` (-1:
   * than none), which became ready at `otherMs`; null: there is none. O(workers), but for tasks that
   * may not.
   */
  takeOldest(
    stage: number,
    may: (task: RoutedTask) => boolean,
    other: number,
    otherMs: number,
  ): { task: RoutedTask; worker: number } | null {
    let best = { worker: -1, at: -1, item: other, readyMs: otherMs };
    for (let worker = 0; worker < this.#workers.count; worker++) {
      const queue = this.#queue(stage, worker);
      for (let at = 0; at < (queue?.length ?? 0); at++) {
        const task = entryAt(queue!, at);
        if (!may(task)) continue;
        const { item, readyMs } = task;
        const isOlder =
          best.item < 0 ||
          (readyMs - best.readyMs || compareItems(this.#items, item, best.item)) < 0;
        if (isOlder) best = { worker, at, item, readyMs };
        break;
      }
    }
    const { worker, at } = best;
    if (worker < 0) return null;
    return { task: this.#takeAt(stage, worker, this.#queue(stage, worker)!, at), worker };
  }

  /** A stage has got, or lost, its permit or its shared limits. */
  setMayStart(stage: number, may: boolean): void {
    if (this.#mayStart[stage] === Number(may)) return;
    this.#mayStart[stage] = Number(may);
    this.#place(stage);
  }

  /** Call after a worker may have got, or lost, its free slot. */
  slotChanged(worker: number): void {
    const has = Number(this.#workers.hasSlot(worker));
    if (this.#hasSlot[worker] === has) return;
    this.#hasSlot[worker] = has;
    for (const stage of this.#waiting[worker]!) {
      this.#stages.remove(stage);
      if (has) this.#startable[stage]!.push(worker);
      else this.#startable[stage]!.remove(worker);
      this.#place(stage);
    }
  }

  /** The order between stages has changed by itself (measured means have moved). */
  resort(): void {
    this.#stages.clear();
    for (let stage = 0; stage < this.#startable.length; stage++) this.#place(stage);
  }

  /** Nothing starts any more. */
  clear(): void {
    this.#stages.clear();
    this.#mayStart.fill(0);
  }

  /** Out of the heaps while a queue's head changes: a heap never sees a key move under it. */
  #detach(stage: number, worker: number): void {
    this.#stages.remove(stage);
    this.#startable[stage]!.remove(worker);
  }

  #attach(stage: number, worker: number): void {
    const waits = (this.#queue(stage, worker)?.length ?? 0) > 0;
    if (waits && this.#hasSlot[worker] === 1) this.#startable[stage]!.push(worker);
    this.#place(stage);
  }

  #place(stage: number): void {
    if (this.#mayStart[stage] === 1 && this.#startable[stage]!.size > 0) this.#stages.push(stage);
    else this.#stages.remove(stage);
  }
}

function entryAt(queue: EntryQueue, at: number): RoutedTask {
  return {
    item: queue.itemAt(at),
    arriveMs: queue.arriveAt(at),
    readyMs: queue.readyAt(at),
    holder: queue.holderAt(at),
  };
}
