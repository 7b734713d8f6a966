/** Settings as points of a trade-off between two figures of their outcomes. */
import type { FrontPoint } from './front.ts';
import type { TrialOutcome } from './trials.ts';

/** A figure of every setting; of each less is better. ms, ms, bytes, items. */
export type Measure = 'makespanMs' | 'latencyP95Ms' | 'memoryPeakBytes' | 'lost';

/** One a setting; what is yet to come is undefined. */
export type Outcomes = readonly (TrialOutcome | undefined)[];

/** NaN: yet to come; Infinity: it is not to be had. */
export const figureOf = (outcome: TrialOutcome | undefined, measure: Measure): number => {
  if (outcome === undefined) return NaN;
  // Where nothing came through no item took any time.
  const isMissing =
    outcome.problem !== null || (measure === 'latencyP95Ms' && outcome.delivered === 0);
  return isMissing ? Infinity : outcome[measure];
};

/** The fewest items that any setting loses: a setting may look fast because it drops work. */
export function fewestLost(outcomes: Outcomes): number {
  let fewest = Infinity;
  for (const outcome of outcomes) {
    if (outcome?.problem === null && outcome.lost < fewest) fewest = outcome.lost;
  }
  return fewest;
}

/**
 * All settings as points of a trade-off. Those that lose more than they must are left out (NaN), unless losses
 * are what is weighed, or wanted.
 */
export function tradeOffPoints(
  outcomes: Outcomes,
  x: Measure,
  y: Measure,
  withLosses: boolean,
): FrontPoint[] {
  const fewest = withLosses || x === 'lost' || y === 'lost' ? Infinity : fewestLost(outcomes);
  return Array.from(outcomes, (outcome) =>
    outcome && outcome.lost <= fewest
      ? { x: figureOf(outcome, x), y: figureOf(outcome, y) }
      : { x: NaN, y: NaN },
  ).map((point) => (Number.isFinite(point.x + point.y) ? point : { x: NaN, y: NaN }));
}
