import {
  appendColumns,
  buffersOf,
  bytesOf,
  columnBytes,
  ColumnBuffer,
  makeItemColumns,
  makeMarkColumns,
  makeMemberColumns,
  makeTaskColumns,
  reserve,
  separate,
  sliceColumns,
  takeColumns,
  type SharedColumn,
} from './columns.ts';
import {
  Fate,
  type ItemColumns,
  type Mark,
  type MarkColumns,
  type MemberColumns,
  type Outcome,
  type TaskColumns,
  type Trace,
  type TraceMeta,
} from './types.ts';

/** What a trace gained since the last chunk; plain data whose buffers can be transferred. */
export interface TraceChunk {
  meta: TraceMeta;
  tasks: TaskColumns;
  members: MemberColumns;
  items: ItemColumns;
  marks: MarkColumns;
  /** Items of earlier chunks that have ended meanwhile. */
  endedItems: Int32Array;
  endedAt: Float64Array;
  endedFates: Uint8Array;
}

/** Writes a trace row by row; columns grow by doubling. */
export class TraceBuilder implements Trace {
  meta: TraceMeta;
  readonly tasks: TaskColumns;
  readonly members: MemberColumns = makeMemberColumns(16);
  readonly items: ItemColumns;
  readonly marks: MarkColumns = makeMarkColumns(64);

  #sentTasks = 0;
  #sentMembers = 0;
  #sentItems = 0;
  #sentMarks = 0;
  /** Items sent before they ended and ended since; only kept once chunks are asked for. */
  #endedSinceSent: number[] = [];

  /** @param expected rows, if known: room for them is made at once. */
  constructor(
    meta: TraceMeta,
    expected: { tasks: number; items: number } = { tasks: 256, items: 256 },
  ) {
    this.meta = meta;
    this.tasks = makeTaskColumns(expected.tasks);
    this.items = makeItemColumns(expected.items);
  }

  /** Which task columns have parted from the one they began as. */
  readonly parted: Record<SharedColumn, boolean> = {
    ready: false,
    dispatch: false,
    leave: false,
    setup: false,
    waited: false,
    bytes: false,
    held: false,
  };

  /** To be called before a row is written in which the column differs from the one it is part of. */
  part(name: SharedColumn): void {
    this.parted[name] = true;
    separate(this.tasks, name);
  }

  /** A new row, with room in every column, to be filled in. */
  taskRow(): number {
    const { tasks } = this;
    if (tasks.count === tasks.stage.length) reserve(tasks, tasks.count + 1);
    return tasks.count++;
  }

  member(item: number, arriveMs: number, outcome: Outcome): void {
    const { members } = this;
    const row = members.count;
    if (row === members.item.length) reserve(members, row + 1);
    members.item[row] = item;
    members.arrive[row] = arriveMs;
    members.outcome[row] = outcome;
    members.count = row + 1;
  }

  item(parent: number, ordinal: number, arriveMs: number): number {
    const { items } = this;
    const row = items.count;
    if (row === items.parent.length) reserve(items, row + 1);
    items.parent[row] = parent;
    items.ordinal[row] = ordinal;
    items.arrive[row] = arriveMs;
    items.end[row] = NaN;
    items.fate[row] = Fate.underWay;
    items.count = row + 1;
    return row;
  }

