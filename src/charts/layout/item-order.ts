import { compareItems } from '../../trace/item-label.ts';
import type { ItemColumns } from '../../trace/types.ts';

/**
 * Item rows in the order of their lanes: source items by number, each followed by what came from it;
 * results of `all` and `fold` last, by stage. O(items).
 */
export function itemOrder(items: ItemColumns): Int32Array {
  const { count, parent, ordinal } = items;
  if (isPlain(items)) return Int32Array.from({ length: count }, (_, row) => row);
  // children[firstChild[i] … firstChild[i + 1]): the items that came from item i.
  const firstChild = new Int32Array(count + 1);
  for (let row = 0; row < count; row++) if (parent[row]! >= 0) firstChild[parent[row]! + 1]!++;
  for (let row = 0; row < count; row++) firstChild[row + 1]! += firstChild[row]!;
  const children = new Int32Array(firstChild[count]!);
  const filled = firstChild.slice(0, count);
  const sources: number[] = [];
  const results: number[] = [];
  for (let row = 0; row < count; row++) {
    if (parent[row]! >= 0) children[filled[parent[row]!]!++] = row;
    else (parent[row] === -1 ? sources : results).push(row);
  }
  const byOrdinal = (a: number, b: number): number => ordinal[a]! - ordinal[b]!;
  const order = new Int32Array(count);
  let placed = 0;
  const stack: number[] = [];
  for (const root of [...sources.sort(byOrdinal), ...results.sort(byOrdinal)]) {
    stack.push(root);
    while (stack.length > 0) {
      const row = stack.pop()!;
      order[placed++] = row;
      const own = children.subarray(firstChild[row], firstChild[row + 1]);
      // A copy's ordinal is -1 - stage: among copies the earlier stage comes first.
      if (own.length > 1) own.sort((a, b) => compareItems(items, a, b));
      for (let i = own.length - 1; i >= 0; i--) stack.push(own[i]!);
    }
  }
  return order;
}

/** Source items only, in the order of their numbers: most runs. */
function isPlain({ count, parent, ordinal }: ItemColumns): boolean {
  for (let row = 0; row < count; row++) {
    if (parent[row] !== -1 || (row > 0 && ordinal[row]! < ordinal[row - 1]!)) return false;
  }
  return true;
}

/** The lanes of two traces side by side: the same item, or the one trace's alone (the other is -1). */
export interface ItemPairs {
  count: number;
  main: Int32Array;
  ghost: Int32Array;
  /** Lane by item row of the main trace; -1: it has none. */
  laneOf: Int32Array;
}

/**
 * Merges two lists of item rows, each in the order of `itemOrder`, by who the items are (a child has
 * another row in another run, but the same parent and place). `mainItems` and `ghostItems` tell who.
 */
export function alignItems(
  mainItems: ItemColumns,
  main: Int32Array,
  ghostItems: ItemColumns | null,
  ghost: Int32Array,
): ItemPairs {
  const most = main.length + ghost.length;
  const pairs = { main: new Int32Array(most).fill(-1), ghost: new Int32Array(most).fill(-1) };
  const laneOf = new Int32Array(mainItems.count).fill(-1);
  let count = 0;
  for (let m = 0, g = 0; m < main.length || g < ghost.length; count++) {
    const order =
      m === main.length
        ? 1
        : g === ghost.length
          ? -1
          : compareItems(mainItems, main[m]!, ghost[g]!, ghostItems!);
    if (order <= 0) {
      laneOf[main[m]!] = count;
      pairs.main[count] = main[m++]!;
    }
    if (order >= 0) pairs.ghost[count] = ghost[g++]!;
  }
  return { count, laneOf, main: pairs.main.slice(0, count), ghost: pairs.ghost.slice(0, count) };
}
