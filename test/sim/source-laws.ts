import { Mark } from '../../src/trace/types.ts';
import type { Curves } from './curves.ts';
import { admissions } from './visits.ts';
import type { Sample, WatchedRun } from './seen-run.ts';

/** What the source brings is let in as soon as it may be, and not before. */
export function sourceLaws(
  run: WatchedRun,
  sourceLateMs: number,
  curves: Curves,
  untilMs: number,
): string[] {
  const { plan, trace, samples } = run;
  const unpunctual = comesInTime(run);
  if (unpunctual !== '') return [unpunctual];
  const paused = curves.levels(pauses(run));
  const admitted = admissions(run);
  for (const [item, timeMs] of admitted) {
    const at = curves.instant(timeMs);
    // At the instants of pausing and going on again the order decides, which the record does not tell.
    if (at > 0 && paused[at - 1]! > 0 && paused[at]! > 0) {
      return [`source item ${item} was let in at ${timeMs} ms, while paused`];
    }
  }
  const isTimed =
    run.pipeline.source.arrivals.kind !== 'all' || run.pipeline.source.kind === 'service';
  // Asked for, items come late: what was on its way is not known.
  if (!isTimed && sourceLateMs > 0) return [];
  let lastMs = 0;
  for (let item = 0; item < trace.items.count; item++) {
    if (trace.items.parent[item] !== -1) continue;
    // Those that are there from the start come one by one: each is asked for when the last is in.
    const hereMs = isTimed ? trace.items.arrive[item]! : lastMs;
    lastMs = admitted.get(item) ?? Infinity;
    const until = curves.instant(Math.min(lastMs, untilMs));
    for (let at = curves.instant(hereMs); at < until; at++) {
      if (paused[at]! > 0 || hasReason(plan, samples[at]!)) continue;
      return [`source item ${item} was kept out at ${curves.times[at]} ms without a reason`];
    }
  }
  return [];
}

/** Evenly spaced, or so many at once and as many a second; by chance, one after the other. */
function comesInTime({ pipeline, trace: { items } }: WatchedRun): string {
  const { arrivals, kind } = pipeline.source;
  let number = 0;
  let lastMs = 0;
  for (let item = 0; item < items.count; item++) {
    if (items.parent[item] !== -1) continue;
    const atMs = items.arrive[item]!;
    const group = arrivals.kind === 'bursts' ? arrivals.size : 1;
    const isEven = arrivals.kind === 'uniform' || arrivals.kind === 'bursts';
    const dueMs = isEven ? ((number - (number % group)) * 1000) / arrivals.rate : lastMs;
    // A paged source may bring it later, never sooner.
    const isLate = isEven && kind === 'count' && Math.abs(atMs - dueMs) > 1e-9 * (1 + dueMs);
    const told = `source item ${number} came at ${atMs} ms, not at ${dueMs} ms`;
    if (atMs < Math.max(dueMs - 1e-9 * (1 + dueMs), lastMs) || isLate) return told;
    number++;
    lastMs = atMs;
  }
  return '';
}

/** The outer semaphore, the memory mark or a full buffer keeps the next item out. */
function hasReason(plan: WatchedRun['plan'], { inFlight, heldBytes, queued }: Sample): boolean {
  if (inFlight >= plan.inFlight || heldBytes > plan.memoryMark) return true;
  return plan.roots.some((root) => {
    const { capacity, whenFull } = plan.stages[root]!;
    return whenFull === 'throttle' && queued[root]! >= capacity;
  });
}

function pauses({ trace: { marks } }: WatchedRun): [number, number][] {
  const paused: [number, number][] = [];
  for (let row = 0; row < marks.count; row++) {
    if (marks.kind[row] === Mark.paused) paused.push([marks.time[row]!, Infinity]);
    else if (marks.kind[row] === Mark.resumed) paused.at(-1)![1] = marks.time[row]!;
  }
  return paused;
}
