/** What a zip of several parents knows of one item. */
export interface ZipEntry {
  /** A state a parent: 0 may still come, 1 is here, 2 will never come. */
  halves: Uint8Array;
  here: number;
  gone: number;
  /** When the first half came; NaN: none has. */
  arriveMs: number;
  /** Counted in the stage's books already. */
  counted: boolean;
}

export interface ZipTable {
  readonly parents: number;
  readonly entries: Map<number, ZipEntry>;
  /** A parent: items that never came from it though another half was waited for. */
  readonly missed: number[];
}

export const halfMayCome = 0;
export const halfIsHere = 1;
export const halfIsGone = 2;

export function makeZipTable(parents: number): ZipTable {
  return { parents, entries: new Map(), missed: Array.from({ length: parents }, () => 0) };
}

export function zipEntry(table: ZipTable, item: number): ZipEntry {
  let entry = table.entries.get(item);
  if (!entry) {
    entry = {
      halves: new Uint8Array(table.parents),
      here: 0,
      gone: 0,
      arriveMs: NaN,
      counted: false,
    };
    table.entries.set(item, entry);
  }
  return entry;
}
