import { upperBound } from '../base/bisect.ts';

/**
 * A quantity that changes in steps: value[i] holds from time[i] (ms) until time[i + 1]; before the first
 * step it is 0. Times strictly ascend: what happens at one instant is one step.
 */
export interface StepSeries {
  time: Float64Array;
  value: Float64Array;
}

/** +1 at each of `up`, −1 at each of `down` (any order; both are sorted in place). */
export function countingSeries(up: Float64Array, down: Float64Array): StepSeries {
  sortTimes(up);
  sortTimes(down);
  const ups = up.length;
  const downs = down.length;
  const time = new Float64Array(ups + downs);
  const value = new Float64Array(ups + downs);
  let steps = 0;
  let level = 0;
  let u = 0;
  let d = 0;
  while (u < ups || d < downs) {
    const now = d >= downs || (u < ups && up[u]! < down[d]!) ? up[u]! : down[d]!;
    const before = level;
    for (; u < ups && up[u] === now; u++) level++;
    for (; d < downs && down[d] === now; d++) level--;
    // In and out within one instant was never there.
    if (level === before) continue;
    time[steps] = now;
    value[steps++] = level;
  }
  return { time: time.slice(0, steps), value: value.slice(0, steps) };
}

/**
 * In place, ascending. Columns of a trace are nearly in order, as far out as tasks overtake each other, so
 * each time is moved to its place; where that turns out to be far the whole is sorted.
 */
export function sortTimes(times: Float64Array): Float64Array {
  let movesLeft = 8 * times.length;
  for (let i = 1; i < times.length; i++) {
    const ms = times[i]!;
    let place = i;
    while (place > 0 && times[place - 1]! > ms && movesLeft-- > 0) {
      times[place] = times[place - 1]!;
      place--;
    }
    times[place] = ms;
    if (movesLeft < 0) return times.sort();
  }
  return times;
}

/** Steps given as (time, value) in nearly ascending order; of one instant the last counts. */
export function levelSeries(times: ArrayLike<number>, values: ArrayLike<number>): StepSeries {
  let order: Int32Array | null = null;
  for (let i = 1; i < times.length && order === null; i++) {
    if (times[i - 1]! <= times[i]!) continue;
    order = Int32Array.from({ length: times.length }, (_, place) => place);
    order.sort((a, b) => times[a]! - times[b]! || a - b);
  }
  const time = new Float64Array(times.length);
  const value = new Float64Array(times.length);
  let steps = 0;
  for (let i = 0; i < times.length; i++) {
    const from = order === null ? i : order[i]!;
    if (steps > 0 && time[steps - 1] === times[from]) steps--;
    time[steps] = times[from]!;
    value[steps++] = values[from]!;
  }
  return { time: time.slice(0, steps), value: value.slice(0, steps) };
}

export function valueAt(series: StepSeries, ms: number): number {
  const index = upperBound(series.time, ms) - 1;
  return index < 0 ? 0 : series.value[index]!;
}

/** Time average over [fromMs, toMs]; 0 over nothing. */
export function meanOver(series: StepSeries, fromMs: number, toMs: number): number {
  if (!(toMs > fromMs)) return 0;
  let area = 0;
  for (let i = 0; i < series.time.length; i++) {
    const start = Math.max(fromMs, series.time[i]!);
    const end = Math.min(toMs, series.time[i + 1] ?? toMs);
    if (end > start) area += series.value[i]! * (end - start);
  }
  return area / (toMs - fromMs);
}

export function maxOf(series: StepSeries): number {
  let max = 0;
  for (const value of series.value) if (value > max) max = value;
  return max;
}
