import type { Holding } from './holding.ts';
import { queueTrend, type QueueTrend } from './queue-trend.ts';
import type { RunLevels } from './run-levels.ts';
import { mostlyWithin, outside, overlapMs, sharesOver, unionOf } from './span-sets.ts';
import { ranShare, sharesCores } from './taken-machine.ts';
import { lengthMs, type Spans } from './throttling.ts';
import { unheldTimes, type Cause } from './unheld-times.ts';

/** One reason why the run took as long as it did, and when it was in force. */
export interface Bottleneck {
  /** As of `Holding`, or "arrivals", "retry:ID" or "work:ID". */
  key: string;
  kind: Cause['kind'];
  /** Where it shows, by index: the stage itself, or the one whose tasks waited most; -1: at none. */
  stage: number;
  /** When it held others back and was itself held back by nothing; disjoint, ms. */
  spans: Spans;
  /** Of the run, 0 … 1. */
  share: number;
  /** In force for half of the run or more. */
  isChronic: boolean;
  /** When it was in force, but for a twentieth of its time at either end. */
  when: { fromMs: number; toMs: number };
  /** For each of `patternParts` equal parts of the run, how much of it, 0 … 1. */
  pattern: number[];
  /** Task-milliseconds that waited for it. */
  waitMs: number;
  /** Whose tasks waited, the longest first; -1: items at the source. */
  waiters: { stage: number; ms: number }[];
  /** Stages with a finished task that found no room while it was in force, the longest first, as shares of the run. */
  heldUp: { stage: number; share: number }[];
  /** Stages after it that had nothing to do meanwhile. */
  starved: { stage: number; share: number }[];
  /** Share of the run in which its stage ran at least one task; NaN: it has no stage. */
  busyShare: number;
  /** Of the workers: it is rather the cores that they share. */
  onCores: boolean;
  /** Of the workers: how much of what they can run they ran meanwhile, 0 … 1; the rest is handing over. Else NaN. */
  ranShare: number;
  /** What the queue of its stage did; null: it has no stage. */
  trend: QueueTrend | null;
}
export const patternParts = 60;

const chronicShare = 0.5;
/** Below this nobody needs to hear of it. */
const leastShare = 0.02;

/**
 * What held the run back, what did so longest first. The root-cause rule of Apache Flink's back-pressure
 * monitoring ("the first operator after the back-pressured ones that is busy"), taken at every instant
 * instead of over a mean: whoever waits is followed inwards (a full buffer to its own stage, a permit that a
 * blocked task keeps to the buffer downstream, an item that is not let in to those inside) until something
 * waits for nothing else; and of several in a row the last one counts, for the others lose nothing. Instants at
 * which no task waits for anything are told apart by what is missing: items or a retry; else the work itself is
 * all that takes time.
 */
export function bottlenecks(levels: RunLevels, holdings: readonly Holding[]): Bottleneck[] {
  const { endMs } = levels;
  if (!(endMs > 0)) return [];
  const roots = holdings.map((one): Cause => ({
    ...{ key: one.key, kind: one.kind, spans: one.root },
    stage: one.stage >= 0 ? one.stage : longestOf(one.waiters),
    waitMs: one.waitMs - one.nestedMs,
    waiters: one.waiters,
  }));
  const held = unionOf(holdings.map(({ spans }) => spans));
  const onCores = sharesCores(levels);
  const causes = [...roots, ...unheldTimes(levels, outside(held, endMs))];
  return causes
    .map((one) => ({ one, ms: lengthMs(one.spans) }))
    .filter(({ ms }) => ms >= leastShare * endMs)
    .sort((a, b) => rankOf(b.ms, endMs) - rankOf(a.ms, endMs) || b.one.waitMs - a.one.waitMs)
    .map(({ one, ms }) => ({
      ...one,
      ...evidence(levels, one, ms),
      onCores: one.kind === 'workers' && onCores,
      ranShare: one.kind === 'workers' ? ranShare(levels, one.spans) : NaN,
    }));
}

/** Within 1 % of the run two were in force equally long. */
const rankOf = (ms: number, endMs: number): number => Math.round((100 * ms) / endMs);

function evidence(levels: RunLevels, { spans, stage, waiters }: Cause, ms: number) {
  const { endMs, pipeline } = levels;
  const after = stage < 0 ? new Set<number>() : descendants(levels, stage);
  const stages = pipeline.stages.map((_, index) => index);
  const shareOf = (own: Spans) => overlapMs(own, spans) / endMs;
  const told = (list: { stage: number; share: number }[]) =>
    list.filter(({ share }) => share >= leastShare).sort((a, b) => b.share - a.share);
  return {
    share: ms / endMs,
    isChronic: ms >= chronicShare * endMs,
    when: mostlyWithin(spans)!,
    pattern: sharesOver(spans, endMs, patternParts),
    waiters: [...waiters]
      .map(([waiter, waitedMs]) => ({ stage: waiter, ms: waitedMs }))
      .sort((a, b) => b.ms - a.ms),
    heldUp: told(
      stages.map((index) => ({ stage: index, share: shareOf(levels.blockedSpans[index]!) })),
    ),
    starved: told(
      stages
        .filter((index) => after.has(index))
        .map((index) => ({ stage: index, share: shareOf(levels.idleSpans[index]!) })),
    ),
    busyShare: stage < 0 ? NaN : lengthMs(levels.busySpans[stage]!) / endMs,
    trend: stage < 0 ? null : trendOf(levels, stage),
  };
}

function trendOf(levels: RunLevels, stage: number): QueueTrend {
  const { pipeline, queues, endMs } = levels;
  const { capacity, whenFull } = pipeline.stages[stage]!.buffer;
  const input = levels.inputTimes[stage]!;
  return queueTrend(queues[stage]!, input, endMs, whenFull === 'throttle' ? capacity : null);
}

function descendants({ graph }: RunLevels, from: number): Set<number> {
  const found = new Set<number>();
  for (const stage of graph.order)
    if (graph.parents[stage]!.some((parent) => parent === from || found.has(parent)))
      found.add(stage);
  return found;
}

function longestOf(waiters: ReadonlyMap<number, number>): number {
  let [best, mostMs] = [-1, 0];
  for (const [stage, ms] of waiters) if (stage >= 0 && ms > mostMs) [best, mostMs] = [stage, ms];
  return best;
}
