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

// The two lanes of the running hash; module level, so that a draw makes no garbage.
let laneA = 0;
let laneB = 0;

/** Takes one word into both lanes (the round of MurmurHash3_x86_128, with two lanes of its four). */
function absorb(word: number): void {
  laneA ^= Math.imul(rotate(Math.imul(word, 0x239b961b), 15), 0xab0e9789);
  laneA = (Math.imul((rotate(laneA, 19) + laneB) | 0, 5) + 0x561ccd1b) | 0;
  laneB ^= Math.imul(rotate(Math.imul(word, 0x38b34ae5), 17), 0xa1e38b93);
  laneB = (Math.imul((rotate(laneB, 13) + laneA) | 0, 5) + 0x0bcaa747) | 0;
}

/** Takes an integer of up to 53 bits. */
function absorbInteger(value: number): void {
  absorb(value | 0);
  const upper = Math.floor(value / 4294967296);
  if (upper !== 0) absorb(upper | 0);
}

/**
 * A number in [0, 1) with 53 random bits.
 * @param stage `hashString(stage id)`, or `noStage`: adding a stage leaves the others' draws alone.
 * @param item any integer that names the item.
 */
export function drawUnit(
  seed: number,
  what: Purpose,
  stage: number,
  item: number,
  attempt: number,
  phase: number,
): number {
  laneA = 0x9368e53c;
  laneB = 0x586dcd20;
  absorbInteger(seed);
  absorb(what);
  absorb(stage | 0);
  absorbInteger(item);
  absorb((attempt << 16) ^ phase);
  laneA = (laneA + laneB) | 0;
  laneB = (laneB + laneA) | 0;
  const a = avalanche(laneA);
  const b = avalanche(laneB);
  // 26 bits + 27 bits, both exact.
  return (((a + b) >>> 6) * 134217728 + ((b ^ rotate(a, 16)) >>> 5)) / 9007199254740992;
}

/**
 * One value of a distribution, at an address as in `drawUnit`.
 * @param itemNumber which entry of a `perItem` list, cyclic (for children: that of their ancestor).
 */
export function drawValue(
  draw: Draw,
  seed: number,
  what: Purpose,
  stage: number,
  item: number,
  attempt: number,
  phase: number,
  itemNumber: number,
): number {
  if (typeof draw === 'number') return draw;
  if ('perItem' in draw) return draw.perItem[modulo(itemNumber, draw.perItem.length)]!;
  return quantile(draw, drawUnit(seed, what, stage, item, attempt, phase));
}

function modulo(a: number, n: number): number {
  return ((a % n) + n) % n;
}

/** The value below which a share `u` ∈ [0, 1) of a distribution lies: draws are inverted, one unit each. */
export function quantile(draw: Exclude<Draw, number | { perItem: number[] }>, u: number): number {
  if ('uniform' in draw) {
    const [from, to] = draw.uniform;
    return from + (to - from) * u;
  }
  if ('exponential' in draw) return -draw.exponential * ln(1 - u);
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

/** The mean of a distribution (of a list: of its entries). */
export function meanOf(draw: Draw): number {
  if (typeof draw === 'number') return draw;
  if ('uniform' in draw) return (draw.uniform[0] + draw.uniform[1]) / 2;
  if ('exponential' in draw) return draw.exponential;
  if ('lognormal' in draw) return draw.lognormal.mean;
  if ('pareto' in draw) return draw.pareto.mean;
  const values = 'empirical' in draw ? draw.empirical : draw.perItem;
  let sum = 0;
  for (const value of values) sum += value;
  return values.length === 0 ? 0 : sum / values.length;
}
