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
  numbers: Numbers;
  inputs: unknown[];
  more: { at: number; setup: number[] | null; synthetic: SyntheticTask | null }[];
}

/** Numbers of one task: task, number, stage, kind, attempt, item, itemKey. */
const taskNumbers = 7;
/** A buffer of its own is worth its while only from so many numbers on. */
const bufferFrom = 400;
/** Stage code may replace what is global; this was taken before. */
const Buffered = Float64Array;
export type Numbers = Float64Array | number[];

// No methods of arrays from here on, nor what a typed array says of its length: stage code may have replaced them.

/** Written first, whatever comes of them: code that always writes to the same kind of array is fast. */
let scratchLength = 8192;
let scratch = new Buffered(scratchLength);
function scratchFor(count: number): Float64Array {
  if (count > scratchLength) {
    scratchLength = 2 * count;
    scratch = new Buffered(scratchLength);
  }
  return scratch;
}

/** The first `count` numbers written, as something to send. */
function written(count: number): Numbers {
  const list: Numbers = count >= bufferFrom ? new Buffered(count) : [];
  for (let i = 0; i < count; i++) list[i] = scratch[i]!;
  return list;
}

export function packTasks(tasks: readonly WireTask[]): PackedTasks {
  const numbers = scratchFor(tasks.length * taskNumbers);
  const inputs: unknown[] = [];
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
    inputs[at] = task.input;
    const { setup, synthetic } = task;
    if (setup !== null || synthetic !== null) more[more.length] = { at, setup, synthetic };
  }
  return { numbers: written(to), inputs, more };
}

/** Adds the tasks of a message to `tasks`, in their order. */
export function unpackTasks({ numbers, inputs, more }: PackedTasks, tasks: WireTask[]): void {
  let from = 0;
  let nextMore = 0;
  for (let at = 0; at < inputs.length; at++) {
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
      input: inputs[at],
      synthetic: own ? own.synthetic : null,
    };
    from += taskNumbers;
  }
}

export interface PackedEnds {
  numbers: Numbers;
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

/** Numbers of one end: task, number, startMs, endMs, setupMs, waitedMs. */
export const endNumbers = 6;

export function packEnds(ends: readonly WireEnd[]): PackedEnds {
  const numbers = scratchFor(ends.length * endNumbers);
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
  return { numbers: written(to), values, others };
}

const isPlain = ({ fault, codes }: WireEnd): boolean =>
  fault === null && codes.length === 1 && codes[0] === plain;
