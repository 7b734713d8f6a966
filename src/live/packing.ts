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
import type { Fault, SyntheticTask, WireEnd, WireTask } from './wire.ts';

export interface PackedTasks {
  numbers: Int32Array | number[];
  /** Of tasks; `numbers` may have more than those of them. */
  count: number;
  /** null: none has any. */
  inputs: unknown[] | null;
  more: { at: number; setup: number[] | null; synthetic: SyntheticTask | null }[];
}

/** Numbers of one task: task, number, stage, kind, attempt, item, itemKey. All of 32 bits. */
const taskNumbers = 7;
/** A buffer is worth its while only from so many numbers on. */
const bufferFrom = 400;
/** Buffers are made for multiples of so many. */
const bufferStep = 512;
/** Stage code may replace what is global; these were taken before. */
const { ceil, floor } = Math;
const Doubles = Float64Array;
const Integers = Int32Array;

// No methods of arrays from here on, nor what a typed array says of its length: stage code may have replaced them.

/**
 * Room for so many numbers, for each step a buffer: a message is copied as it is sent, so the next one can be written
 * into the same one, and code that always writes to the same kind of array is fast.
 */
const taskBuffers: Int32Array[] = [];
const endBuffers: Float64Array[] = [];
// Stage code could hang something where a list has a hole.
Object.setPrototypeOf(taskBuffers, null);
Object.setPrototypeOf(endBuffers, null);

const stepsOf = (count: number): number => ceil(count / bufferStep);

/** The first `count` numbers of a buffer, as something to send: many go with the buffer, whatever its end holds. */
function toSend<Buffer extends Int32Array | Float64Array>(
  buffer: Buffer,
  count: number,
): Buffer | number[] {
  if (count >= bufferFrom) return buffer;
  const list: number[] = [];
  for (let i = 0; i < count; i++) list[i] = buffer[i]!;
  return list;
}

