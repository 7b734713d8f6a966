import { failedEntry, plain } from '../../engine/machine.ts';
import type { Fault, SyntheticTask } from '../wire.ts';
import { none } from './context.ts';
import { faultOf } from './fault.ts';
import { addChild, Many, manyOf } from './many.ts';

/** What a call put out, sorted for the wire. */
export interface Outcome {
  codes: number[];
  values: unknown[];
  entryFaults: Fault[];
}

/** Whether what a call returned is its one output. */
export const isOneOutput = (result: unknown): boolean =>
  result !== none && !(result instanceof Many);

/** The result of one call for one item. */
export function outcomeOf(result: unknown): Outcome {
  const outcome: Outcome = { codes: [], values: [], entryFaults: [] };
  addEntry(outcome, result);
  return outcome;
}

/**
 * The result of a call for a batch: one entry an item.
 * @throws Error when it is not an array of that length.
 */
export function batchOutcome(result: unknown, members: number): Outcome {
  if (!Array.isArray(result) || result.length !== members) {
    const what = Array.isArray(result) ? `an array of ${result.length}` : `a ${typeof result}`;
    throw new Error(
      `A batch of ${members} items needs an array with one entry an item; the stage returned ${what}.`,
    );
  }
  const outcome: Outcome = { codes: [], values: [], entryFaults: [] };
  for (let i = 0; i < members; i++) {
    const entry: unknown = result[i];
    if (entry instanceof Error) {
      outcome.codes[outcome.codes.length] = failedEntry;
      outcome.entryFaults[outcome.entryFaults.length] = faultOf(entry);
    } else addEntry(outcome, entry);
  }
  return outcome;
}

/** What was drawn for a synthetic task. */
export function syntheticOutcome({ outputs }: SyntheticTask): Outcome {
  const codes: number[] = [];
  const values: unknown[] = [];
  for (let at = 0; at < outputs.length; at++) {
    const { code, bytes } = outputs[at]!;
    codes[at] = code;
    for (let i = 0; i < bytes.length; i++) values[values.length] = new Buffered(bytes[i]!);
  }
  return { codes, values, entryFaults: [] };
}
const Buffered = Uint8Array;

// Not `push`: stage code may have replaced it.
function addEntry({ codes, values }: Outcome, entry: unknown): void {
  if (entry === none) codes[codes.length] = 0;
  else if (entry instanceof Many) {
    codes[codes.length] = entry.values.length;
    for (let i = 0; i < entry.values.length; i++) values[values.length] = entry.values[i];
  } else {
    codes[codes.length] = plain;
    values[values.length] = entry;
  }
}

type AnyIterator = {
  next(): unknown;
  [Symbol.iterator]?: unknown;
  [Symbol.asyncIterator]?: unknown;
};

/** Whether a call returned a generator (sync or async), whose values become children. */
export function isGenerator(value: unknown): value is AnyIterator {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as AnyIterator).next === 'function' &&
    (Symbol.iterator in value || Symbol.asyncIterator in value)
  );
}

const generatorName = 'its generator';

/** Runs a generator to its end. A sync one at once; of an async one a promise. */
export function drain(generator: AnyIterator): Many | Promise<Many> {
  if (Symbol.asyncIterator in generator) return drainAsync(generator as AsyncIterator<unknown>);
  return manyOf(generator, generatorName);
}

async function drainAsync(generator: AsyncIterator<unknown>): Promise<Many> {
  const values: unknown[] = [];
  for (let step = await generator.next(); !step.done; step = await generator.next()) {
    addChild(values, step.value, generatorName);
  }
  return new Many(values);
}
