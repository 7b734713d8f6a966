import { upperBound } from './bisect.ts';
import { pow } from './exact-math.ts';

/**
 * Zipf's law over keys 0 … n−1: key k is asked for with a chance ∝ 1 / (k + 1)^exponent.
 * Exact: inverts the cumulative sums (8 bytes a key), summed in one fixed order.
 */
export class Zipf {
  readonly keys: number;
  readonly exponent: number;
  readonly #cumulative: Float64Array;

  constructor(keys: number, exponent: number) {
    this.keys = keys;
    this.exponent = exponent;
    this.#cumulative = new Float64Array(keys);
    let sum = 0;
    for (let k = 0; k < keys; k++) {
      sum += pow(k + 1, -exponent);
      this.#cumulative[k] = sum;
    }
  }

  /** The key for a number in [0, 1), as `DrawSeries.unit` gives. */
  keyAt(u: number): number {
    const total = this.#cumulative[this.keys - 1]!;
    // u · total may round up to total itself.
    return Math.min(this.keys - 1, upperBound(this.#cumulative, u * total));
  }

  /** The chance of one key. */
  chance(key: number): number {
    const before = key === 0 ? 0 : this.#cumulative[key - 1]!;
    return (this.#cumulative[key]! - before) / this.#cumulative[this.keys - 1]!;
  }
}

const tablesKept = 8;
const tables = new Map<string, Zipf>();

/** A key drawn by Zipf's law; the tables of the last few laws are kept. */
export function zipf(keys: number, exponent: number, u: number): number {
  const name = `${keys} ${exponent}`;
  let table = tables.get(name);
  if (!table) {
    table = new Zipf(keys, exponent);
    if (tables.size >= tablesKept) tables.delete(tables.keys().next().value!);
    tables.set(name, table);
  }
  return table.keyAt(u);
}
