import { tunerKinds, type TunerField } from './tuner-fields.ts';
import type { TrialOutcome } from './trials.ts';

/** A setting of every field: for each the place of its value in `values`. */
export type Place = readonly number[];

/** A setting that has been simulated. */
export interface Tried {
  place: Place;
  /** Only what differs from the document: pointer → value. */
  set: Readonly<Record<string, unknown>>;
  outcome: TrialOutcome;
}

export const keyOf = (place: Place): string => place.join();

/** How many different settings there are. */
export const spaceSize = (fields: readonly TunerField[]): number =>
  fields.reduce((product, { values }) => product * values.length, 1);

export const placeNow = (fields: readonly TunerField[]): number[] => fields.map(({ now }) => now);

export function setOf(fields: readonly TunerField[], place: Place): Record<string, unknown> {
  const set: Record<string, unknown> = {};
  fields.forEach(({ pointer, values, now }, index) => {
    if (place[index] !== now) set[pointer] = values[place[index]!];
  });
  return set;
}

/**
 * What a setting takes, to be compared entry by entry, the first that differs deciding: workers, tasks a worker
 * holds open, shared limits, permits, items in flight, room in buffers, batch sizes, and then how many
 * fields differ from the document. No limit counts as more than the largest value tried.
 */
export function costOf(fields: readonly TunerField[], place: Place): number[] {
  const cost = tunerKinds.map(() => 0);
  let changes = 0;
  fields.forEach(({ kind, values, now }, index) => {
    const at = place[index]!;
    if (at !== now) changes++;
    if (kind === 'choice') return;
    cost[tunerKinds.indexOf(kind)]! += amount(values, at);
  });
  return [...cost, changes];
}

function amount(values: readonly unknown[], at: number): number {
  const value = values[at];
  if (typeof value === 'number') return value;
  // "cores" stands among numbers in their order; null, no limit, at the end.
  const before = at > 0 ? Number(values[at - 1]) : 0;
  return before + 1;
}

/** Below 0: the first is the cheaper. */
export const compareCosts = (fields: readonly TunerField[], a: Place, b: Place): number =>
  costOrder(costOf(fields, a), costOf(fields, b));

/** The same of what `costOf` gives. */
export function costOrder(costA: readonly number[], costB: readonly number[]): number {
  for (let i = 0; i < costA.length; i++) {
    if (costA[i] !== costB[i]) return costA[i]! - costB[i]!;
  }
  return 0;
}
