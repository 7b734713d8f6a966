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
  up.sort();
  down.sort();
  const time = new Float64Array(up.length + down.length);
  const value = new Float64Array(time.length);
  let steps = 0;
  let level = 0;
  for (let u = 0, d = 0; u < up.length || d < down.length;) {
    const now = Math.min(up[u] ?? Infinity, down[d] ?? Infinity);
    const before = level;
    for (; u < up.length && up[u] === now; u++) level++;
    for (; d < down.length && down[d] === now; d++) level--;
    // In and out within one instant was never there.
    if (level === before) continue;
    time[steps] = now;
    value[steps++] = level;
  }
  return { time: time.slice(0, steps), value: value.slice(0, steps) };
}

/** Steps given as (time, value) in nearly ascending order; of one instant the last counts. */
export function levelSeries(times: ArrayLike<number>, values: ArrayLike<number>): StepSeries {
  const order = Int32Array.from({ length: times.length }, (_, i) => i);
  let sorted = true;
  for (let i = 1; i < order.length && sorted; i++) sorted = times[i - 1]! <= times[i]!;
  if (!sorted) order.sort((a, b) => times[a]! - times[b]! || a - b);
  const time: number[] = [];
  const value: number[] = [];
  for (const i of order) {
    if (time.length > 0 && time[time.length - 1] === times[i]) value.pop();
    else time.push(times[i]!);
    value.push(values[i]!);
  }
  return { time: Float64Array.from(time), value: Float64Array.from(value) };
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
