/** The names of items: "7" from the source, "7.0" its first child, "7~decode" its copy, "cluster" a stage's result. */

/** A source item or a result, with all that descends from it. */
export interface Root {
  /** Ways that are still open: copies of it in queues and tasks. */
  open: number;
  /** The worst that became of any of them. */
  fate: 'delivered' | 'dropped' | 'failed';
  /** Halves of pairs that wait for their other half. */
  halves: Set<() => void>;
  /** Called when no way is open any more. */
  ended: () => void;
}

export interface Item {
  label: string;
  /** Number of the source item it descends from; 0 for results. */
  number: number;
  /** What its seeded draws descend from. */
  key: number;
  /** Orders items: sources before results, then level by level. */
  path: readonly number[];
  root: Root;
}

const newRoot = (ended: () => void): Root => ({
  open: 1,
  fate: 'delivered',
  halves: new Set(),
  ended,
});

export const sourceItem = (number: number, ended: () => void): Item => ({
  ...{ label: String(number), number, key: number, path: [0, number] },
  root: newRoot(ended),
});

/** What an `all` or a `fold` comes to. */
export const resultItem = (stage: number, id: string): Item => ({
  ...{ label: id, number: 0, key: -1 - stage, path: [1, stage] },
  root: newRoot(() => {}),
});

export const childOf = (item: Item, at: number): Item => below(item, at, at, `${item.label}.${at}`);

/** The copy of an item that came by the parent stage `id`, where each parent's is an item of its own. */
export const copyOf = (item: Item, parent: number, id: string): Item =>
  below(item, -1 - parent, parent, `${item.label}~${id}`);

function below(item: Item, ordinal: number, place: number, label: string): Item {
  // Odd multipliers (those of xxHash), so that 7.0.1 and 7.1.0 part ways.
  const above = Math.imul(item.key, 0x9e3779b1);
  const key = Math.imul(above ^ Math.imul(ordinal + 0x165667b1, 0x85ebca77), 0xc2b2ae3d) | 0;
  return { label, key, number: item.number, path: [...item.path, place], root: item.root };
}

export function compareItems({ path: a }: Item, { path: b }: Item): number {
  for (let i = 0; i < a.length && i < b.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}

/** One way of an item has come to its end. */
export function endWay({ root }: Item, fate: Root['fate']): void {
  if (fate === 'failed' || root.fate === 'delivered') root.fate = fate;
  leave(root);
}

/** One way less. With the last one, halves that still wait will never be pairs. */
export function leave(root: Root): void {
  if (--root.open > 0) return;
  for (const forget of root.halves) forget();
  if (root.halves.size > 0 && root.fate === 'delivered') root.fate = 'dropped';
  root.ended();
}
