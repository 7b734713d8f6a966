/**
 * Many tasks, or many ends, as one message. Copying a message costs most by the object, so what every task
 * has goes as numbers in one array, inputs and results in another, and what few have in a third.
 *
 *   numbers   [ task 0: 7 numbers | task 1 | task 2 | … ]
 *   inputs    [ input 0           | input 1| input 2| … ]
 *   more      [ { at: 1, setup, synthetic } ]               only of those that have any
 */
import { plain } from '../engine/machine.ts';
import type { TaskKind } from '../engine/task-table.ts';
import type { SyntheticTask, WireEnd, WireTask } from './wire.ts';

export interface PackedTasks {
  numbers: Float64Array | number[];
  /** Of tasks; `numbers` may have more than those of them. */
  count: number;
  /** null: none has any. */
  inputs: unknown[] | null;
  more: { at: number; setup: number[] | null; synthetic: SyntheticTask | null }[];
}

/** Numbers of one task: task, number, stage, kind, attempt, item, itemKey. All of 32 bits. */
const taskNumbers = 7;
/** Numbers of one end: task, number, startMs, endMs, setupMs, waitedMs. */
export const endNumbers = 6;
/** A buffer is worth its while only from so many numbers on. */
const bufferFrom = 400;
/** Buffers are made for multiples of so many. */
const bufferStep = 512;
/** Stage code may replace what is global; these were taken before. */
const { ceil } = Math;
const { apply } = Reflect;
const Buffer = ArrayBuffer;
const Doubles = Float64Array;
const doubleBytes = Doubles.BYTES_PER_ELEMENT;
const copyInto = Object.getPrototypeOf(Doubles.prototype).set as Float64Array['set'];

// No methods of arrays from here on, nor what a typed array says of its length: stage code may have replaced them.

/**
 * Room for so many numbers, for each step a buffer: a message is copied as it is sent, so the next one can be written
 * into the same one, and code that always writes to the same kind of array is fast.
 */
const buffers: Float64Array[] = [];
// Stage code could hang something where a list has a hole.
Object.setPrototypeOf(buffers, null);

const stepsOf = (count: number): number => ceil(count / bufferStep);

/** Rows of so many numbers that gather for one message, one after another in one array. */
class Rows {
  numbers!: Float64Array;
  #buffer!: ArrayBuffer;
  #room = 0;
  #end = 0;
  readonly #width: number;

  constructor(width: number) {
    this.#width = width;
    this.#widen(bufferStep);
  }

