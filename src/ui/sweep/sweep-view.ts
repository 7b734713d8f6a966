/** What is shown of a sweep: which cells, which of them is best, which of them nobody beats. */
import { equalShare, tradeOffFront } from '../../explore/front.ts';
import { cellAt, placeOf, type SweepAxis } from '../../explore/sweep.ts';
import {
  fewestLost,
  figureOf,
  tradeOffPoints,
  type Measure,
  type Outcomes,
} from '../../explore/trade-off.ts';
import { measureNames } from './measures.ts';

/** How the cells are spread out: two fields as axes (one: y is -1), of every other field one value. */
export interface Slice {
  x: number;
  y: number;
  /** A place in the values of each field; those of the axes do not count. */
  place: readonly number[];
}

/** Wide before high: a row of a map is easier to read than a column. */
export function usualAxes(axes: readonly SweepAxis[]): { x: number; y: number } {
  const byLength = axes
    .map(({ values }, axis) => ({ axis, length: values.length }))
    .sort((a, b) => b.length - a.length || a.axis - b.axis);
  return { x: byLength[0]?.axis ?? -1, y: byLength[1]?.axis ?? -1 };
}

/** The cell at a column and row of the slice. */
export function cellIn(
  axes: readonly SweepAxis[],
  slice: Slice,
  column: number,
  row: number,
): number {
  const place = slice.place.map((at, axis) =>
    axis === slice.x ? column : axis === slice.y ? row : at,
  );
  return cellAt(axes, place);
}

/** Where a cell stands in the slice; null: it is of another one. */
export function spotIn(
  axes: readonly SweepAxis[],
  { x, y, place }: Slice,
  cell: number,
): { column: number; row: number } | null {
  const at = placeOf(axes, cell);
  const isIn = at.every((value, axis) => axis === x || axis === y || value === place[axis]);
  return isIn ? { column: at[x]!, row: y < 0 ? 0 : at[y]! } : null;
}

/** Figures of the slice row by row: NaN is yet to come, Infinity could not be simulated. */
export function figuresIn(
  axes: readonly SweepAxis[],
  slice: Slice,
  outcomes: Outcomes,
  measure: Measure,
): Float64Array {
  const columns = axes[slice.x]!.values.length;
  const rows = slice.y < 0 ? 1 : axes[slice.y]!.values.length;
  return Float64Array.from({ length: columns * rows }, (_, at) => {
    const cell = cellIn(axes, slice, at % columns, Math.floor(at / columns));
    return figureOf(outcomes[cell], measure);
  });
}

/** The figures of those cells that lose no more than they must; NaN: it is none of them. */
function soundFigures(outcomes: Outcomes, measure: Measure): number[] {
  const fewest = fewestLost(outcomes);
  return Array.from(outcomes, (outcome) =>
    outcome && outcome.lost <= fewest ? figureOf(outcome, measure) : NaN,
  );
}

const leastOf = (figures: readonly number[]): number =>
  figures.reduce((a, b) => (b < a ? b : a), Infinity);

/** The least there is among the cells that lose no more than they must; Infinity: there is none. */
export const leastFigure = (outcomes: Outcomes, measure: Measure): number =>
  leastOf(soundFigures(outcomes, measure));

/**
 * The best cell by a figure among those that lose no more than they must; of those that are as good as equal to it
 * the cheapest. null: there is none.
 * @param compareCosts of two cells; below 0: the first takes less.
 */
export function bestCell(
  outcomes: Outcomes,
  measure: Measure,
  compareCosts: (a: number, b: number) => number = () => 0,
): number | null {
  const figures = soundFigures(outcomes, measure);
  const most = leastOf(figures) * (1 + equalShare);
  let best: number | null = null;
  figures.forEach((figure, cell) => {
    if (!(figure <= most) || figure === Infinity) return;
    const by = best === null ? -1 : compareCosts(cell, best) || figure - figures[best]!;
    if (by < 0) best = cell;
  });
  return best;
}

/** How many cells besides the best one are as good to within `share`, with no more losses. */
export function asGood(outcomes: Outcomes, measure: Measure, best: number, share: number): number {
  const { lost } = outcomes[best]!;
  const most = figureOf(outcomes[best], measure) * (1 + share);
  return outcomes.filter(
    (outcome, cell) =>
      cell !== best && outcome && outcome.lost <= lost && figureOf(outcome, measure) <= most,
  ).length;
}

/** What a figure is weighed against where nobody has chosen. */
export const usualY: Measure = 'latencyP95Ms';

/** The first other figure that cannot be had together with this one; the usual one where all can. */
export function weighedWith(outcomes: Outcomes, x: Measure): Measure {
  const others = [usualY, ...measureNames].filter((name) => name !== x);
  const front = (y: Measure) => tradeOffFront(tradeOffPoints(outcomes, x, y, false));
  return others.find((y) => front(y).length > 1) ?? others[0]!;
}
