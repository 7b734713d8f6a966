/**
 * Counter-based draws: each is a pure function of its address
 * (seed, purpose, stage, item, attempt, phase), never of the order of events. Change the permits and
 * every item keeps its durations.
 */
import { exp, inverseNormal, ln, pow } from './exact-math.ts';

/** A number, or a distribution it is drawn from. The pipeline document's `Draw` has this shape. */
export type Draw =
  | number
  | { uniform: [number, number] }
  | { exponential: number }
  | { lognormal: { mean: number; cv: number } }
  | { pareto: { mean: number; alpha: number } }
  | { empirical: number[] }
  | { perItem: number[] };

/** What a draw is for, so that two purposes at one place never share a number. Never renumber. */
export const purpose = {
  arrival: 1,
  service: 2,
  failure: 3,
  routing: 4,
  jitter: 5,
  output: 6,
  expand: 7,
  key: 8,
  shuffle: 9,
  user: 10,
  setup: 11,
  bootstrap: 12,
  latency: 13,
  fault: 14,
} as const;
export type Purpose = (typeof purpose)[keyof typeof purpose];

/** The stage part of a draw's address that belongs to no stage. */
export const noStage = 0;

function rotate(x: number, by: number): number {
  return (x << by) | (x >>> (32 - by));
}

