import { drawUnit, hashString, purpose } from '../base/draws.ts';
import { lineageKey } from '../trace/item-label.ts';
import type { ItemColumns } from '../trace/types.ts';
import { Affinity } from './affinity.ts';
import type { Plan } from './plan.ts';
import type { StageState } from './state.ts';
import { WorkerLoads } from './worker-loads.ts';
import type { WorkerPool } from './worker-pool.ts';

/**
 * Chooses the worker of a task when the task is formed, once. Every lane may be chosen: one without a
 * worker gets one, because a task waits for it.
 */
export class Router {
  readonly loads: WorkerLoads;
  /** null: the routing does not ask who made an input. */
  readonly affinity: Affinity | null;
  readonly #plan: Plan;
  readonly #items: ItemColumns;
  readonly #hashes: number[];
  #nextInTurn = 0;

  constructor(plan: Plan, workers: WorkerPool, items: ItemColumns) {
    const { routing } = plan;
    this.#plan = plan;
    this.#items = items;
    this.#hashes = plan.stages.map((stage) => hashString(stage.id));
    this.loads = new WorkerLoads(workers, routing === 'least-loaded' || routing === 'affinity');
    this.affinity = routing === 'affinity' ? new Affinity(items, plan.stages.length) : null;
  }

  /** @param item the task's first item. */
  choose(stage: StageState, item: number): number {
    const { workers } = this.#plan;
    switch (this.#plan.routing) {
      case 'round-robin': {
        const worker = this.#nextInTurn;
        this.#nextInTurn = (worker + 1) % workers;
        return worker;
      }
      case 'random':
        return Math.floor(this.#unit(stage, item, 0) * workers);
      case 'two-choices':
        return this.#lessLoadedOfTwo(stage, item);
      case 'least-loaded-scan':
        return this.loads.leastByScan();
      case 'affinity': {
        // Fed by the source, or out of the cache: no worker has anything of it, so the freest.
        const worker = this.affinity!.workerFor(stage, item);
        return worker >= 0 ? worker : this.loads.least;
      }
      case 'least-loaded':
      case 'shared-queue':
        return this.loads.least;
    }
  }

  /** Two different workers drawn (Mitzenmacher 2001, "The power of two choices"), the freer one taken. */
  #lessLoadedOfTwo(stage: StageState, item: number): number {
    const { workers } = this.#plan;
    if (workers === 1) return 0;
    const first = Math.floor(this.#unit(stage, item, 0) * workers);
    const other = Math.floor(this.#unit(stage, item, 1) * (workers - 1));
    const second = other < first ? other : other + 1;
    return this.loads.compare(first, second) < 0 ? first : second;
  }

  #unit(stage: StageState, item: number, which: number): number {
    const { index } = stage.plan;
    const attempt = stage.attempts.get(item) ?? 1;
    return drawUnit(
      this.#plan.pipeline.seed,
      purpose.routing,
      this.#hashes[index]!,
      lineageKey(this.#items, item),
      attempt,
      which,
    );
  }
}
