import type { Entry } from './task.ts';

/** What a stage returns to end its item there. */
export const none = Object.freeze({ ends: 'here' });

/** What a stage returns to make children of its item. */
export class Many {
  readonly values: unknown[];
  constructor(values: Iterable<unknown>) {
    this.values = [...values];
  }
}

export const entryOf = (value: unknown): Entry => {
  if (value === none) return { children: [] };
  return value instanceof Many ? { children: value.values } : { value };
};

/** The result of a call for a batch: a list with one entry an item; an Error in it fails that item alone. */
export function batchEntries(result: unknown, members: number): Entry[] {
  if (!Array.isArray(result) || result.length !== members) {
    const what = Array.isArray(result) ? `an array of ${result.length}` : `a ${typeof result}`;
    throw new Error(
      `A batch of ${members} items needs an array with one entry an item; the stage returned ${what}.`,
    );
  }
  return Array.from(result, (entry: unknown) =>
    entry instanceof Error ? { error: messageOf(entry) } : entryOf(entry),
  );
}

/** A generator's values become children. */
export async function drained(result: unknown): Promise<unknown> {
  if (typeof result !== 'object' || result === null || !('next' in result)) return result;
  if (!(Symbol.iterator in result) && !(Symbol.asyncIterator in result)) return result;
  const values: unknown[] = [];
  for await (const value of result as AsyncIterable<unknown>) values.push(value);
  return new Many(values);
}

export function messageOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return `threw ${String(thrown)}, which is not an Error`;
  const { name, message } = thrown;
  return name === 'Error' ? message : `${name}: ${message}`;
}