  /** Where in `numbers` to write the next row. */
  next(): number {
    const from = this.#end;
    this.#end += this.#width;
    if (this.#end > this.#room) {
      const filled = new Doubles(this.#buffer, 0, from);
      this.#widen(2 * this.#room);
      apply(copyInto, this.numbers, [filled]);
    }
    return from;
  }

  #widen(room: number): void {
    this.#room = room;
    this.#buffer = new Buffer(room * doubleBytes);
    this.numbers = new Doubles(this.#buffer);
  }

  /** As something to send, before the next packer is asked: many go with a buffer, whatever its end holds. */
  take(): Float64Array | number[] {
    const count = this.#end;
    this.#end = 0;
    if (count >= bufferFrom) {
      const steps = stepsOf(count);
      const buffer = (buffers[steps] ??= new Doubles(steps * bufferStep));
      apply(copyInto, buffer, [new Doubles(this.#buffer, 0, count)]);
      return buffer;
    }
    const { numbers } = this;
    const list: number[] = [];
    for (let i = 0; i < count; i++) list[i] = numbers[i]!;
    return list;
  }

  clear(): void {
    this.#end = 0;
  }
}

const noMore: PackedTasks['more'] = [];

/** Tasks on their way into one message: nothing is made for each. */
export class TaskPacker {
  count = 0;
  /** Buffers of inputs that are moved, not copied. To be read before `take`, which lets go of them. */
  moved: ArrayBuffer[] = [];
  /** Of all of them. */
  movedBytes = 0;
  readonly #rows = new Rows(taskNumbers);
  #inputs: unknown[] = [];
  #hasInputs = false;
  #more: PackedTasks['more'] = [];

  add(
    task: number,
    number: number,
    stage: number,
    kind: TaskKind,
    attempt: number,
    item: number,
    itemKey: number,
    input: unknown,
    setup: number[] | null,
    synthetic: SyntheticTask | null,
  ): void {
    const at = this.count++;
    let to = this.#rows.next();
    const { numbers } = this.#rows;
    numbers[to++] = task;
    numbers[to++] = number;
    numbers[to++] = stage;
    numbers[to++] = kind;
    numbers[to++] = attempt;
    numbers[to++] = item;
    numbers[to] = itemKey;
    this.#inputs[at] = input;
    if (input !== undefined) this.#hasInputs = true;
    if (setup !== null || synthetic !== null) {
      this.#more[this.#more.length] = { at, setup, synthetic };
    }
  }

  /** A buffer that goes with the last task. */
  move(buffer: ArrayBuffer): void {
    this.moved[this.moved.length] = buffer;
    this.movedBytes += buffer.byteLength;
  }

  /** Takes all out. What it gives is to be sent, or read, before any other packer is asked. */
  take(): PackedTasks {
    const packed: PackedTasks = {
      numbers: this.#rows.take(),
      count: this.count,
      inputs: this.#hasInputs ? this.#inputs : null,
      more: this.#more.length > 0 ? this.#more : noMore,
    };
    this.clear();
    return packed;
  }

  clear(): void {
    this.#rows.clear();
    this.count = 0;
    if (this.moved.length > 0) this.moved = [];
    this.movedBytes = 0;
    // What was taken out goes on using those.
    if (this.#hasInputs) this.#inputs = [];
    if (this.#more.length > 0) this.#more = [];
    this.#hasInputs = false;
  }
}

/** As one message; not for where every task counts. */
export function packTasks(tasks: readonly WireTask[]): PackedTasks {
  const packer = new TaskPacker();
  for (let at = 0; at < tasks.length; at++) {
    const { task, number, stage, kind, attempt, item, itemKey, input, setup, synthetic } =
      tasks[at]!;
    packer.add(task, number, stage, kind, attempt, item, itemKey, input, setup, synthetic);
  }
  return packer.take();
}

/** Adds the tasks of a message to `tasks`, in their order. */
export function unpackTasks(packed: PackedTasks, tasks: WireTask[]): void {
  const { numbers, count, inputs, more } = packed;
  let from = 0;
  let nextMore = 0;
  for (let at = 0; at < count; at++) {
    const own = more[nextMore]?.at === at ? more[nextMore++]! : null;
    // As whole numbers: engines box the others, seven a task.
    tasks[tasks.length] = {
      task: numbers[from]! | 0,
      number: numbers[from + 1]! | 0,
      stage: numbers[from + 2]! | 0,
      kind: (numbers[from + 3]! | 0) as TaskKind,
      attempt: numbers[from + 4]! | 0,
      item: numbers[from + 5]! | 0,
      itemKey: numbers[from + 6]! | 0,
      setup: own ? own.setup : null,
      input: inputs === null ? undefined : inputs[at],
      synthetic: own ? own.synthetic : null,
    };
    from += taskNumbers;
  }
}

export interface PackedEnds {
  /** May have more than those of the ends. */
  numbers: Float64Array | number[];
  /** Of the ends that gave one plain value, in their order. */
  values: unknown[];
  /** All other ends. */
  others: OtherEnd[];
}

export type HowItEnded = Pick<WireEnd, 'fault' | 'codes' | 'values' | 'entryFaults'>;

/** What is no single plain value: see `WireEnd`. */
export interface OtherEnd extends HowItEnded {
  at: number;
}

/** How many numbers so many ends come with: of a buffer, all that it has room for. */
export const endNumbersOf = (ends: number, numbers: ArrayLike<number>): number =>
  Array.isArray(numbers) ? ends * endNumbers : stepsOf(ends * endNumbers) * bufferStep;

/** Ends on their way into one message, as `TaskPacker`. */
export class EndPacker {
  count = 0;
  readonly #rows = new Rows(endNumbers);
  #values: unknown[] = [];
  #others: OtherEnd[] = [];

  /** @param how null: with one plain value, which is `value`. */
  add(
    task: number,
    number: number,
    startMs: number,
    endMs: number,
    setupMs: number,
    waitedMs: number,
    how: HowItEnded | null,
    value: unknown,
  ): void {
    const at = this.count++;
    let to = this.#rows.next();
    const { numbers } = this.#rows;
    numbers[to++] = task;
    numbers[to++] = number;
    numbers[to++] = startMs;
    numbers[to++] = endMs;
    numbers[to++] = setupMs;
    numbers[to] = waitedMs;
    if (how === null) this.#values[this.#values.length] = value;
    else if (isPlain(how)) this.#values[this.#values.length] = how.values[0];
    else {
      const { fault, codes, values, entryFaults } = how;
      this.#others[this.#others.length] = { at, fault, codes, values, entryFaults };
    }
  }

  /** Takes all out. What it gives is to be sent, or read, before any other packer is asked. */
  take(): PackedEnds {
    const packed = { numbers: this.#rows.take(), values: this.#values, others: this.#others };
    this.count = 0;
    this.#values = [];
    this.#others = [];
    return packed;
  }
}

/** As one message. */
export function packEnds(ends: readonly WireEnd[]): PackedEnds {
  const packer = new EndPacker();
  for (let at = 0; at < ends.length; at++) {
    const end = ends[at]!;
    const { task, number, startMs, endMs, setupMs, waitedMs } = end;
    packer.add(task, number, startMs, endMs, setupMs, waitedMs, end, undefined);
  }
  return packer.take();
}

/** Each end of a message as a message of its own, in their order. */
export function eachAlone(
  { numbers, values, others }: PackedEnds,
  use: (alone: PackedEnds) => void,
): void {
  let nextValue = 0;
  let nextOther = 0;
  const count = values.length + others.length;
  for (let at = 0; at < count; at++) {
    const own: number[] = [];
    for (let i = 0; i < endNumbers; i++) own[i] = numbers[at * endNumbers + i]!;
    const other = others[nextOther];
    if (other?.at === at) {
      nextOther++;
      use({ numbers: own, values: [], others: [{ ...other, at: 0 }] });
    } else use({ numbers: own, values: [values[nextValue++]], others: [] });
  }
}

const isPlain = ({ fault, codes }: HowItEnded): boolean =>
  fault === null && codes.length === 1 && codes[0] === plain;
