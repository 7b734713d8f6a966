import { unpackTasks, type PackedTasks } from '../packing.ts';
import type { WireTask } from '../wire.ts';

/** Tasks that were taken are dropped from the list when there are so many of them. */
const takenMax = 1024;

/** Tasks that were sent ahead, first in, first out, without any method of lists: stage code may have replaced it. */
export class WaitingTasks {
  #tasks: WireTask[] = [];
  /** The next one. */
  #at = 0;

  get isEmpty(): boolean {
    return this.#at === this.#tasks.length;
  }

  add(packed: PackedTasks): void {
    unpackTasks(packed, this.#tasks);
  }

  /** The first of them; there must be one. */
  take(): WireTask {
    const task = this.#tasks[this.#at++]!;
    if (this.#at >= takenMax || this.isEmpty) this.#dropTaken();
    return task;
  }

  #dropTaken(): void {
    const rest: WireTask[] = [];
    for (let i = this.#at; i < this.#tasks.length; i++) rest[rest.length] = this.#tasks[i]!;
    this.#tasks = rest;
    this.#at = 0;
  }
}
