import type { MeasuredPoint } from '../../charts/canvas/paint-trade-off.ts';

/**
 * A chart of predictions spans at least this share of the least figure: less is no difference that a run would
 * show, and must not be drawn as a large one.
 */
const spanMin = 0.05;

/** The figure that a scale has to reach at least; NaN: there is none. */
export function spanEnd(values: ArrayLike<number>): number {
  let least = Infinity;
  for (let at = 0; at < values.length; at++) least = Math.min(least, finite(values[at]!));
  return least > 0 && least < Infinity ? least * (1 + spanMin) : NaN;
}

const finite = (value: number): number => (Number.isFinite(value) ? value : Infinity);

/** What the scales of a trade-off must hold besides its dots: no dots themselves, as each lacks a figure. */
export function tradeOffRoom(
  points: readonly { x: number; y: number }[],
  measured: readonly MeasuredPoint[],
): { x: number; y: number }[] {
  const along = (axis: 'x' | 'y', value: number): { x: number; y: number } =>
    axis === 'x' ? { x: value, y: NaN } : { x: NaN, y: value };
  return [
    along('x', spanEnd(points.map(({ x }) => x))),
    along('y', spanEnd(points.map(({ y }) => y))),
    ...measured.flatMap((one) => [along(one.along, one.low), along(one.along, one.high)]),
  ];
}
