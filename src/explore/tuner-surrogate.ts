import type { TunerField } from './tuner-fields.ts';
import { keyOf, type Place } from './tuner-space.ts';

/**
 * Which of many settings look promising, judged by those that have been simulated near them: the
 * candidate-point method of R. G. Regis and C. A. Shoemaker, "A stochastic radial basis function method for the
 * global optimization of expensive functions", 2007. A guess by inverse distances (D. Shepard, 1968) stands
 * in for their radial basis functions: no equations to solve, and the guesses need only an order.
 */
export class Surrogate {
  private readonly fields: readonly TunerField[];
  private readonly known: readonly Place[];
  private readonly keys: ReadonlySet<string>;

  /** @param known all settings simulated so far, the best first: a guess is about their rank. */
  constructor(fields: readonly TunerField[], known: readonly Place[]) {
    this.fields = fields;
    this.known = known;
    this.keys = new Set(known.map(keyOf));
  }

  /**
   * The `count` most promising of the candidates, none of them known.
   * @param trust 0 … 1: of the guess; the rest is for being far from everything that is known
   */
  promising(candidates: readonly Place[], count: number, trust: number): Place[] {
    const fresh = new Map<string, Place>();
    for (const place of candidates) {
      const key = keyOf(place);
      if (!this.keys.has(key)) fresh.set(key, place);
    }
    const guesses = [...fresh.values()].map((place) => ({ place, ...this.guess(place) }));
    const ranks = span(guesses.map(({ rank }) => rank));
    const distances = span(guesses.map(({ distance }) => distance));
    return guesses
      .map(({ place, rank, distance }) => ({
        place,
        score: trust * ranks(rank) + (1 - trust) * (1 - distances(distance)),
      }))
      .sort((a, b) => a.score - b.score)
      .slice(0, count)
      .map(({ place }) => place);
  }

  /** Guessed rank among the known, 0 the best, and squared distance to the nearest of them. */
  private guess(place: Place): { rank: number; distance: number } {
    let sum = 0;
    let weights = 0;
    let nearest = Infinity;
    this.known.forEach((other, rank) => {
      const distance = this.distance(place, other);
      if (distance < nearest) nearest = distance;
      const weight = distance ** -nearness;
      sum += weight * rank;
      weights += weight;
    });
    return { rank: sum / weights, distance: nearest };
  }

  /** Squared, each field's range counting as 1; between values without an order always 1. */
  private distance(a: Place, b: Place): number {
    let sum = 0;
    for (let at = 0; at < a.length; at++) {
      const apart = Math.abs(a[at]! - b[at]!);
      if (apart === 0) continue;
      const { kind, values } = this.fields[at]!;
      sum += kind === 'choice' ? 1 : (apart / (values.length - 1)) ** 2;
    }
    return sum;
  }
}

/** Of the squared distance: the fourth power of the distance, so that near ones outweigh the many far ones. */
const nearness = 2;

/** To 0 … 1; all alike: 0. */
function span(values: readonly number[]): (value: number) => number {
  const least = values.reduce((a, b) => Math.min(a, b), Infinity);
  const most = values.reduce((a, b) => Math.max(a, b), -Infinity);
  return (value) => (most > least ? (value - least) / (most - least) : 0);
}
