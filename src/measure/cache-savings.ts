import { formatCount, formatMs } from '../base/units.ts';
import type { Pipeline, Stage } from '../pipeline/types.ts';
import { Outcome, type TaskColumns, type Trace } from '../trace/types.ts';
import { isFirstTry } from './cache-series.ts';
import { countingSeries } from './step-series.ts';

/** What the cache did for one stage. Times in ms; null: nothing of this run tells. */
export interface StageSavings {
  id: string;
  name: string;
  hits: number;
  misses: number;
  /**
   * What a look-up took: the time during which any was under way ÷ how many there were. Many are answered
   * together, so the time each of them waited would count the same wait many times over.
   */
  lookUpMs: number | null;
  /** Mean time a worker takes to compute one item's result, set-up and waits included. */
  computeMs: number | null;
  /** `computeMs` is of an earlier run: this one computed nothing. */
  isComputedEarlier: boolean;
  /** Hits × computing − look-ups × their cost; below zero: the cache cost more than it saved. */
  savedMs: number | null;
  /** A look-up costs less than the computing it can save. */
  pays: boolean | null;
}

/** Stages of a run that ask the cache (a fold's result grows step by step, so it never does). */
export const cachedStages = ({ stages }: Pipeline): Stage[] =>
  stages.filter(({ cache, join }) => cache !== null && join !== 'fold');

/**
 * Of every stage that keeps its results.
 * @param earlier runs of the same document, latest first, for what computing costs where all were hits.
 */
export function cacheSavings(
  trace: Trace,
  pipeline: Pipeline,
  earlier: readonly Trace[] = [],
): StageSavings[] {
  return cachedStages(pipeline).flatMap((stage) => {
    const index = indexOf(trace, stage.id);
    return index < 0 ? [] : [savingsOf(trace, index, stage, earlier)];
  });
}

function savingsOf(
  trace: Trace,
  index: number,
  stage: Stage,
  earlier: readonly Trace[],
): StageSavings {
  const { hits, misses, computeMs: ownMs } = countsOf(trace.tasks, index);
  const lookUpMs = lookUpCost(trace.tasks, index, stage);
  let computeMs = ownMs;
  for (const other of earlier)
    computeMs ??= countsOf(other.tasks, indexOf(other, stage.id)).computeMs;
  const known = lookUpMs !== null && computeMs !== null;
  return {
    id: stage.id,
    name: stage.name,
    hits,
    misses,
    lookUpMs,
    computeMs,
    isComputedEarlier: ownMs === null && computeMs !== null,
    savedMs: known ? hits * computeMs! - (hits + misses) * lookUpMs : null,
    pays: known ? lookUpMs < computeMs! : null,
  };
}

function countsOf(
  tasks: TaskColumns,
  stage: number,
): { hits: number; misses: number; computeMs: number | null } {
  let hits = 0;
  let misses = 0;
  let items = 0;
  let computingMs = 0;
  for (let row = 0; row < tasks.count; row++) {
    if (tasks.stage[row] !== stage) continue;
    const outcome = tasks.outcome[row]!;
    const size = tasks.memberCount[row]!;
    if (outcome === Outcome.hit) hits++;
    else if (isFirstTry(tasks.worker[row]!, tasks.attempt[row]!, outcome)) misses += size;
    if (outcome !== Outcome.ok || tasks.worker[row]! < 0) continue;
    items += Math.max(1, size);
    computingMs += tasks.end[row]! - tasks.start[row]!;
  }
  return { hits, misses, computeMs: items > 0 ? computingMs / items : null };
}

/**
 * Not counted: who waited for another item's computation of the same key (its row carries no bytes), and
 * misses whose wait cannot be told from that for a partner or for the rest of a batch.
 */
function lookUpCost(
  tasks: TaskColumns,
  stage: number,
  { join, batch, after }: Stage,
): number | null {
  const waitsForOthers = join === 'all' || batch.size > 1;
  const isPaired = join === 'zip' && after.length > 1;
  const fromMs: number[] = [];
  const toMs: number[] = [];
  for (let row = 0; row < tasks.count; row++) {
    if (tasks.stage[row] !== stage || isPaired) continue;
    const outcome = tasks.outcome[row]!;
    const isTimedHit = outcome === Outcome.hit && tasks.bytes[row]! > 0;
    const isTimedMiss =
      !waitsForOthers && isFirstTry(tasks.worker[row]!, tasks.attempt[row]!, outcome);
    if (!isTimedHit && !isTimedMiss) continue;
    fromMs.push(isTimedHit ? tasks.ready[row]! : tasks.arrive[row]!);
    toMs.push(isTimedHit ? tasks.end[row]! : tasks.ready[row]!);
  }
  return fromMs.length > 0 ? coveredMs(fromMs, toMs) / fromMs.length : null;
}

/** Length of the time that any of the spans covers. */
function coveredMs(fromMs: number[], toMs: number[]): number {
  const { time, value } = countingSeries(Float64Array.from(fromMs), Float64Array.from(toMs));
  let sumMs = 0;
  for (let i = 0; i + 1 < time.length; i++) if (value[i]! > 0) sumMs += time[i + 1]! - time[i]!;
  return sumMs;
}

const indexOf = ({ meta }: Trace, id: string): number =>
  meta.stages.findIndex((stage) => stage.id === id);

/** What to make of it, in one or two sentences. */
export function savingsSentence(savings: StageSavings): string {
  const { name, hits, misses, lookUpMs, computeMs, savedMs, pays } = savings;
  const asked = hits + misses;
  if (asked === 0) return `“${name}” asked for nothing.`;
  const found =
    hits === asked
      ? `All ${formatCount(asked)} look-ups`
      : `${formatCount(hits)} of ${formatCount(asked)} look-ups`;
  if (computeMs === null)
    return misses === 0
      ? `${found} of “${name}” were hits; what computing costs is not known here: run once with an empty cache.`
      : `${found} of “${name}” were hits; nothing else was computed to its end, so what computing costs is not known.`;
  if (lookUpMs === null)
    return `${found} of “${name}” were hits; what they cost cannot be told from waiting for partners.`;
  const costs = `a look-up took ${formatMs(lookUpMs)}, computing the result takes ${formatMs(computeMs)}`;
  if (!pays) return `Caching “${name}” does not pay: ${costs}. Turn the cache off for this stage.`;
  if (hits === 0)
    return `“${name}” found nothing yet: ${costs}, so it pays as soon as the same work comes again.`;
  if (savedMs! <= 0)
    return `Caching “${name}” has not paid yet: ${hits === 1 ? '1 hit is' : `${formatCount(hits)} hits are`} too few for ${formatCount(asked)} look-ups, though ${costs}.`;
  return `“${name}” saved ${formatMs(savedMs!)} of worker time: ${costs}.`;
}
