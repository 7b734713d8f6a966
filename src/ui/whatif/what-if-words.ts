import { formatCount, formatMs, formatPercent } from '../../base/units.ts';
import type { VerifiedGain } from '../../explore/delayed-run.ts';
import { rankedByHalf, type Curve, type StepGain } from '../../explore/what-if.ts';
import type { KnobKind } from '../../explore/what-if-steps.ts';

type Names = ReadonlyMap<string, string>;

/** Below this share of the makespan a gain is none. */
export const gainMin = 0.005;

const nameOf = (names: Names, id: string): string => names.get(id) ?? id;

/** "takes 31 % off the whole", "changes nothing", "adds 2 % to the whole". */
export function gainWords(gain: number): string {
  if (Number.isNaN(gain)) return 'is not known yet';
  if (Math.abs(gain) < gainMin) return 'changes nothing';
  if (gain < 0) return `adds ${formatPercent(-gain)} to the whole`;
  return `takes ${formatPercent(gain)} off the whole`;
}

/** Which stage work on pays most, and how little another gives. */
export function verdictWords(curves: readonly Curve[], names: Names): string {
  const ranked = rankedByHalf(curves);
  const [best] = ranked;
  // One that is yet to come may be the best.
  if (!best || ranked.some(({ gain }) => Number.isNaN(gain))) return '';
  if (best.gain < gainMin) {
    return 'No stage pays by itself: half the work of any one of them changes next to nothing. Something else holds the whole back, such as when items come in.';
  }
  const worst = ranked.at(-1)!;
  const most = `Work on ${nameOf(names, best.stage)} pays most: 50 % off it ${gainWords(best.gain)}`;
  if (ranked.length === 1) return `${most}.`;
  return `${most}; 50 % off ${nameOf(names, worst.stage)} ${gainWords(worst.gain)}.`;
}

const knobNames: Readonly<Record<KnobKind, (of: string) => string>> = {
  permits: (of) => `Permits of ${of}`,
  batch: (of) => `Batch of ${of}`,
  buffer: (of) => `Buffer before ${of}`,
  limit: (of) => `Limit ${of}`,
  workers: () => 'Workers',
  tasksPerWorker: () => 'Tasks at once',
  inFlight: () => 'Items in flight',
};

/** "Permits of Parse: 2 → 3". */
export function stepWords({ kind, of = '', from, to }: StepGain, names: Names): string {
  return `${knobNames[kind](nameOf(names, of))}: ${formatCount(from)} → ${formatCount(to)}`;
}

/** A gain as a percentage with no more digits than the interval supports. */
const percent = (share: number, digits: number): string => `${(100 * share).toFixed(digits)} %`;

/** "29 % off (27 to 31 %)". */
export function verifiedWords({ gain, low, high, digits }: VerifiedGain): string {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return 'too few pairs to say';
  const numbers = [gain, low, high].map((share) => (100 * share).toFixed(digits).replace('-', '−'));
  return `${numbers[0]} % off (${numbers[1]} to ${numbers[2]} %)`;
}

/** How far the prediction of the whole's time is from what delays show. */
export function checkWords(predicted: number, verified: VerifiedGain): string {
  const error = (1 - predicted) / (1 - verified.gain) - 1;
  const inside = predicted >= verified.low && predicted <= verified.high;
  const size = percent(Math.abs(error), Math.abs(error) < 0.0995 ? 1 : 0);
  const what = `The predicted time is ${size} ${error < 0 ? 'shorter' : 'longer'} than the verified one`;
  return inside
    ? `${what}: no difference seen, it lies inside the interval.`
    : `${what}, outside its interval.`;
}

/** What a replay with nothing changed says of itself. */
export function replayWords(error: number, baseMs: number): string {
  const size = percent(Math.abs(error), 1);
  return Math.abs(error) < 0.0005
    ? `Replayed with nothing changed it takes ${formatMs(baseMs)}, just as long as it did.`
    : `Replayed with nothing changed it takes ${formatMs(baseMs)}, ${size} ${error < 0 ? 'less' : 'more'} than it did: the replay’s own error.`;
}
