import type { ItemColumns, MarkColumns, MemberColumns, TaskColumns } from './types.ts';

export type NumberArray =
  Uint8Array | Uint16Array | Int16Array | Int32Array | Float32Array | Float64Array;
type Table = { count: number } & Record<string, number | NumberArray>;

// Written out field by field: engines read the columns of such an object several times faster than
// those of one put together in a loop.

export const makeTaskColumns = (rows: number): TaskColumns => ({
  count: 0,
  stage: new Uint16Array(rows),
  worker: new Int16Array(rows),
  item: new Int32Array(rows),
  memberStart: new Int32Array(rows),
  memberCount: new Int32Array(rows),
  attempt: new Uint16Array(rows),
  outcome: new Uint8Array(rows),
  arrive: new Float64Array(rows),
  ready: new Float64Array(rows),
  dispatch: new Float64Array(rows),
  start: new Float64Array(rows),
  end: new Float64Array(rows),
  leave: new Float64Array(rows),
  setup: new Float32Array(rows),
  waited: new Float32Array(rows),
  bytes: new Float32Array(rows),
  held: new Float32Array(rows),
});

export const makeMemberColumns = (rows: number): MemberColumns => ({
  count: 0,
  item: new Int32Array(rows),
  arrive: new Float64Array(rows),
  outcome: new Uint8Array(rows),
});

export const makeItemColumns = (rows: number): ItemColumns => ({
  count: 0,
  parent: new Int32Array(rows),
  ordinal: new Int32Array(rows),
  arrive: new Float64Array(rows),
  end: new Float64Array(rows),
  fate: new Uint8Array(rows),
});

export const makeMarkColumns = (rows: number): MarkColumns => ({
  count: 0,
  time: new Float64Array(rows),
  kind: new Uint8Array(rows),
  stage: new Int16Array(rows),
  item: new Int32Array(rows),
  value: new Float64Array(rows),
});

export type AnyColumns = TaskColumns | MemberColumns | ItemColumns | MarkColumns;

/** Doubles the room of every column of a table until `rows` rows fit. */
export function reserve(columns: AnyColumns, rows: number): void {
  const table = columns as unknown as Table;
  for (const name in table) {
    const column = table[name]!;
    if (typeof column === 'number' || column.length >= rows) continue;
    const Type = column.constructor as new (length: number) => NumberArray;
    const grown = new Type(Math.max(rows, column.length * 2, 64));
    grown.set(column);
    table[name] = grown;
  }
}

/** Rows [from, to) as a table of its own (copied, ready to be transferred). */
export function sliceColumns<T extends AnyColumns>(columns: T, from: number, to: number): T {
  const table = columns as unknown as Table;
  const part: Table = { count: to - from };
  for (const name in table) {
    const column = table[name]!;
    if (typeof column !== 'number') part[name] = column.slice(from, to);
  }
  return part as unknown as T;
}

/** All rows as a table of its own, the columns themselves where they have no spare room; the old one is empty then. */
export function takeColumns<T extends AnyColumns>(columns: T): T {
  const table = columns as unknown as Table;
  const taken: Table = { count: table.count };
  for (const name in table) {
    const column = table[name]!;
    if (typeof column === 'number') continue;
    taken[name] = column.length === table.count ? column : column.slice(0, table.count);
    table[name] = column.slice(0, 0);
  }
  table.count = 0;
  return taken as unknown as T;
}

/** Adds all rows of `part` at the end of `columns`. */
export function appendColumns<T extends AnyColumns>(columns: T, part: T): void {
  reserve(columns, columns.count + part.count);
  const table = columns as unknown as Table;
  const source = part as unknown as Table;
  for (const name in table) {
    const column = table[name]!;
    if (typeof column === 'number') continue;
    column.set((source[name] as NumberArray).subarray(0, part.count), table.count);
  }
  table.count += part.count;
}

/** The buffers of a table, for the transfer list of `postMessage`. */
export function buffersOf(columns: AnyColumns): ArrayBuffer[] {
  return Object.values(columns)
    .filter((column) => ArrayBuffer.isView(column))
    .map((column) => column.buffer as ArrayBuffer);
}

/** The columns of a table in their fixed order, cut to `count` rows. */
export function columnsOf(columns: AnyColumns): NumberArray[] {
  return Object.values(columns)
    .filter((column) => ArrayBuffer.isView(column))
    .map((column) => (column as NumberArray).subarray(0, columns.count));
}
