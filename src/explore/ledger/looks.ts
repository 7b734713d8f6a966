import { SignBoundaries } from '../../measure/sign-boundaries.ts';
import { familyError, plannedLooks, type Speedup } from '../../measure/speedup.ts';
import type { Range } from '../../scenarios/claims/claim.ts';
import type { Interval } from './outcome.ts';
import { isSettled, judgeRatio } from './verdict.ts';

/** An interval within so much of the ratio is told as it is, whatever it leaves open. */
const preciseShare = 0.05;

/** How far out the interval of each look begins, so that all of them together are wrong in no more than 5 %. */
export class Looks {
  readonly #boundaries = new SignBoundaries(familyError);
  readonly #all: readonly number[];

  /** @param all numbers of runs, ascending */
  constructor(all: readonly number[]) {
    this.#all = all;
  }

  /** The first look at so many runs or more. */
  next = (runs: number): number => this.#all.find((look) => look >= runs)!;

  isLast = (runs: number): boolean => runs >= this.#all.at(-1)!;

  /** To be asked at each look once. @returns as `SignBoundaries.look` */
  votes = (runs: number): number => this.#boundaries.look(runs, runs / this.#all.at(-1)!);
}

/**
 * A first look at seven that agree tells a direction: equals do so one time in 64, so that of the 5 % that may go wrong
 * enough is left for others. They are few, as 54 claims have three minutes.
 */
export const looksOfMany: readonly number[] = [7, 12, 17, 22];
/** One claim by itself has the time for a sharper one. */
export const looksOfOne: readonly number[] = plannedLooks.slice(0, 5);

/** A speedup as it is told. */
export const intervalOf = ({ ratio, low, high, pairs }: Speedup): Interval => ({
  ...{ value: ratio, low, high, samples: pairs },
});

/** Whether more pairs could hardly change what is said of a ratio: where there is none, what they could find is a tenth or so. */
export const isEnough = (ratio: Interval, claimed: Range | null): boolean =>
  isSettled(ratio, claimed) || isNarrow(ratio) || judgeRatio(ratio, claimed) === 'refuted';

const isNarrow = ({ value, low, high }: Interval): boolean =>
  high - value <= preciseShare * value && value - low <= preciseShare * value;

/** What is said of so few pairs (or runs) where more could change the verdict; "": there are enough. */
export const fewWords = (runs: number, of: 'pairs' | 'runs'): string =>
  runs >= plannedLooks[0]!
    ? ''
    : `These are only ${runs} ${of}, for want of time: run this claim by itself for more.`;
