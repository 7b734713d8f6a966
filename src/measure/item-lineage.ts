import type { ItemColumns } from '../trace/types.ts';

/** The one parent stage a copy under `each` comes from; -1: the item is no copy. */
export function copiedFrom(items: ItemColumns, item: number): number {
  const ordinal = items.ordinal[item]!;
  return items.parent[item]! >= 0 && ordinal < 0 ? -1 - ordinal : -1;
}

/** The parents of a stage that this item can have come from. */
export function parentsFor(parents: number[], items: ItemColumns, item: number): number[] {
  const from = copiedFrom(items, item);
  return from >= 0 && parents.includes(from) ? [from] : parents;
}
