/**
 * Counters that outlive a run: what goes over the port between a run's coordinator and the cache worker,
 * plain data both ways. The port is bound to one namespace by the trusted side, so no message can name one.
 */

/** Most counters of one namespace, and the longest name of one, characters. */
export const counterNamesMax = 100;
export const counterNameLengthMax = 64;

/** What is told of a counter after a run, or during it. */
export interface CounterFacts {
  name: string;
  /** After the last update. */
  value: number;
  /** Updates that this run acknowledged: whoever called was told that they are done. */
  updates: number;
  /** Writes of this run that storage has committed. */
  writes: number;
  /** What storage has, as far as is known; null: it keeps nothing. */
  written: number | null;
  /** Acknowledged updates that no committed write has taken along. */
  unwritten: number;
  /** Acknowledged updates that storage lacked after a run whose sandbox went before it was done (killed, broken down). null: it was done. */
  lost: number | null;
}

/** A counter as storage has it. */
export interface StoredCounter {
  value: number;
  /** Updates ever made: tells what is missing, whatever they added. */
  updates: number;
}

/** What a counter had come to when the page of its run was going. */
export interface NotedCounter extends StoredCounter {
  name: string;
}

/** Added in storage, so that two tabs which count the same lose nothing. */
export interface CounterChange {
  name: string;
  by: number;
  updates: number;
}

export type ToCounters =
  | { type: 'counter-read'; request: number; names: string[] }
  /** All of them in one transaction. */
  | { type: 'counter-add'; request: number; changes: CounterChange[] };

export type FromCounters =
  /** One a name, in their order; after `counter-add` as they are now, committed. */
  | { type: 'counter-values'; request: number; values: StoredCounter[] }
  /** Nothing of that request is stored. */
  | { type: 'counter-refused'; request: number; why: string };

/** What may name a counter: short, and nothing that could end a name in storage. */
export const isCounterName = (name: unknown): name is string =>
  typeof name === 'string' && /^[\w .:/-]+$/.test(name) && name.length <= counterNameLengthMax;

/** Checks a message that came from inside the sandbox; null: it is not one of ours. */
export function readToCounters(data: unknown): ToCounters | null {
  if (!isRecord(data)) return null;
  const { type, request, changes } = data;
  if (!Number.isSafeInteger(request)) return null;
  if (type === 'counter-read') {
    if (!isShortList(data['names'])) return null;
    // Spread first: `every` passes over holes.
    const names = [...data['names']];
    return names.every(isCounterName) ? { type, request: request as number, names } : null;
  }
  if (type !== 'counter-add' || !isShortList(changes)) return null;
  const checked: CounterChange[] = [];
  for (const change of changes) {
    if (!isRecord(change)) return null;
    const { name, by, updates } = change;
    if (!isCounterName(name) || !Number.isSafeInteger(by)) return null;
    if (!Number.isSafeInteger(updates) || (updates as number) < 1) return null;
    checked.push({ name, by: by as number, updates: updates as number });
  }
  return { type, request: request as number, changes: checked };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const isShortList = (value: unknown): value is unknown[] =>
  Array.isArray(value) && value.length <= counterNamesMax;
