import type { Trace } from './types.ts';

/**
 * The name of an item as people see it: "7" (source item), "7.0" (its first child), "7~decode" (its
 * copy under `each`), "cluster" (the result of an `all` or `fold` is named by its stage).
 */
export function itemLabel(trace: Pick<Trace, 'items' | 'meta'>, item: number): string {
  const { items, meta } = trace;
  const segments: string[] = [];
  for (let row = item; ;) {
    const parent = items.parent[row]!;
    const ordinal = items.ordinal[row]!;
    if (parent === -2) segments.push(meta.stages[ordinal]?.id ?? `result ${ordinal}`);
    else if (parent === -1) segments.push(String(ordinal));
    else if (ordinal < 0) segments.push(`~${meta.stages[-1 - ordinal]?.id ?? -1 - ordinal}`);
    else segments.push(`.${ordinal}`);
    if (parent < 0) break;
    row = parent;
  }
  return segments.reverse().join('');
}

/** The source item (or result) that an item descends from. */
export function rootOf(items: Trace['items'], item: number): number {
  let row = item;
  while (items.parent[row]! >= 0) row = items.parent[row]!;
  return row;
}

/** Numbers an item for seeded draws: the source number, mixed with the lineage below it. */
export function lineageKey(items: Trace['items'], item: number): number {
  const parent = items.parent[item]!;
  return parent === -1 ? items.ordinal[item]! : lineageBelow(items, parent, items.ordinal[item]!);
}

function lineageBelow(items: Trace['items'], parent: number, ordinal: number): number {
  if (parent === -2) return -1 - ordinal;
  // Another odd multiplier a level (xxHash's primes), so that 7.0.1 and 7.1.0 part ways.
  const above = Math.imul(lineageKey(items, parent), 0x9e3779b1);
  return Math.imul(above ^ Math.imul(ordinal + 0x165667b1, 0x85ebca77), 0xc2b2ae3d) | 0;
}

/**
 * Item order: by source number, then segment by segment ("7" < "7.0" < "7.1" < "8"); results of
 * `all` and `fold` come after source items, by stage. `itemsOfB`: `b` is an item of another run; then 0
 * means that it is the same one.
 */
export function compareItems(
  items: Trace['items'],
  a: number,
  b: number,
  itemsOfB: Trace['items'] = items,
): number {
  if (a === b && items === itemsOfB) return 0;
  if (items.parent[a] === -1 && itemsOfB.parent[b] === -1) {
    return items.ordinal[a]! - itemsOfB.ordinal[b]!;
  }
  const pathA = pathOf(items, a);
  const pathB = pathOf(itemsOfB, b);
  for (let i = 0; i < pathA.length && i < pathB.length; i++) {
    if (pathA[i] !== pathB[i]) return pathA[i]! - pathB[i]!;
  }
  return pathA.length - pathB.length || (items === itemsOfB ? a - b : 0);
}

/** Root kind, root ordinal, then the ordinals below; copies in the order of their parent stages. */
function pathOf(items: Trace['items'], item: number): number[] {
  const path: number[] = [];
  let row = item;
  for (; items.parent[row]! >= 0; row = items.parent[row]!) {
    const ordinal = items.ordinal[row]!;
    path.push(ordinal < 0 ? -1 - ordinal : ordinal);
  }
  path.push(items.ordinal[row]!, items.parent[row] === -2 ? 1 : 0);
  return path.reverse();
}
