import { distinctJson } from '../base/distinct-json.ts';
import { withDefaults } from '../pipeline/defaults.ts';
import { same } from '../base/same-json.ts';
import { getAt } from '../pipeline/pointer.ts';
import type { PipelineDocument } from '../pipeline/types.ts';

/** A field that is swept, and the values it takes, each once. */
export interface SweepAxis {
  pointer: string;
  values: readonly unknown[];
}

/**
 * The fields that a document sweeps, in its order. Every combination of their values is a cell, counted
 * as digits are: the last field changes fastest.
 */
export function sweepAxes({ sweep = {} }: PipelineDocument): SweepAxis[] {
  return Object.entries(sweep).map(([pointer, values]) => ({
    pointer,
    values: distinctJson(values),
  }));
}

/** How many cells there are; 0: nothing is swept. */
export function cellCount(axes: readonly SweepAxis[]): number {
  return axes.length === 0 ? 0 : axes.reduce((product, { values }) => product * values.length, 1);
}

/** Which value of each field a cell has. */
export function placeOf(axes: readonly SweepAxis[], cell: number): number[] {
  const place: number[] = [];
  let rest = cell;
  for (let axis = axes.length - 1; axis >= 0; axis--) {
    const { length } = axes[axis]!.values;
    place[axis] = rest % length;
    rest = Math.floor(rest / length);
  }
  return place;
}

/** The cell with these values, one place a field. */
export function cellAt(axes: readonly SweepAxis[], place: readonly number[]): number {
  return axes.reduce((cell, { values }, axis) => cell * values.length + place[axis]!, 0);
}

/** What a cell sets in the document. */
export function cellSet(axes: readonly SweepAxis[], cell: number): Record<string, unknown> {
  const place = placeOf(axes, cell);
  return Object.fromEntries(
    axes.map(({ pointer, values }, axis) => [pointer, values[place[axis]!]]),
  );
}

/** What every cell sets, in their order. */
export function sweepSets(axes: readonly SweepAxis[]): Record<string, unknown>[] {
  return Array.from({ length: cellCount(axes) }, (_, cell) => cellSet(axes, cell));
}

/**
 * The cell that the document is at; null: its own values are not among those swept.
 * @param cores what `workers: "cores"` stands for.
 */
export function presentCell(
  axes: readonly SweepAxis[],
  document: PipelineDocument,
  cores: number,
): number | null {
  if (axes.length === 0) return null;
  const pipeline = withDefaults(document);
  const place = axes.map(({ pointer, values }) => {
    const now = getAt(pipeline, pointer) ?? null;
    const exact = values.findIndex((value) => same(value, now));
    if (exact >= 0 || pointer !== '/machine/workers') return exact;
    return values.findIndex((value) => inWorkers(value, cores) === inWorkers(now, cores));
  });
  return place.includes(-1) ? null : cellAt(axes, place);
}

const inWorkers = (value: unknown, cores: number): unknown => (value === 'cores' ? cores : value);
