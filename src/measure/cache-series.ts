import { Outcome, type Trace } from '../trace/types.ts';

/** When look-ups were answered, ms since the clock started, ascending: those that found, those that did not. */
export interface CacheAnswers {
  hitsMs: Float64Array;
  missesMs: Float64Array;
}

/**
 * Of some stages. A hit's row ends with the answer; what was missed becomes ready with it, and only its
 * first attempt counts: later ones ask nobody. An item lost with its worker keeps its attempt's number, so
 * that lost row is left out, the one that takes its place counts.
 */
export function cacheAnswers({ tasks }: Trace, stages: ReadonlySet<number>): CacheAnswers {
  const hitsMs: number[] = [];
  const missesMs: number[] = [];
  for (let row = 0; row < tasks.count; row++) {
    if (!stages.has(tasks.stage[row]!)) continue;
    const outcome = tasks.outcome[row]!;
    if (outcome === Outcome.hit) hitsMs.push(tasks.end[row]!);
    else if (isFirstTry(tasks.worker[row]!, tasks.attempt[row]!, outcome)) {
      // A batch, which was looked up item by item.
      for (let i = 0; i < tasks.memberCount[row]!; i++) missesMs.push(tasks.ready[row]!);
    }
  }
  return { hitsMs: Float64Array.from(hitsMs).sort(), missesMs: Float64Array.from(missesMs).sort() };
}

/** Whether a row stands for a look-up that was missed. */
export const isFirstTry = (worker: number, attempt: number, outcome: number): boolean =>
  worker >= 0 && attempt === 1 && outcome !== Outcome.lost;

export interface HitRatePoint {
  timeMs: number;
  /** Look-ups answered since the run began. */
  asked: number;
  /** Hits among them. */
  hits: number;
  /** Share of hits among all look-ups until then; NaN: there was none. */
  soFar: number;
  /** Among those of the window that ends here; NaN: none fell into it. */
  lately: number;
}

/**
 * Hit rate over time at `steps` even instants up to `endMs`; the window is a tenth of the whole, wide
 * enough to be read and narrow enough to show a cache that warms up.
 */
export function hitRateSeries(answers: CacheAnswers, endMs: number, steps = 120): HitRatePoint[] {
  if (answers.hitsMs.length + answers.missesMs.length === 0 || !(endMs > 0)) return [];
  const hitsUntil = counter(answers.hitsMs);
  const missesUntil = counter(answers.missesMs);
  const hitsBefore = counter(answers.hitsMs);
  const missesBefore = counter(answers.missesMs);
  return Array.from({ length: steps }, (_, step) => {
    const timeMs = (endMs * (step + 1)) / steps;
    // The last instant takes whatever was answered as the clock stopped.
    const untilMs = step + 1 === steps ? Infinity : timeMs;
    const hits = hitsUntil(untilMs);
    const asked = hits + missesUntil(untilMs);
    const hitsLately = hits - hitsBefore(timeMs - endMs / 10);
    const askedLately = hitsLately + (asked - hits - missesBefore(timeMs - endMs / 10));
    return {
      timeMs,
      asked,
      hits,
      soFar: asked > 0 ? hits / asked : NaN,
      lately: askedLately > 0 ? hitsLately / askedLately : NaN,
    };
  });
}

/** How many of the times have passed, asked for instants that only rise. */
function counter(timesMs: Float64Array): (untilMs: number) => number {
  let count = 0;
  return (untilMs) => {
    while (count < timesMs.length && timesMs[count]! <= untilMs) count++;
    return count;
  };
}
