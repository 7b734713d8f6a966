import { minIndex } from 'd3';

/** Place of the mark nearest to an x; −1: there is none. */
export const nearestAlong = (marks: readonly { x: number }[], xPx: number): number =>
  minIndex(marks, ({ x }) => Math.abs(x - xPx));

/** Place of the mark nearest to a place in the picture; −1: there is none. */
export const nearestMark = (
  marks: readonly { x: number; y: number }[],
  xPx: number,
  yPx: number,
): number => minIndex(marks, ({ x, y }) => Math.hypot(x - xPx, y - yPx));
