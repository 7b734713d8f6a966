import type { Draw } from '../pipeline/types.ts';
import type { NumberTimes, StageTimes } from './replay-times.ts';

/** One entry a number of a source item; numbers that never came to the stage get the mean. ms. */
export function perNumber(
  { byNumber }: Pick<StageTimes, 'byNumber'>,
  valueOf: (of: NumberTimes) => number,
): Draw {
  let last = 0;
  let sum = 0;
  for (const [number, one] of byNumber) {
    last = Math.max(last, number);
    sum += valueOf(one);
  }
  const mean = byNumber.size > 0 ? roundMs(sum / byNumber.size) : 0;
  const list = Array.from({ length: last + 1 }, (_, number) => {
    const one = byNumber.get(number);
    return one ? roundMs(valueOf(one)) : mean;
  });
  return { perItem: list };
}

/** To 0.1 µs: below what any clock of a browser tells apart. */
export const roundMs = (ms: number): number => Math.round(ms * 1e4) / 1e4;
