import { formatBytes, formatCount, formatMs } from '../../base/units.ts';
import type { Measure } from '../../explore/trade-off.ts';

export const measures: Readonly<
  Record<Measure, { title: string; unit: string; format: (value: number) => string; text: string }>
> = {
  makespanMs: {
    ...{ title: 'Makespan', unit: 'ms', format: formatMs },
    text: 'Makespan: from the moment the source may emit to the end of the last task and output.',
  },
  latencyP95Ms: {
    ...{ title: 'p95 latency', unit: 'ms', format: formatMs },
    text: 'p95 latency: 95 % of the items are through within this time, from their arrival at the source.',
  },
  memoryPeakBytes: {
    ...{ title: 'Memory peak', unit: 'bytes', format: formatBytes },
    text: 'Memory peak: the most bytes in flight at one moment, as far as sizes are declared or measured.',
  },
  lost: {
    ...{ title: 'Items lost', unit: 'items', format: formatCount },
    text: 'Items lost: those that failed, were dropped from a full buffer, or were cancelled.',
  },
};
export const measureNames = Object.keys(measures) as Measure[];
/** As a choice of one of them. */
export const measureOptions = measureNames.map((name) => [name, measures[name].title] as const);
