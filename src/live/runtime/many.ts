import { childrenMax } from '../wire.ts';

/** What a stage returns to make children of its item. */
export class Many {
  readonly values: unknown[];
  constructor(values: unknown[]) {
    this.values = values;
  }
}

const ceiling = 'the ceiling is 1 million';

/** @throws TypeError when there is nothing to iterate over; Error when there is too much of it. */
export function manyOf(values: unknown, who: string): Many {
  if (Array.isArray(values)) {
    if (values.length > childrenMax) {
      throw new Error(`${who} has ${values.length.toLocaleString('en')} values: ${ceiling}`);
    }
    return new Many([...(values as unknown[])]);
  }
  if (!isIterable(values)) {
    throw new TypeError(
      `ctx.many needs a list, or anything else to iterate over, and was given ${describe(values)}`,
    );
  }
  const list: unknown[] = [];
  for (const value of values) addChild(list, value, who);
  return new Many(list);
}

/** So that what never ends does not fill the memory first. */
export function addChild(list: unknown[], value: unknown, who: string): void {
  if (list.length === childrenMax) throw new Error(`${who} has too many values: ${ceiling}`);
  list.push(value);
}

const isIterable = (value: unknown): value is Iterable<unknown> =>
  value !== null && value !== undefined && typeof Object(value)[Symbol.iterator] === 'function';

function describe(value: unknown): string {
  if (typeof value === 'object' && value !== null) return 'an object that is no list';
  if (typeof value === 'function') return 'a function';
  return String(value);
}
