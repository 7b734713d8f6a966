import { lowerBound } from '../base/bisect.ts';
import { valueAt, type StepSeries } from './step-series.ts';

/** What a series did in each of n equal parts of a window of time. */
export interface LevelBuckets {
  min: Float64Array;
  max: Float64Array;
  /** At the end of the part. */
  last: Float64Array;
}

const branch = 32;

/**
 * Minimum and maximum of any stretch of a step series in O(log n), by a pyramid of blocks of 32, so that
 * a million steps are drawn at the cost of the pixels they cover.
 */
export class LevelIndex {
  readonly series: StepSeries;
  private readonly low: Float64Array[] = [];
  private readonly high: Float64Array[] = [];

  constructor(series: StepSeries) {
    this.series = series;
    let low = series.value;
    let high = series.value;
    while (low.length > branch) {
      [low, high] = [blocks(low, Math.min, Infinity), blocks(high, Math.max, -Infinity)];
      this.low.push(low);
      this.high.push(high);
    }
  }

  /** The window cut into `count` parts; the level a part begins with counts as part of it. */
  buckets(fromMs: number, toMs: number, count: number): LevelBuckets {
    const { time, value } = this.series;
    const result = {
      min: new Float64Array(count),
      max: new Float64Array(count),
      last: new Float64Array(count),
    };
    let level = valueAt(this.series, fromMs);
    let index = lowerBound(time, fromMs);
    while (index < time.length && time[index] === fromMs) index++;
    for (let bucket = 0; bucket < count; bucket++) {
      const endMs = fromMs + ((toMs - fromMs) * (bucket + 1)) / count;
      const next = lowerBound(time, endMs, index);
      const [min, max] = this.range(index, next);
      result.min[bucket] = Math.min(level, min);
      result.max[bucket] = Math.max(level, max);
      if (next > index) level = value[next - 1]!;
      result.last[bucket] = level;
      index = next;
    }
    return result;
  }

  /** Minimum and maximum of the steps [from, to); (∞, −∞) of none. */
  private range(from: number, to: number): [number, number] {
    let min = Infinity;
    let max = -Infinity;
    let index = from;
    while (index < to) {
      let level = 0;
      let size = 1;
      while (
        level < this.low.length &&
        index % (size * branch) === 0 &&
        index + size * branch <= to
      ) {
        level++;
        size *= branch;
      }
      const low = level === 0 ? this.series.value : this.low[level - 1]!;
      const high = level === 0 ? this.series.value : this.high[level - 1]!;
      min = Math.min(min, low[index / size]!);
      max = Math.max(max, high[index / size]!);
      index += size;
    }
    return [min, max];
  }
}

function blocks(
  below: Float64Array,
  choose: (a: number, b: number) => number,
  start: number,
): Float64Array {
  const level = new Float64Array(Math.ceil(below.length / branch)).fill(start);
  for (let i = 0; i < below.length; i++) {
    const block = Math.floor(i / branch);
    level[block] = choose(level[block]!, below[i]!);
  }
  return level;
}
