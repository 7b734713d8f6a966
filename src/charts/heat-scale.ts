import { interpolateViridis, scaleLinear, scaleLog } from 'd3';
import { binaryTicks } from './layout/binary-ticks.ts';

/** From this ratio of the largest to the least on, equal steps would show only the worst ones. */
const logFromRatio = 5;
/** Below this share of the figures themselves a difference is none: it gets hardly any of the colours. */
const spanMin = 0.01;
/** Nor is what is less than this, where doubles begin to lose their digits: no scale can divide it. */
const leastSpan = 1e-300;
/** What is worst is not quite the palette's end: it would be lost on a dark ground. */
const worst = 0.06;

/** Colours for a figure of which less is better: the least is the brightest. */
export interface HeatScale {
  least: number;
  most: number;
  /** The figure at the end of the colours: `most`, or more where all are next to equal. */
  end: number;
  /** Steps of equal ratio, not of equal difference. */
  isLog: boolean;
  colourOf(value: number): string;
  /** Along the legend, evenly apart. */
  stops(count: number): string[];
  /** For the legend: figures, and how far along it they stand, 0 … 1. */
  ticks(count: number): { value: number; share: number }[];
}

/**
 * Viridis (S. van der Walt, N. Smith, 2015): even steps for the eye, read alike with any colour blindness
 * and in grey. Only finite values count. null: there are none.
 * @param areBytes its legend has powers of two.
 */
export function heatScale(values: ArrayLike<number>, areBytes = false): HeatScale | null {
  let least = Infinity;
  let most = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (least > most) return null;
  const isLog = least > leastSpan && most / least >= logFromRatio;
  const high = Math.max(most, least + spanMin * Math.abs(least));
  // All of them 0: all of them are the best.
  const top = high - least > leastSpan ? high : least + 1;
  const share = isLog ? scaleLog([least, top], [0, 1]) : scaleLinear([least, top], [0, 1]);
  const colourAt = (at: number): string => interpolateViridis(1 - at * (1 - worst));
  return {
    ...{ least, most, isLog, end: high },
    colourOf: (value) => colourAt(share(value)),
    stops: (count) => Array.from({ length: count }, (_, at) => colourAt(at / (count - 1))),
    ticks: (count) =>
      most - least <= leastSpan
        ? [{ value: least, share: 0 }]
        : (areBytes ? binaryTicks(least, high, count, isLog) : share.ticks(count)).map((value) => ({
            value,
            share: share(value),
          })),
  };
}
