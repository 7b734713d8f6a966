import type { ItemColumns } from '../trace/types.ts';
import type { StageState } from './state.ts';

/** Which worker made each output: under `affinity` the next stage's task goes there too. */
export class Affinity {
  readonly #items: ItemColumns;
  /** A stage: the worker of each item it put out, + 1; 0: none (it came from the cache). */
  readonly #madeBy: Int16Array[];

  constructor(items: ItemColumns, stages: number) {
    this.#items = items;
    this.#madeBy = Array.from({ length: stages }, () => new Int16Array(0));
  }

  note(stage: number, item: number, worker: number): void {
    let column = this.#madeBy[stage]!;
    if (item >= column.length) {
      const grown = new Int16Array(Math.max(item + 1, column.length * 2, 64));
      grown.set(column);
      column = this.#madeBy[stage] = grown;
    }
    column[item] = worker + 1;
  }

  /** The worker of the first parent's task for this item of a stage; -1: it had none. */
  workerFor(stage: StageState, item: number): number {
    if (item === stage.result) {
      // An `all` goes where the first of what it takes in was made.
      return stage.taken.length === 0 ? -1 : this.workerFor(stage, stage.taken[0]!);
    }
    if (!stage.plan.copies) return this.#worker(stage.plan.parents[0]!, item);
    // A copy has one parent stage, named in its ordinal, and its original there.
    return this.#worker(-1 - this.#items.ordinal[item]!, this.#items.parent[item]!);
  }

  #worker(stage: number, item: number): number {
    return stage < 0 ? -1 : (this.#madeBy[stage]![item] ?? 0) - 1;
  }
}