  itemEnded(item: number, atMs: number, fate: Fate): void {
    this.items.end[item] = atMs;
    this.items.fate[item] = fate;
    if (item < this.#sentItems) this.#endedSinceSent.push(item);
  }

  mark(timeMs: number, kind: Mark, stage: number, item: number, value: number): void {
    const { marks } = this;
    const row = marks.count;
    if (row === marks.time.length) reserve(marks, row + 1);
    marks.time[row] = timeMs;
    marks.kind[row] = kind;
    marks.stage[row] = stage;
    marks.item[row] = item;
    marks.value[row] = value;
    marks.count = row + 1;
  }

  /** Makes room for rows that will come, so that columns need not grow while a clock runs. */
  reserve(items: number, tasks: number): void {
    if (items > this.items.parent.length) reserve(this.items, items);
    if (tasks > this.tasks.stage.length) reserve(this.tasks, tasks);
  }

  /**
   * What came since the last call; with `rowsMax` at most so many rows of it (`hasMore`: call again).
   * Tasks and marks follow the items and members they name.
   */
  chunk(rowsMax = Infinity): TraceChunk {
    const ended = this.#endedSinceSent;
    let left = rowsMax;
    const upTo = (sent: number, count: number, most: number): number => {
      const end = Math.min(count, sent + most);
      left -= end - sent;
      return end;
    };
    // All items may come before the first task ends: some room is left for tasks.
    const items = upTo(this.#sentItems, this.items.count, Math.ceil(left / 2));
    const members = upTo(this.#sentMembers, this.#membersNaming(items, left), Math.ceil(left / 2));
    const tasks = upTo(this.#sentTasks, this.#tasksNaming(items, members, left), left);
    const marks = upTo(this.#sentMarks, this.#marksNaming(items, left), left);
    const { parent, end, fate } = this.items;
    const into = new ColumnBuffer(
      bytesOf(this.tasks, tasks - this.#sentTasks) +
        bytesOf(this.members, members - this.#sentMembers) +
        bytesOf(this.items, items - this.#sentItems) +
        bytesOf(this.marks, marks - this.#sentMarks) +
        [parent, end, fate].reduce((sum, like) => sum + columnBytes(like, ended.length), 0),
    );
    const chunk: TraceChunk = {
      meta: structuredClone(this.meta),
      tasks: sliceColumns(this.tasks, this.#sentTasks, tasks, into),
      members: sliceColumns(this.members, this.#sentMembers, members, into),
      items: sliceColumns(this.items, this.#sentItems, items, into),
      marks: sliceColumns(this.marks, this.#sentMarks, marks, into),
      endedItems: into.make(parent, ended.length),
      endedAt: into.make(end, ended.length),
      endedFates: into.make(fate, ended.length),
    };
    for (let i = 0; i < ended.length; i++) {
      const at = ended[i]!;
      chunk.endedItems[i] = at;
      chunk.endedAt[i] = end[at]!;
      chunk.endedFates[i] = fate[at]!;
    }
    this.#sentTasks = tasks;
    this.#sentMembers = members;
    this.#sentItems = items;
    this.#sentMarks = marks;
    this.#endedSinceSent = [];
    return chunk;
  }

  /** The end of those of the next `most` members that name nothing beyond these items; so with the others. */
  #membersNaming(items: number, most: number): number {
    const { count, item } = this.members;
    const end = Math.min(count, this.#sentMembers + most);
    if (items === this.items.count) return end;
    let row = this.#sentMembers;
    while (row < end && item[row]! < items) row++;
    return row;
  }

  #tasksNaming(items: number, members: number, most: number): number {
    const { count, item, memberStart, memberCount } = this.tasks;
    const end = Math.min(count, this.#sentTasks + most);
    if (items === this.items.count && members === this.members.count) return end;
    let row = this.#sentTasks;
    while (row < end && item[row]! < items && memberStart[row]! + memberCount[row]! <= members)
      row++;
    return row;
  }

  #marksNaming(items: number, most: number): number {
    const { count, item } = this.marks;
    const end = Math.min(count, this.#sentMarks + most);
    if (items === this.items.count) return end;
    let row = this.#sentMarks;
    while (row < end && item[row]! < items) row++;
    return row;
  }

  /** Rows are left that no chunk has had. */
  get hasMore(): boolean {
    return (
      this.#sentItems < this.items.count ||
      this.#sentMembers < this.members.count ||
      this.#sentTasks < this.tasks.count ||
      this.#sentMarks < this.marks.count
    );
  }

  append(chunk: TraceChunk): void {
    this.meta = chunk.meta;
    appendColumns(this.tasks, chunk.tasks);
    appendColumns(this.members, chunk.members);
    appendColumns(this.items, chunk.items);
    appendColumns(this.marks, chunk.marks);
    chunk.endedItems.forEach((item, i) => {
      this.items.end[item] = chunk.endedAt[i]!;
      this.items.fate[item] = chunk.endedFates[i]!;
    });
  }
}

/** The transfer list of a chunk: all its columns are in one buffer. */
export const chunkBuffers = ({ endedItems }: TraceChunk): ArrayBuffer[] => [
  endedItems.buffer as ArrayBuffer,
];

/** Takes the rows out of a trace that is complete, without spare room; it has none left then. */
export function takeRows(trace: Trace): Trace {
  return {
    meta: trace.meta,
    tasks: takeColumns(trace.tasks),
    members: takeColumns(trace.members),
    items: takeColumns(trace.items),
    marks: takeColumns(trace.marks),
  };
}

/** The transfer list of a compact trace. */
export function traceBuffers(trace: Trace): ArrayBuffer[] {
  return [trace.tasks, trace.members, trace.items, trace.marks].flatMap(buffersOf);
}
