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
const { ceil } = Math;
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

/** What it gives is to be sent, or read, before the next call. */
export function packTasks(tasks: readonly WireTask[]): PackedTasks {
  const steps = stepsOf(tasks.length * taskNumbers);
  const numbers = (taskBuffers[steps] ??= new Integers(steps * bufferStep));
  const inputs: unknown[] = [];
  let hasInputs = false;
  const more: PackedTasks['more'] = [];
  let to = 0;
  for (let at = 0; at < tasks.length; at++) {
    const task = tasks[at]!;
    numbers[to++] = task.task;
    numbers[to++] = task.number;
    numbers[to++] = task.stage;
    numbers[to++] = task.kind;
    numbers[to++] = task.attempt;
    numbers[to++] = task.item;
    numbers[to++] = task.itemKey;
    const { input, setup, synthetic } = task;
    inputs[at] = input;
    if (input !== undefined) hasInputs = true;
    if (setup !== null || synthetic !== null) more[more.length] = { at, setup, synthetic };
  }
  const { length: count } = tasks;
  return { numbers: toSend(numbers, to), count, inputs: hasInputs ? inputs : null, more };
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

/** As `packTasks`. */
export function packEnds(ends: readonly WireEnd[]): PackedEnds {
  const steps = stepsOf(ends.length * endNumbers);
  const numbers = (endBuffers[steps] ??= new Doubles(steps * bufferStep));
  const values: unknown[] = [];
  const others: OtherEnd[] = [];
  let to = 0;
  for (let at = 0; at < ends.length; at++) {
    const end = ends[at]!;
    numbers[to++] = end.task;
    numbers[to++] = end.number;
    numbers[to++] = end.startMs;
    numbers[to++] = end.endMs;
    numbers[to++] = end.setupMs;
    numbers[to++] = end.waitedMs;
    if (isPlain(end)) values[values.length] = end.values[0];
    else {
      const { fault, codes, values: own, entryFaults } = end;
      others[others.length] = { at, fault, codes, values: own, entryFaults };
    }
  }
  return { numbers: toSend(numbers, to), values, others };
}

const isPlain = ({ fault, codes }: WireEnd): boolean =>
  fault === null && codes.length === 1 && codes[0] === plain;
