import type { Change } from './changes.ts';
import type { TrialOutcome } from './trials.ts';
import type { BasedTrials, Basis } from './what-if-basis.ts';

/** A change that was tried, and what came of it. */
export interface TriedChange {
  change: Change;
  basis: Basis;
  /** On that basis: with nothing changed, and with the change. */
  before: TrialOutcome;
  after: TrialOutcome;
}

/** One that helps. */
export interface Suggestion extends TriedChange {
  /** Share of the makespan that it takes off. */
  gain: number;
}

/** @param outcomes one a set of their request. */
export function triedChanges(
  { basis, changes }: BasedTrials<Change>,
  outcomes: readonly TrialOutcome[],
): TriedChange[] {
  const [before, ...after] = outcomes;
  return changes.map((change, at) => ({ change, basis, before: before!, after: after[at]! }));
}

/** A gain below this share of the makespan is not worth a change. */
const leastGain = 0.02;
/** Of one knob's values the smallest that comes this near to its best one (a share of the makespan) is taken. */
const nearBest = 0.05;
const suggestedMost = 3;

/**
 * The changes that shorten the run and lose nothing for it: of each knob one, by predicted gain (the
 * cheaper first where two come out within 1 %), at most three. None: nothing helps.
 */
export function suggestionsFrom(tried: readonly TriedChange[]): Suggestion[] {
  const helps = tried.flatMap((one): Suggestion[] => {
    const { before, after } = one;
    const gain = 1 - after.makespanMs / before.makespanMs;
    const isSound =
      before.problem === null &&
      after.problem === null &&
      after.lost <= before.lost &&
      after.delivered >= before.delivered;
    return isSound && gain >= leastGain ? [{ ...one, gain }] : [];
  });
  const knobs = new Set(helps.map(({ change }) => change.knob));
  const chosen = [...knobs].map((knob) => {
    const own = helps.filter(({ change }) => change.knob === knob);
    const best = Math.max(...own.map(({ gain }) => gain));
    // Changes of a knob come in steps up.
    return own.find(({ gain }) => gain >= best - nearBest)!;
  });
  const percent = ({ gain }: Suggestion) => Math.round(100 * gain);
  return chosen
    .sort((a, b) => percent(b) - percent(a) || a.change.price - b.change.price || b.gain - a.gain)
    .slice(0, suggestedMost);
}

const pairsMost = 60;

/** Where no single change helps, two at once may: each with each of another knob, the smallest steps first. */
export function pairsOf(changes: readonly Change[]): Change[] {
  const seen = new Map<string, number>();
  const step = changes.map(({ knob }) => {
    const at = seen.get(knob) ?? 0;
    seen.set(knob, at + 1);
    return at;
  });
  const pairs: { change: Change; steps: number }[] = [];
  changes.forEach((one, a) =>
    changes.slice(a + 1).forEach((other, b) => {
      if (one.knob === other.knob) return;
      pairs.push({
        steps: step[a]! + step[a + 1 + b]!,
        change: {
          name: `${one.name}, ${other.name}`,
          set: { ...one.set, ...other.set },
          cost: `${one.cost}; ${other.cost}`,
          knob: `${one.knob} ${other.knob}`,
          price: one.price + other.price,
        },
      });
    }),
  );
  return pairs
    .sort((a, b) => a.steps - b.steps || a.change.price - b.change.price)
    .slice(0, pairsMost)
    .map(({ change }) => change);
}
