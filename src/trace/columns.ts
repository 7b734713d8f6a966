import type { ItemColumns, MarkColumns, MemberColumns, TaskColumns } from './types.ts';

/** Column names and their element types, a table each: the one place that lists them. */
const taskTypes = {
  stage: Uint16Array,
  worker: Int16Array,
  item: Int32Array,
  memberStart: Int32Array,
  memberCount: Int32Array,
  attempt: Uint16Array,
  outcome: Uint8Array,
  arrive: Float64Array,
  ready: Float64Array,
  dispatch: Float64Array,
  start: Float64Array,
  end: Float64Array,
  leave: Float64Array,
  setup: Float32Array,
  waited: Float32Array,
  bytes: Float32Array,
  held: Float32Array,
} as const;
const memberTypes = { item: Int32Array, arrive: Float64Array, outcome: Uint8Array } as const;
const itemTypes = {
  parent: Int32Array,
  ordinal: Int32Array,
  arrive: Float64Array,
  end: Float64Array,
  fate: Uint8Array,
} as const;
const markTypes = {
  time: Float64Array,
  kind: Uint8Array,
  stage: Int16Array,
  item: Int32Array,
  value: Float64Array,
} as const;

export type NumberArray =
  Uint8Array | Uint16Array | Int16Array | Int32Array | Float32Array | Float64Array;
type ColumnTypes = Record<string, new (length: number) => NumberArray>;
type Table = { count: number } & Record<string, number | NumberArray>;

function makeTable(types: ColumnTypes, capacity: number): Table {
  const table: Table = { count: 0 };
  for (const name in types) table[name] = new types[name]!(capacity);
  return table;
}

export const makeTaskColumns = (capacity: number): TaskColumns =>
  makeTable(taskTypes, capacity) as unknown as TaskColumns;
export const makeMemberColumns = (capacity: number): MemberColumns =>
  makeTable(memberTypes, capacity) as unknown as MemberColumns;
export const makeItemColumns = (capacity: number): ItemColumns =>
  makeTable(itemTypes, capacity) as unknown as ItemColumns;
export const makeMarkColumns = (capacity: number): MarkColumns =>
  makeTable(markTypes, capacity) as unknown as MarkColumns;

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
