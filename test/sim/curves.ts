import type { Sample } from './seen-run.ts';

/** Levels over the instants of a run: a level belongs to the open interval after its instant. */
export class Curves {
  /** ms, ascending; between two of them nothing happens. */
  readonly times: readonly number[];
  readonly #at: ReadonlyMap<number, number>;

  constructor(samples: readonly Sample[]) {
    this.times = samples.map(({ timeMs }) => timeMs);
    this.#at = new Map(this.times.map((timeMs, i) => [timeMs, i]));
  }

  /** The instant of a time; past the end: their number. */
  instant(timeMs: number): number {
    const at = this.#at.get(timeMs);
    if (at !== undefined) return at;
    let low = 0;
    let high = this.times.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.times[middle]! < timeMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** How many spans [from, to) hold in the interval after each instant. */
  levels(spans: readonly (readonly [fromMs: number, toMs: number, weight?: number])[]): number[] {
    const change = new Array<number>(this.times.length + 1).fill(0);
    for (const [from, to, weight = 1] of spans) {
      change[this.instant(from)]! += weight;
      change[this.instant(to)]! -= weight;
    }
    let level = 0;
    return change.slice(0, -1).map((by) => (level += by));
  }
}

/**
 * Whether terms add up to nothing, to the last bit: partial sums that do not overlap (Shewchuk 1997,
 * "Adaptive precision floating-point arithmetic", grow-expansion) lose nothing to rounding.
 */
export function addsUpToZero(terms: Iterable<number>): boolean {
  let partials: number[] = [];
  for (const term of terms) {
    const next: number[] = [];
    let high = term;
    for (const partial of partials) {
      const sum = high + partial;
      const part = sum - high;
      const error = high - (sum - part) + (partial - part);
      if (error !== 0) next.push(error);
      high = sum;
    }
    if (high !== 0) next.push(high);
    partials = next;
  }
  return partials.length === 0;
}
