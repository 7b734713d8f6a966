import type { Range } from './claim.ts';

/**
 * What "30–40 % less time" says as a ratio of before to after: 1 ÷ (1 − share).
 *
 * @param lowPercent below 100, as is `highPercent`; absent: "at least"
 */
export function lessTime(lowPercent: number, highPercent?: number): Range {
  const ratio = (percent: number): number => 1 / (1 - percent / 100);
  return highPercent === undefined
    ? { low: ratio(lowPercent) }
    : { low: ratio(lowPercent), high: ratio(highPercent) };
}

/** What is gone of a time, in percent: of 81.7 s that became 57.6 s, 29.5. */
export function percentLess(before: number, after: number): number {
  return 100 * (1 - after / before);
}
