import { same } from '../base/same-json.ts';
import { withDefaults } from '../pipeline/defaults.ts';
import { getAt } from '../pipeline/pointer.ts';
import type { PipelineDocument } from '../pipeline/types.ts';
import { placeOf, type SweepAxis } from './sweep.ts';
import { tunableFields, type TunerField } from './tuner-fields.ts';
import { costOf, costOrder } from './tuner-space.ts';

/**
 * Which of two cells of a sweep takes less, by the tuner's own order (workers, permits, room …). Below 0: the
 * first does; 0: neither. Fields that have no price count only where they differ from the document.
 */
export function cellCosts(
  document: PipelineDocument,
  axes: readonly SweepAxis[],
): (a: number, b: number) => number {
  const pipeline = withDefaults(document);
  const kinds = new Map(
    tunableFields(document, { cores: 1 }).map(({ pointer, kind }) => [pointer, kind]),
  );
  const fields = axes.map(({ pointer, values }): TunerField => {
    const now = getAt(pipeline, pointer) ?? null;
    const numbers = values.filter((value) => typeof value === 'number');
    // "cores" and no limit (null) are as much as any number, and one more.
    const beyond = Math.max(0, ...numbers) + 1;
    return {
      pointer,
      kind: kinds.get(pointer) ?? 'choice',
      values: values.map((value) => (typeof value === 'number' ? value : beyond)),
      now: values.findIndex((value) => same(value, now)),
    };
  });
  const costs = new Map<number, number[]>();
  const costAt = (cell: number): number[] => {
    let cost = costs.get(cell);
    if (!cost) costs.set(cell, (cost = costOf(fields, placeOf(axes, cell))));
    return cost;
  };
  return (a, b) => costOrder(costAt(a), costAt(b));
}
