import type { SeededRandom } from '../base/seeded-random.ts';
import type { TunerField } from './tuner-fields.ts';
import type { Place } from './tuner-space.ts';

/** Where a search looks next. None of these knows what anything costs. */

/**
 * One field changed: a step to each side, two, four … and to both ends, so that the number of neighbours grows with the
 * logarithm of the values; all values where they have no order.
 */
export function* lineMoves(fields: readonly TunerField[], from: Place): Generator<Place> {
  for (const [index, { values, kind }] of fields.entries()) {
    const at = from[index]!;
    const places = new Set<number>([0, values.length - 1]);
    if (kind === 'choice') values.forEach((_, place) => places.add(place));
    for (let step = 1; step < values.length; step *= 2) {
      places.add(Math.max(0, at - step));
      places.add(Math.min(values.length - 1, at + step));
    }
    places.delete(at);
    for (const place of places) yield from.with(index, place);
  }
}

/**
 * Two fields changed at once, each by a step: more permits that help only with more workers, or
 * a buffer that may shrink once its stage has a second permit. In an order that chance decides.
 */
export function pairMoves(
  fields: readonly TunerField[],
  from: Place,
  random: SeededRandom,
): Place[] {
  const moves: Place[] = [];
  const steps = [-1, 1];
  for (let a = 0; a < fields.length; a++) {
    for (let b = a + 1; b < fields.length; b++) {
      for (const stepA of steps) {
        for (const stepB of steps) {
          const [atA, atB] = [from[a]! + stepA, from[b]! + stepB];
          if (!isPlace(fields[a]!, atA) || !isPlace(fields[b]!, atB)) continue;
          moves.push(from.with(a, atA).with(b, atB));
        }
      }
    }
  }
  return random.shuffle(moves);
}

const isPlace = ({ values }: TunerField, at: number): boolean => at >= 0 && at < values.length;

/**
 * A Latin hypercube (McKay, Beckman and Conover 1979): `count` settings such that each field takes
 * values from all over its range, whatever the others do.
 */
export function spread(
  fields: readonly TunerField[],
  count: number,
  random: SeededRandom,
): Place[] {
  const columns = fields.map(({ values }) => {
    const strata = random.shuffle(Array.from({ length: count }, (_, index) => index));
    return strata.map((stratum) => Math.floor(((stratum + random.next()) / count) * values.length));
  });
  return Array.from({ length: count }, (_, row) => columns.map((column) => column[row]!));
}

/**
 * Settings to choose from: half of them near `from`, with some fields changed by a few steps, the others
 * anywhere.
 */
export function candidates(
  fields: readonly TunerField[],
  from: Place,
  count: number,
  random: SeededRandom,
): Place[] {
  const anywhere = (field: TunerField): number => random.int(field.values.length);
  const near = (field: TunerField, at: number): number => {
    const step = (1 + random.int(3)) * (random.int(2) === 0 ? -1 : 1);
    return Math.max(0, Math.min(field.values.length - 1, at + step));
  };
  // Two fields or so change, however many there are.
  const chance = Math.min(1, 2.5 / fields.length);
  return Array.from({ length: count }, (_, index) =>
    fields.map((field, at) => {
      if (index % 2 === 1) return anywhere(field);
      if (random.next() >= chance) return from[at]!;
      return field.kind === 'choice' ? anywhere(field) : near(field, from[at]!);
    }),
  );
}

/** Every setting there is. */
export function allPlaces(fields: readonly TunerField[]): Place[] {
  return fields.reduce<Place[]>(
    (places, { values }) => places.flatMap((place) => values.map((_, at) => [...place, at])),
    [[]],
  );
}
