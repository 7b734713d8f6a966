import { SeededRandom } from '../../../src/base/seeded-random.ts';

/** How a machine varies; shares of the time a run takes. */
export interface NoiseLevel {
  name: string;
  /** Standard deviation from run to run. */
  fast: number;
  /** Standard deviation of what comes and goes within seconds. */
  slow: number;
  /** A machine that gets hot or recovers: at most so much slower at the end than at the beginning. */
  ramp: number;
}

/** Decided before any of them was tried; a calm desktop up to a laptop in a video call. */
export const noiseLevels: readonly NoiseLevel[] = [
  { name: 'calm', fast: 0.01, slow: 0.01, ramp: 0.05 },
  { name: 'usual', fast: 0.03, slow: 0.03, ramp: 0.1 },
  { name: 'busy', fast: 0.06, slow: 0.05, ramp: 0.2 },
  { name: 'very busy', fast: 0.1, slow: 0.1, ramp: 0.3 },
];

const slowMs = 5000;
const rampMs = 60_000;
/** Somebody else's work: how long it is away and there on average, and how much slower a run is meanwhile. */
const awayMs = 20_000;
const thereMs = 3000;
const otherWork = 0.3;
/** Collections, recompilations: one run of so many takes longer by an exponential share. */
const spikeChance = 0.03;
const spikeMean = 0.4;

/**
 * A machine whose speed drifts, from a seed: a run of `baseMs` that begins at a time takes
 *
 *   base × (1 + ramp) × e^slow × (1.3 while somebody else works) × (1 + spike) × e^fast
 *
 * - ramp: linear over the first minute to ± `ramp` (drawn once), then constant: heat, or recovering from it;
 * - slow: normal, with autocorrelation e^(−t ÷ 5 s) (Ornstein and Uhlenbeck): clock rates, caches of others;
 * - other work: on and off, exponential times (20 s off, 3 s on);
 * - spike: 3 % of the runs, exponential with mean 40 %: collections, recompilations;
 * - fast: Student's t of 3 degrees, scaled to `fast`: tails far heavier than the normal one's.
 */
export class DriftingMachine {
  nowMs = 0;
  private readonly random: SeededRandom;
  private readonly level: NoiseLevel;
  private readonly rampTo: number;
  private slow: number;
  private isOther = false;
  private switchAtMs: number;

  constructor(level: NoiseLevel, seed: number) {
    this.level = level;
    this.random = new SeededRandom(seed, 7);
    this.rampTo = (2 * this.random.next() - 1) * level.ramp;
    this.slow = level.slow * this.normal();
    this.switchAtMs = this.exponential(awayMs);
  }

  /** Lets the clock run on, and gives how long the run took, ms. */
  run(baseMs: number): number {
    while (this.switchAtMs <= this.nowMs) {
      this.isOther = !this.isOther;
      this.switchAtMs += this.exponential(this.isOther ? thereMs : awayMs);
    }
    const { fast, slow } = this.level;
    const factor =
      (1 + this.rampTo * Math.min(1, this.nowMs / rampMs)) *
      Math.exp(this.slow) *
      (this.isOther ? 1 + otherWork : 1) *
      (this.random.next() < spikeChance ? 1 + this.exponential(spikeMean) : 1) *
      Math.exp(fast * this.heavy());
    const tookMs = baseMs * factor;
    this.nowMs += tookMs;
    const kept = Math.exp(-tookMs / slowMs);
    this.slow = kept * this.slow + slow * Math.sqrt(1 - kept * kept) * this.normal();
    return tookMs;
  }

  private exponential(mean: number): number {
    return -mean * Math.log(1 - this.random.next());
  }

  /** Box and Muller. */
  private normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.random.next()));
    return radius * Math.cos(2 * Math.PI * this.random.next());
  }

  /** Student's t with 3 degrees of freedom, scaled to a standard deviation of 1. */
  private heavy(): number {
    const square = this.normal() ** 2 + this.normal() ** 2 + this.normal() ** 2;
    return this.normal() / Math.sqrt(square / 3) / Math.sqrt(3);
  }
}