/** The finalizer of MurmurHash3: every input bit flips every output bit with chance ½. */
function avalanche(word: number): number {
  let h = word ^ (word >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** 32-bit hash of a string (FNV-1a over UTF-16 units, then mixed): a stage's part of an address. */
export function hashString(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return avalanche(h ^ text.length) >>> 0;
}

const high32 = 4294967296;

/**
 * Draws that share the first part of their address (seed, purpose, stage): that part is hashed once.
 *
 * The hash has two running lanes that take one word after the other (the round of MurmurHash3_x86_128,
 * with two lanes of its four).
 */
export class DrawSeries {
  readonly #a: number;
  readonly #b: number;

  /** @param stage `hashString(stage id)`, or `noStage`: adding a stage leaves the others' draws alone. */
  constructor(seed: number, what: Purpose, stage: number) {
    let a = 0x9368e53c;
    let b = 0x586dcd20;
    const words = [seed | 0, what, stage | 0];
    const upper = Math.floor(seed / high32);
    if (upper !== 0) words.splice(1, 0, upper | 0);
    for (const word of words) {
      a = laneA(a, b, word);
      b = laneB(a, b, word);
    }
    this.#a = a;
    this.#b = b;
  }

  /**
   * A number in [0, 1) with 53 random bits.
   * @param item any integer that names the item, of up to 53 bits.
   */
  unit(item: number, attempt: number, phase: number): number {
    this.units(item, attempt, phase, oneUnit);
    return oneUnit[0]!;
  }

  /** The same for items in a row, the first of them `item`: side by side they take a third of the time. */
  units(item: number, attempt: number, phase: number, into: Float64Array): void {
    const last = (attempt << 16) ^ phase;
    const lastA = Math.imul(rotate(Math.imul(last, 0x239b961b), 15), 0xab0e9789);
    const lastB = Math.imul(rotate(Math.imul(last, 0x38b34ae5), 17), 0xa1e38b93);
    const seedA = this.#a;
    const seedB = this.#b;
    for (let i = 0; i < into.length; i++) {
      const word = item + i;
      let a = seedA;
      let b = seedB;
      // `laneA` and `laneB` twice, written out: this is the hottest code of a simulation.
      a ^= Math.imul(rotate(Math.imul(word, 0x239b961b), 15), 0xab0e9789);
      a = (Math.imul((rotate(a, 19) + b) | 0, 5) + 0x561ccd1b) | 0;
      b ^= Math.imul(rotate(Math.imul(word, 0x38b34ae5), 17), 0xa1e38b93);
      b = (Math.imul((rotate(b, 13) + a) | 0, 5) + 0x0bcaa747) | 0;
      if (word < 0 || word >= high32) {
        const upper = Math.floor(word / high32) | 0;
        a = laneA(a, b, upper);
        b = laneB(a, b, upper);
      }
      a ^= lastA;
      a = (Math.imul((rotate(a, 19) + b) | 0, 5) + 0x561ccd1b) | 0;
      b ^= lastB;
      b = (Math.imul((rotate(b, 13) + a) | 0, 5) + 0x0bcaa747) | 0;
      a = (a + b) | 0;
      b = (b + a) | 0;
      a = avalanche(a);
      b = avalanche(b);
      // 26 bits + 27 bits, both exact.
      into[i] = (((a + b) >>> 6) * 134217728 + ((b ^ rotate(a, 16)) >>> 5)) / 9007199254740992;
    }
  }
}

const oneUnit = new Float64Array(1);

/** The first lane after a word. */
function laneA(a: number, b: number, word: number): number {
  const mixed = a ^ Math.imul(rotate(Math.imul(word, 0x239b961b), 15), 0xab0e9789);
  return (Math.imul((rotate(mixed, 19) + b) | 0, 5) + 0x561ccd1b) | 0;
}

/** The second lane after a word; `a` is the first lane after it. */
function laneB(a: number, b: number, word: number): number {
  const mixed = b ^ Math.imul(rotate(Math.imul(word, 0x38b34ae5), 17), 0xa1e38b93);
  return (Math.imul((rotate(mixed, 13) + a) | 0, 5) + 0x0bcaa747) | 0;
}

/** One draw of a series, for those who need no second one. */
export function drawUnit(
  seed: number,
  what: Purpose,
  stage: number,
  item: number,
  attempt: number,
  phase: number,
): number {
  return new DrawSeries(seed, what, stage).unit(item, attempt, phase);
}

/**
 * One value of a distribution, at an address as in `DrawSeries.unit`.
 * @param itemNumber which entry of a `perItem` list, cyclic (for children: that of their ancestor).
 */
export function drawValue(
  draw: Draw,
  series: DrawSeries,
  item: number,
  attempt: number,
  phase: number,
  itemNumber: number,
): number {
  if (typeof draw === 'number') return draw;
  if ('perItem' in draw) return entryOf(draw.perItem, itemNumber);
  return quantile(draw, series.unit(item, attempt, phase));
}

/** Entry `number` of a list that goes round and round. */
export function entryOf(list: readonly number[], number: number): number {
  const n = list.length;
  return list[((number % n) + n) % n]!;
}

/** The value below which a share `u` ∈ [0, 1) of a distribution lies: draws are inverted, one unit each. */
export function quantile(draw: Exclude<Draw, number | { perItem: number[] }>, u: number): number {
  return 'exponential' in draw ? -draw.exponential * ln(1 - u) : otherQuantile(draw, u);
}

function otherQuantile(
  draw: Exclude<Draw, number | { perItem: number[] } | { exponential: number }>,
  u: number,
): number {
  if ('uniform' in draw) {
    const [from, to] = draw.uniform;
    return from + (to - from) * u;
  }
  if ('lognormal' in draw) {
    // mean m, coefficient of variation c: σ² = ln(1 + c²), μ = ln m − σ²/2.
    const { mean, cv } = draw.lognormal;
    const variance = ln(1 + cv * cv);
    // u = 0 would be −∞; half a step keeps the draw finite.
    const z = inverseNormal(u === 0 ? 2 ** -54 : u);
    return mean * exp(Math.sqrt(variance) * z - variance / 2);
  }
  if ('pareto' in draw) {
    // The smallest value is mean · (α − 1) / α.
    const { mean, alpha } = draw.pareto;
    return ((mean * (alpha - 1)) / alpha) * pow(1 - u, -1 / alpha);
  }
  return draw.empirical[Math.floor(u * draw.empirical.length)]!;
}
