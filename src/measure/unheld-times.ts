import type { Holding } from './holding.ts';
import type { RunLevels } from './run-levels.ts';
import { bothOf, overlapMs, spanFrom, unionOf, without } from './span-sets.ts';
import { lengthMs, type Spans } from './throttling.ts';

/** Why the run took some of its time, before it is looked at closer. */
export interface Cause {
  /** As of `Holding`, or "arrivals", "retry:ID" or "work:ID". */
  key: string;
  kind: Holding['kind'] | 'arrivals' | 'retry' | 'work';
  /** Index; -1: of no stage. */
  stage: number;
  /** When it was in force, ms. */
  spans: Spans;
  /** Task-milliseconds that waited for it. */
  waitMs: number;
  /** Whose tasks waited, ms by stage index; -1: items at the source. */
  waiters: ReadonlyMap<number, number>;
}

/**
 * What takes the time while no task waits for a permit, a limit, a worker or room. As long as items still
 * come, the source: whatever is there is being worked on. After that the tasks that run, by name of the
 * stage that runs longest then; where none runs, a retry that is due. (A batch fills only as long as something
 * before it runs or is still to come.)
 *
 * @param free when nothing was waited for, ms.
 */
export function unheldTimes(levels: RunLevels, free: Spans): Cause[] {
  const { pipeline, trace } = levels;
  const of = (kind: Cause['kind'], stage: number, spans: Spans): Cause => ({
    key: stage < 0 ? kind : `${kind}:${pipeline.stages[stage]!.id}`,
    ...{ kind, stage, spans, waitMs: 0, waiters: new Map() },
  });
  const arrivals = bothOf(free, spanFrom(0, lastArrival(trace)));
  const later = without(free, arrivals);
  const runs = levels.busySpans;
  const working = bothOf(later, unionOf(runs));
  const idle = without(later, working);
  return [
    of('arrivals', -1, arrivals),
    of('work', longest(runs, working), working),
    ...levels.backingOff.map((own, stage) => of('retry', stage, bothOf(idle, own))),
  ].filter(({ spans }) => lengthMs(spans) > 0);
}

function longest(runs: readonly Spans[], within: Spans): number {
  let [best, mostMs] = [-1, 0];
  runs.forEach((spans, stage) => {
    const ms = overlapMs(spans, within);
    if (ms > mostMs) [best, mostMs] = [stage, ms];
  });
  return best;
}

/** When the last source item came. */
function lastArrival({ items }: RunLevels['trace']): number {
  let lastMs = 0;
  for (let item = 0; item < items.count; item++)
    if (items.parent[item] === -1 && items.arrive[item]! > lastMs) lastMs = items.arrive[item]!;
  return lastMs;
}
