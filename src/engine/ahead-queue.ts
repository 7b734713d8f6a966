/** Places before the first that are given up together. */
const spentMax = 1024;

/** Numbers of tasks, first in, first out; how many of each stage is known without looking. */
export class AheadQueue {
  readonly #tasks: number[] = [];
  /** Of each of them. */
  readonly #stages: number[] = [];
  readonly #ofStage: Uint32Array;
  #first = 0;

  constructor(stages: number) {
    this.#ofStage = new Uint32Array(stages);
  }

  get length(): number {
    return this.#tasks.length - this.#first;
  }
  at(index: number): number {
    return this.#tasks[this.#first + index]!;
  }
  push(task: number, stage: number): void {
    this.#tasks.push(task);
    this.#stages.push(stage);
    this.#ofStage[stage]!++;
  }
  /** Tasks of a stage. */
  of(stage: number): number {
    return this.#ofStage[stage]!;
  }

  /** Takes the first; -1: there is none. */
  shift(): number {
    if (this.#first === this.#tasks.length) return -1;
    this.#ofStage[this.#stages[this.#first]!]!--;
    const task = this.#tasks[this.#first++]!;
    if (this.#first === this.#tasks.length) {
      this.#tasks.length = 0;
      this.#stages.length = 0;
      this.#first = 0;
    } else if (this.#first === spentMax) {
      this.#tasks.splice(0, spentMax);
      this.#stages.splice(0, spentMax);
      this.#first = 0;
    }
    return task;
  }

  /** Takes one out wherever it is; nothing happens if it is not there. */
  remove(task: number): void {
    const at = this.#tasks.indexOf(task, this.#first);
    if (at < 0) return;
    this.#ofStage[this.#stages[at]!]!--;
    this.#tasks.splice(at, 1);
    this.#stages.splice(at, 1);
  }
}
