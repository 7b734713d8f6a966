import { eachBuffer } from '../movable.ts';
import { unpackTasks, type PackedTasks } from '../packing.ts';
import type { WireTask } from '../wire.ts';
import { OwnWeakMap } from '../own-collections.ts';

/** Tasks that were taken are dropped from the list when there are so many of them. */
const takenMax = 1024;

/** Tasks that were sent ahead, first in, first out, without any method of lists: stage code may have replaced it. */
export class WaitingTasks {
  #tasks: WireTask[] = [];
  /** The next one. */
  #at = 0;
  /** Buffers of inputs → how often they came. */
  readonly #came = new OwnWeakMap<ArrayBuffer, number>();
  /** An input was too large to be looked through: any buffer may be one of its. */
  #isUnknown = false;

  get isEmpty(): boolean {
    return this.#at === this.#tasks.length;
  }

  /** @param looksForBuffers outputs are moved: what several inputs of a message share must not go with one of them. */
  add(packed: PackedTasks, looksForBuffers: boolean): void {
    unpackTasks(packed, this.#tasks);
    const { inputs } = packed;
    if (!looksForBuffers || inputs === null) return;
    const came = (buffer: ArrayBuffer): void => {
      this.#came.set(buffer, (this.#came.get(buffer) ?? 0) + 1);
    };
    for (let i = 0; i < inputs.length; i++) {
      if (!eachBuffer(inputs[i], came)) this.#isUnknown = true;
    }
  }

  /** Whether other tasks were given this buffer as well. */
  readonly isShared = (buffer: ArrayBuffer): boolean =>
    this.#isUnknown || (this.#came.get(buffer) ?? 0) > 1;

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
