import { equalShare } from './front.ts';
import type { TunerField } from './tuner-fields.ts';
import { violation, type TunerGoal } from './tuner-goal.ts';
import { compareCosts, costOf, costOrder, type Place, type Tried } from './tuner-space.ts';

/**
 * Of all that count as equal to the best (`equalShare`), the cheapest (`costOf`); of equally cheap ones the
 * better. Where no setting keeps all limits, only those count as equal that break them by as little.
 */
export function cheapestEqual(
  fields: readonly TunerField[],
  goal: TunerGoal,
  tried: readonly Tried[],
  best: Tried,
): Tried {
  const value = ({ outcome }: Tried): number => outcome[goal.least];
  const over = violation(best.outcome, goal);
  const most = value(best) * (1 + equalShare);
  let cheapest = best;
  for (const one of tried) {
    if (violation(one.outcome, goal) !== over || value(one) > most) continue;
    const less = compareCosts(fields, one.place, cheapest.place);
    if (less < 0 || (less === 0 && value(one) < value(cheapest))) cheapest = one;
  }
  return cheapest;
}

/** One field at a cheaper value, each of them; the most that is saved comes first. */
export function* cheaperMoves(fields: readonly TunerField[], from: Place): Generator<Place> {
  const now = costOf(fields, from);
  const moves: { index: number; at: number; cost: number[] }[] = [];
  fields.forEach((field, index) => {
    const one = [field];
    const own = costOf(one, [from[index]!]);
    for (const at of cheaperPlaces(field, from[index]!)) {
      const cost = costOf(one, [at]).map((part, i) => now[i]! + part - own[i]!);
      if (costOrder(cost, now) < 0) moves.push({ index, at, cost });
    }
  });
  moves.sort((a, b) => costOrder(a.cost, b.cost));
  for (const { index, at } of moves) yield from.with(index, at);
}

/** The cheapest values come first; of those without a price only the document's own saves anything: a change. */
const cheaperPlaces = ({ kind, now }: TunerField, at: number): number[] =>
  kind === 'choice' ? [now] : Array.from({ length: at }, (_, place) => place);
