import { holdsFrom, type Inlet } from './held-back.ts';
import type { StepSeries } from './step-series.ts';
import { TimeList } from './time-list.ts';

/** Disjoint stretches of time, ms, ascending. */
export interface Spans {
  from: Float64Array;
  to: Float64Array;
}
export const noSpans: Spans = { from: new Float64Array(0), to: new Float64Array(0) };

/** When a buffer held back whoever feeds it, a task of a parent or the source; see `holdsFrom`. */
export function throttledSpans(
  inlet: Inlet,
  queue: StepSeries,
  blocked: readonly StepSeries[],
  source: StepSeries,
  endMs: number,
): Spans {
  const { capacity, parents } = inlet;
  if (capacity === null) return noSpans;
  const feeders = parents.length === 0 ? [source] : parents.map((parent) => blocked[parent]!);
  const least = holdsFrom(inlet);
  return spansWhere(
    [queue, ...feeders],
    endMs,
    (values) => values[0]! >= least && values.some((value, i) => i > 0 && value > 0),
  );
}

/** The stretches during which something holds of the values of several series; the last one may go on until the end. */
export function spansWhere(
  series: readonly StepSeries[],
  endMs: number,
  holds: (values: readonly number[]) => boolean,
): Spans {
  const count = series.length;
  const at = series.map(() => 0);
  const values = series.map(() => 0);
  const from = new TimeList();
  const to = new TimeList();
  let isOpen = false;
  for (;;) {
    let now = Infinity;
    for (let i = 0; i < count; i++) {
      const { time } = series[i]!;
      if (at[i]! < time.length && time[at[i]!]! < now) now = time[at[i]!]!;
    }
    if (now === Infinity) break;
    for (let i = 0; i < count; i++) {
      const { time, value } = series[i]!;
      if (at[i]! < time.length && time[at[i]!] === now) values[i] = value[at[i]!++]!;
    }
    const isNow = holds(values);
    if (isNow === isOpen) continue;
    (isNow ? from : to).push(now);
    isOpen = isNow;
  }
  if (isOpen) to.push(Math.max(endMs, from.last));
  return { from: from.taken(), to: to.taken() };
}

export function lengthMs({ from, to }: Spans): number {
  let sum = 0;
  for (let i = 0; i < from.length; i++) sum += to[i]! - from[i]!;
  return sum;
}
