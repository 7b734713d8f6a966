/**
 * Grades a guess of a lesson by runs: the right answer is what the runs come to, and where they vary across the border
 * between two answers nobody is right or wrong.
 */
import type { LessonStep } from '../pipeline/types.ts';
import { quantileSorted } from './distribution.ts';

/** What decides, from several runs: the medians' value, and how far single runs were from it. */
export interface LessonValue {
  value: number;
  low: number;
  high: number;
  runs: number;
}

/**
 * @param own of the step's runs
 * @param against of the runs of the step it is held against; null: it is held against none
 * @returns null: nothing was measured, or it would be divided by nothing
 */
export function lessonValue(
  own: readonly number[],
  against: readonly number[] | null = null,
): LessonValue | null {
  if (own.length === 0) return null;
  const [value, low, high] = [median(own), Math.min(...own), Math.max(...own)];
  if (against === null) return { value, low, high, runs: own.length };
  const least = Math.min(...against);
  if (against.length === 0 || least <= 0) return null;
  return {
    value: value / median(against),
    low: low / Math.max(...against),
    high: high / least,
    runs: Math.min(own.length, against.length),
  };
}

const median = (values: readonly number[]): number =>
  quantileSorted(Float64Array.from(values).sort(), 0.5);

/** So near a limit, as a ratio, one run alone does not decide. */
const nearLimit = 1.25;

/** Whether more runs are worth while: the value is near what divides right from wrong. */
export function isNearLimit(step: LessonStep, { value }: LessonValue): boolean {
  const { limits, within } = step.grade!;
  // Of a guessed number nobody may know yet how near it is.
  if (within !== undefined) return true;
  return (limits ?? []).some(
    (limit) => value < limit * nearLimit && value > limit / nearLimit && limit > 0,
  );
}

/** The place of the answer that a value stands for. A value on a limit belongs to the smaller side. */
export function answerAt(limits: readonly number[], value: number): number {
  const rises = limits.length < 2 || limits[0]! < limits[1]!;
  const below = limits.filter((limit) => limit < value).length;
  return rises ? below : limits.length - below;
}

/** The place of the right answer; null: the runs vary across a limit, or numbers were guessed. */
export function rightAnswer({ grade, answers }: LessonStep, measured: LessonValue): number | null {
  if (!grade?.limits || !answers) return null;
  const [low, high] = [measured.low, measured.high].map((value) => answerAt(grade.limits!, value));
  return low === high ? low! : null;
}

export type LessonVerdict = 'right' | 'wrong' | 'too close to call';

/** @param guess the place of an answer, or the guessed number itself where there are none to choose from */
export function verdictOf(step: LessonStep, guess: number, measured: LessonValue): LessonVerdict {
  const { within } = step.grade!;
  if (within === undefined) {
    const right = rightAnswer(step, measured);
    if (right === null) return 'too close to call';
    return guess === right ? 'right' : 'wrong';
  }
  const { low, high } = measured;
  // What some run came to cannot be wrong.
  if (guess >= low && guess <= high) return 'right';
  if (guess < low * (1 - within) || guess > high * (1 + within)) return 'wrong';
  return guess >= high * (1 - within) && guess <= low * (1 + within)
    ? 'right'
    : 'too close to call';
}
