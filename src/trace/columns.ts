import type { ItemColumns, MarkColumns, MemberColumns, TaskColumns } from './types.ts';

export type NumberArray =
  Uint8Array | Uint16Array | Int16Array | Int32Array | Float32Array | Float64Array;
type Table = { count: number } & Record<string, number | NumberArray>;

// Written out field by field: engines read the columns of such an object several times faster than
// those of one put together in a loop.

/**
 * Columns that are mostly equal row for row begin as one array under several names, and part at the
 * first row in which they differ (`separate`): where nothing blocks, waits or weighs anything a task
 * takes half the memory. So nobody writes into a column but under all of its names.
 */
export function makeTaskColumns(rows: number): TaskColumns {
  const arrive = new Float64Array(rows);
  const start = new Float64Array(rows);
  const end = new Float64Array(rows);
  const zeros = new Float32Array(rows);
  return {
    count: 0,
    stage: new Uint16Array(rows),
    worker: new Int16Array(rows),
    item: new Int32Array(rows),
    memberStart: new Int32Array(rows),
    memberCount: new Int32Array(rows),
    attempt: new Uint16Array(rows),
    outcome: new Uint8Array(rows),
    arrive,
    ready: arrive,
    dispatch: start,
    start,
    end,
    leave: end,
    setup: zeros,
    waited: zeros,
    bytes: zeros,
    held: zeros,
  };
}

/** The task columns that begin as another name of `arrive`, `start`, `end`, or of nothing but zeros. */
export type SharedColumn = 'ready' | 'dispatch' | 'leave' | 'setup' | 'waited' | 'bytes' | 'held';

/** From here on that column is an array of its own. Of the room for rows to come nothing is touched. */
export function separate(tasks: TaskColumns, name: SharedColumn): void {
  const table = tasks as unknown as Table;
  const shared = table[name] as NumberArray;
  const Type = shared.constructor as new (length: number) => NumberArray;
  const own = new Type(shared.length);
  own.set(shared.subarray(0, tasks.count));
  table[name] = own;
}

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

/** Puts something else in the place of every column; what was one array under several names stays one. */
function replaceColumns(
  from: Table,
  into: Table,
  make: (column: NumberArray) => NumberArray,
): void {
  const made = new Map<NumberArray, NumberArray>();
  for (const name in from) {
    const column = from[name]!;
    if (typeof column === 'number') continue;
    const other = made.get(column) ?? make(column);
    made.set(column, other);
    into[name] = other;
  }
}

/** Doubles the room of every column of a table until `rows` rows fit. */
export function reserve(columns: AnyColumns, rows: number): void {
  const table = columns as unknown as Table;
  replaceColumns(table, table, (column) => {
    if (column.length >= rows) return column;
    const Type = column.constructor as new (length: number) => NumberArray;
    const grown = new Type(Math.max(rows, column.length * 2, 64));
    grown.set(column);
    return grown;
  });
}

/** Where typed arrays may begin in a buffer, whatever their numbers: bytes. */
const alignBytes = 8;
const aligned = (bytes: number): number => Math.ceil(bytes / alignBytes) * alignBytes;

/** One buffer for many columns: what it costs to send them to another process goes by the buffer, not by the byte. */
export class ColumnBuffer {
  readonly buffer: ArrayBuffer;
  #at = 0;

  /** @param bytes of all columns that are to be made in it: see `bytesOf` and `columnBytes`. */
  constructor(bytes: number) {
    this.buffer = new ArrayBuffer(bytes);
  }

  /** A column of that kind in it, of zeros. */
  make<Column extends NumberArray>(like: Column, length: number): Column {
    const Type = like.constructor as new (
      buffer: ArrayBuffer,
      at: number,
      length: number,
    ) => Column;
    const made = new Type(this.buffer, this.#at, length);
    this.#at += aligned(made.byteLength);
    return made;
  }
}

/** What so many rows of a table take in a `ColumnBuffer`. */
export function bytesOf(columns: AnyColumns, rows: number): number {
  let bytes = 0;
  for (const column of new Set(Object.values(columns))) {
    if (ArrayBuffer.isView(column)) bytes += columnBytes(column as NumberArray, rows);
  }
  return bytes;
}
export const columnBytes = (like: NumberArray, length: number): number =>
  aligned(like.BYTES_PER_ELEMENT * length);

/** Rows [from, to) as a table of its own, copied into that buffer. */
export function sliceColumns<T extends AnyColumns>(
  columns: T,
  from: number,
  to: number,
  into: ColumnBuffer,
): T {
  const part: Table = { count: to - from };
  replaceColumns(columns as unknown as Table, part, (column) => {
    const made = into.make(column, to - from);
    made.set(column.subarray(from, to));
    return made;
  });
  return part as unknown as T;
}

/** All rows as a table of its own, the columns themselves where they have no spare room; the old one is empty then. */
export function takeColumns<T extends AnyColumns>(columns: T): T {
  const table = columns as unknown as Table;
  const { count } = table;
  const taken: Table = { count };
  replaceColumns(table, taken, (column) =>
    column.length === count ? column : column.slice(0, count),
  );
  replaceColumns(table, table, (column) => column.slice(0, 0));
  table.count = 0;
  return taken as unknown as T;
}

/** Adds all rows of `part` at the end of `columns`. */
export function appendColumns<T extends AnyColumns>(columns: T, part: T): void {
  reserve(columns, columns.count + part.count);
  const table = columns as unknown as Table;
  const source = part as unknown as Table;
  const filledFrom = new Map<NumberArray, NumberArray>();
  for (const name in table) {
    let column = table[name]!;
    if (typeof column === 'number') continue;
    const rows = source[name] as NumberArray;
    const other = filledFrom.get(column);
    if (other === rows) continue;
    // One array so far; in these rows the two differ.
    if (other) column = table[name] = column.slice();
    column.set(rows.subarray(0, part.count), table.count);
    filledFrom.set(column, rows);
  }
  table.count += part.count;
}

/** The buffers of a table, for the transfer list of `postMessage`. */
export function buffersOf(columns: AnyColumns): ArrayBuffer[] {
  const buffers = Object.values(columns)
    .filter((column) => ArrayBuffer.isView(column))
    .map((column) => column.buffer as ArrayBuffer);
  return [...new Set(buffers)];
}

/** The columns of a table in their fixed order, cut to `count` rows. */
export function columnsOf(columns: AnyColumns): NumberArray[] {
  return Object.values(columns)
    .filter((column) => ArrayBuffer.isView(column))
    .map((column) => (column as NumberArray).subarray(0, columns.count));
}
