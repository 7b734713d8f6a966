/** Places before the first that are given up together. */
const spentMax = 1024;

/** Numbers of tasks, first in, first out. */
export class AheadQueue {
  readonly #tasks: number[] = [];
  #first = 0;

  get length(): number {
    return this.#tasks.length - this.#first;
  }
  at(index: number): number {
    return this.#tasks[this.#first + index]!;
  }
  push(task: number): void {
    this.#tasks.push(task);
  }

  /** Takes the first; -1: there is none. */
  shift(): number {
    if (this.#first === this.#tasks.length) return -1;
    const task = this.#tasks[this.#first++]!;
    if (this.#first === this.#tasks.length) {
      this.#tasks.length = 0;
      this.#first = 0;
    } else if (this.#first === spentMax) {
      this.#tasks.splice(0, spentMax);
      this.#first = 0;
    }
    return task;
  }

  /** Takes one out wherever it is; nothing happens if it is not there. */
  remove(task: number): void {
    const at = this.#tasks.indexOf(task, this.#first);
    if (at >= 0) this.#tasks.splice(at, 1);
  }
}
