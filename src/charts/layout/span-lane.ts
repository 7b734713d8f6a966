import { lowerBound, upperBound } from '../../base/bisect.ts';

/**
 * The disjoint spans of one lane, ascending in time, with what makes any zoom cheap: prefix sums for
 * "how much of this stretch is covered", and a pyramid for "which is the longest span of this stretch".
 *
 *     level 1   [ longest of 0…15 ][ longest of 16…31 ] …     (indices of spans)
 *     level 2   [ longest of 0 … 255                  ] …
 */
export class SpanLane {
  readonly count: number;
  readonly row: Int32Array;
  readonly from: Float64Array;
  readonly to: Float64Array;
  /** covered[i]: ms covered by the spans before i. */
  private readonly covered: Float64Array;
  private readonly pyramid: Level[];

  constructor(row: Int32Array, from: Float64Array, to: Float64Array) {
    this.count = row.length;
    this.row = row;
    this.from = from;
    this.to = to;
    this.covered = new Float64Array(this.count + 1);
    for (let i = 0; i < this.count; i++) {
      this.covered[i + 1] = this.covered[i]! + (to[i]! - from[i]!);
    }
    this.pyramid = buildPyramid(this);
  }

  /** First span that ends after `ms` (or begins there: instants count). */
  firstVisible(ms: number): number {
    const index = lowerBound(this.to, ms);
    // A span that just ends at the window's edge is not in it, an instant at the edge is.
    return index < this.count && this.to[index] === ms && this.from[index]! < ms
      ? index + 1
      : index;
  }

  /** First span from `index` on that starts at or after `ms`. */
  firstFrom(ms: number, index = 0): number {
    return lowerBound(this.from, ms, index, this.count);
  }

  /**
   * The same for one that is probably about `guess` spans further: pixels beside each other hold about as
   * many, and a search over the whole lane would touch memory all over for each of them.
   */
  firstFromNear(ms: number, index: number, guess: number): number {
    let step = Math.max(1, guess);
    let low = index;
    let high = Math.min(this.count, index + step);
    while (high < this.count && this.from[high]! < ms) {
      low = high;
      step *= 2;
      high = Math.min(this.count, high + step);
    }
    return lowerBound(this.from, ms, low, high);
  }

  /** The span that covers `ms`, or -1. */
  at(ms: number): number {
    const index = upperBound(this.from, ms) - 1;
    return index >= 0 && this.to[index]! > ms ? index : -1;
  }

  /** ms covered by the spans [from, to). */
  coveredMs(from: number, to: number): number {
    return this.covered[to]! - this.covered[from]!;
  }

  lengthMs(index: number): number {
    return this.to[index]! - this.from[index]!;
  }

  /** The longest of the spans [from, to), the earliest among equals. O(log n). */
  longest(from: number, to: number): number {
    let best = from;
    let bestMs = -1;
    let index = from;
    while (index < to) {
      // The largest aligned block that starts here and fits.
      let level = -1;
      let size = 1;
      while (
        level + 1 < this.pyramid.length &&
        (index & (size * branch - 1)) === 0 &&
        index + size * branch <= to
      ) {
        level++;
        size *= branch;
      }
      const blocks = level < 0 ? null : this.pyramid[level]!;
      const block = index / size;
      const lengthMs = blocks ? blocks.lengthMs[block]! : this.to[index]! - this.from[index]!;
      if (lengthMs > bestMs) {
        best = blocks ? blocks.span[block]! : index;
        bestMs = lengthMs;
      }
      index += size;
    }
    return best;
  }
}

/** The longest span of each block, and its length beside it, where the next one to look at is. */
interface Level {
  span: Int32Array;
  lengthMs: Float64Array;
}

/** A power of two. */
const branch = 16;

function buildPyramid({ from, to, count }: SpanLane): Level[] {
  const levels: Level[] = [];
  let below: Level | null = null;
  for (let size = branch; size <= count; size *= branch) {
    const blocks = Math.floor(count / size);
    const level: Level = { span: new Int32Array(blocks), lengthMs: new Float64Array(blocks) };
    for (let block = 0; block < blocks; block++) {
      let best = 0;
      let bestMs = -1;
      for (let k = block * branch; k < (block + 1) * branch; k++) {
        const lengthMs: number = below === null ? to[k]! - from[k]! : below.lengthMs[k]!;
        if (lengthMs > bestMs) {
          best = below === null ? k : below.span[k]!;
          bestMs = lengthMs;
        }
      }
      level.span[block] = best;
      level.lengthMs[block] = bestMs;
    }
    levels.push(level);
    below = level;
  }
  return levels;
}

/** Overlapping or touching intervals, given in order of their start, joined into disjoint ones. */
export function unionLane(row: Int32Array, from: Float64Array, to: Float64Array): SpanLane {
  const rows: number[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  for (let i = 0; i < row.length; i++) {
    const last = ends.length - 1;
    if (last >= 0 && from[i]! <= ends[last]!) ends[last] = Math.max(ends[last]!, to[i]!);
    else {
      rows.push(row[i]!);
      starts.push(from[i]!);
      ends.push(to[i]!);
    }
  }
  return new SpanLane(Int32Array.from(rows), Float64Array.from(starts), Float64Array.from(ends));
}