/** Tasks on their way into one message: written where they are sent from, with nothing made for each. */
export class TaskPacker {
  count = 0;
  /** Buffers of inputs that are moved, not copied. To be read before `take`, which lets go of them. */
  moved: ArrayBuffer[] = [];
  #numbers = new Integers(bufferStep);
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
    let to = at * taskNumbers;
    if (to + taskNumbers > this.#numbers.length) this.#grow();
    const numbers = this.#numbers;
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

  #grow(): void {
    const wider = new Integers(2 * this.#numbers.length);
    wider.set(this.#numbers);
    this.#numbers = wider;
  }

  /** Takes all out. What it gives is to be sent, or read, before any other packer is asked. */
  take(): PackedTasks {
    const { count } = this;
    const numbers = count * taskNumbers;
    const packed: PackedTasks = {
      numbers: toSend(this.#copied(numbers), numbers),
      count,
      inputs: this.#hasInputs ? this.#inputs : null,
      more: this.#more,
    };
    this.clear();
    return packed;
  }

  /** In a buffer of the step that so many numbers need, as a message takes its buffer whole. */
  #copied(count: number): Int32Array {
    if (count < bufferFrom) return this.#numbers;
    const steps = stepsOf(count);
    const buffer = (taskBuffers[steps] ??= new Integers(steps * bufferStep));
    buffer.set(this.#numbers.subarray(0, count));
    return buffer;
  }

  clear(): void {
    this.count = 0;
    if (this.moved.length > 0) this.moved = [];
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
    tasks[tasks.length] = {
      task: numbers[from]!,
      number: numbers[from + 1]!,
      stage: numbers[from + 2]!,
      kind: numbers[from + 3]! as TaskKind,
      attempt: numbers[from + 4]!,
      item: numbers[from + 5]!,
      itemKey: numbers[from + 6]!,
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

/** What is no single plain value: see `WireEnd`. */
export interface OtherEnd {
  at: number;
  fault: Fault | null;
  codes: number[];
  values: unknown[];
  entryFaults: Fault[];
}

/** How many numbers so many ends come with: of a buffer, all that it has room for. */
export const endNumbersOf = (ends: number, numbers: ArrayLike<number>): number =>
  Array.isArray(numbers) ? ends * endNumbers : stepsOf(ends * endNumbers) * bufferStep;

/** Numbers of one end: task, number, startMs, endMs, setupMs, waitedMs. */
export const endNumbers = 6;

/** Ends on their way into one message, as `TaskPacker`. */
export class EndPacker {
  count = 0;
  #numbers = new Doubles(bufferStep);
  #values: unknown[] = [];
  #others: OtherEnd[] = [];

  /** One plain value. */
  addPlain(
    task: number,
    number: number,
    startMs: number,
    endMs: number,
    setupMs: number,
    waitedMs: number,
    value: unknown,
  ): void {
    this.#addNumbers(task, number, startMs, endMs, setupMs, waitedMs);
    this.#values[this.#values.length] = value;
  }

  /** Anything else. */
  addOther(
    task: number,
    number: number,
    startMs: number,
    endMs: number,
    setupMs: number,
    waitedMs: number,
    {
      fault,
      codes,
      values,
      entryFaults,
    }: Pick<WireEnd, 'fault' | 'codes' | 'values' | 'entryFaults'>,
  ): void {
    this.#others[this.#others.length] = { at: this.count, fault, codes, values, entryFaults };
    this.#addNumbers(task, number, startMs, endMs, setupMs, waitedMs);
  }

  #addNumbers(
    task: number,
    number: number,
    startMs: number,
    endMs: number,
    setupMs: number,
    waitedMs: number,
  ): void {
    let to = this.count++ * endNumbers;
    if (this.count > this.#room) this.#grow();
    const numbers = this.#numbers;
    numbers[to++] = task;
    numbers[to++] = number;
    numbers[to++] = startMs;
    numbers[to++] = endMs;
    numbers[to++] = setupMs;
    numbers[to] = waitedMs;
  }

  /** Ends that `#numbers` has room for; its own length is something that stage code may have replaced. */
  #room = floor(bufferStep / endNumbers);
  #grow(): void {
    const old = this.#numbers;
    const wider = new Doubles(2 * this.#room * endNumbers);
    for (let i = 0; i < this.#room * endNumbers; i++) wider[i] = old[i]!;
    this.#numbers = wider;
    this.#room *= 2;
  }

  /** Takes all out. What it gives is to be sent, or read, before any other packer is asked. */
  take(): PackedEnds {
    const count = this.count * endNumbers;
    const numbers = toSend(this.#copied(count), count);
    const packed = { numbers, values: this.#values, others: this.#others };
    this.count = 0;
    this.#values = [];
    this.#others = [];
    return packed;
  }

  /** As of tasks. */
  #copied(count: number): Float64Array {
    const numbers = this.#numbers;
    if (count < bufferFrom) return numbers;
    const steps = stepsOf(count);
    const buffer = (endBuffers[steps] ??= new Doubles(steps * bufferStep));
    for (let i = 0; i < count; i++) buffer[i] = numbers[i]!;
    return buffer;
  }
}

/** As one message. */
export function packEnds(ends: readonly WireEnd[]): PackedEnds {
  const packer = new EndPacker();
  for (let at = 0; at < ends.length; at++) {
    const end = ends[at]!;
    const { task, number, startMs, endMs, setupMs, waitedMs } = end;
    if (isPlain(end)) {
      packer.addPlain(task, number, startMs, endMs, setupMs, waitedMs, end.values[0]);
    } else packer.addOther(task, number, startMs, endMs, setupMs, waitedMs, end);
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

export const isPlain = ({ fault, codes }: Pick<WireEnd, 'fault' | 'codes'>): boolean =>
  fault === null && codes.length === 1 && codes[0] === plain;
