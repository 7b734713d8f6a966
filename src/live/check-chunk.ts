import type { TraceChunk } from '../trace/builder.ts';
import {
  makeItemColumns,
  makeMarkColumns,
  makeMemberColumns,
  makeTaskColumns,
  type AnyColumns,
} from '../trace/columns.ts';
import {
  Fate,
  Gate,
  Mark,
  Outcome,
  type ItemBooks,
  type StageMeta,
  type TraceMeta,
} from '../trace/types.ts';
import { limits } from './border.ts';

/** What is known of the trace so far, and of the plan it belongs to. */
export interface ChunkBounds {
  stageIds: readonly string[];
  workers: number;
  /** Rows received up to now. */
  tasks: number;
  members: number;
  items: number;
  marks: number;
}

type Data = Record<string, unknown>;
const isRecord = (value: unknown): value is Data => typeof value === 'object' && value !== null;

/** A piece of the trace, if every column has its type and length and every index points at something. */
export function checkChunk(data: unknown, bounds: ChunkBounds): TraceChunk | null {
  if (!isRecord(data)) return null;
  const meta = checkMeta(data['meta'], bounds.stageIds);
  const tasks = checkColumns(data['tasks'], makeTaskColumns(0));
  const members = checkColumns(data['members'], makeMemberColumns(0));
  const items = checkColumns(data['items'], makeItemColumns(0));
  const marks = checkColumns(data['marks'], makeMarkColumns(0));
  if (!meta || !tasks || !members || !items || !marks) return null;
  const { endedItems, endedAt, endedFates } = data;
  if (!(endedItems instanceof Int32Array) || !(endedAt instanceof Float64Array)) return null;
  if (!(endedFates instanceof Uint8Array)) return null;
  const ended = endedItems.length;
  if (endedAt.length !== ended || endedFates.length !== ended) return null;

  const rows = tasks.count + members.count + items.count + marks.count;
  const rowsBefore = bounds.tasks + bounds.members + bounds.items + bounds.marks;
  if (rows > limits.chunkRows || rowsBefore + rows > limits.traceRows) return null;

  const stages = bounds.stageIds.length;
  const itemRows = bounds.items + items.count;
  const memberRows = bounds.members + members.count;
  const worst = Math.max(...Object.values(Fate));
  const isWithin =
    within(tasks.stage, 0, stages - 1) &&
    within(tasks.worker, -1, bounds.workers - 1) &&
    within(tasks.item, 0, itemRows - 1) &&
    within(tasks.memberStart, -1, memberRows) &&
    within(tasks.outcome, 0, Math.max(...Object.values(Outcome))) &&
    membersFit(tasks.memberStart, tasks.memberCount, memberRows) &&
    within(members.item, 0, itemRows - 1) &&
    within(members.outcome, 0, Math.max(...Object.values(Outcome))) &&
    parentsComeFirst(items.parent, bounds.items) &&
    ordinalsFit(items.parent, items.ordinal, stages) &&
    within(items.fate, 0, worst) &&
    within(marks.kind, 0, Math.max(...Object.values(Mark))) &&
    within(marks.stage, -1, stages - 1) &&
    within(marks.item, -1, Math.max(itemRows, bounds.workers) - 1) &&
    gatesFit(marks.kind, marks.value) &&
    within(endedItems, 0, bounds.items - 1) &&
    within(endedFates, 0, worst) &&
    [tasks.arrive, tasks.ready, tasks.dispatch, tasks.start, tasks.end, tasks.leave].every(
      areTimes,
    ) &&
    areTimes(members.arrive) &&
    areTimes(items.arrive) &&
    areTimes(marks.time);
  if (!isWithin) return null;
  return { meta, tasks, members, items, marks, endedItems, endedAt, endedFates };
}

/** The same columns as `like`, all of the length that `count` says. */
function checkColumns<T extends AnyColumns>(data: unknown, like: T): T | null {
  if (!isRecord(data)) return null;
  const { count } = data;
  if (!Number.isInteger(count) || (count as number) < 0) return null;
  const columns: Data = { count };
  for (const [name, column] of Object.entries(like)) {
    if (name === 'count') continue;
    const found = data[name];
    if (!(found instanceof (column.constructor as new () => object))) return null;
    if ((found as Uint8Array).length !== count) return null;
    columns[name] = found;
  }
  return columns as unknown as T;
}

function within(column: ArrayLike<number>, min: number, max: number): boolean {
  for (let i = 0; i < column.length; i++) {
    if (column[i]! < min || column[i]! > max) return false;
  }
  return true;
}

function areTimes(column: Float64Array): boolean {
  for (let i = 0; i < column.length; i++) if (!Number.isFinite(column[i])) return false;
  return true;
}

function membersFit(start: Int32Array, count: Int32Array, rows: number): boolean {
  for (let i = 0; i < start.length; i++) {
    if (count[i]! < 0 || (start[i]! >= 0 && start[i]! + count[i]! > rows)) return false;
  }
  return true;
}

/** Lineage goes up and ends: every parent is an earlier row. */
function parentsComeFirst(parent: Int32Array, before: number): boolean {
  for (let i = 0; i < parent.length; i++) {
    if (parent[i]! < -2 || parent[i]! >= before + i) return false;
  }
  return true;
}

/** Results and copies name a stage in their ordinal. */
function ordinalsFit(parent: Int32Array, ordinal: Int32Array, stages: number): boolean {
  for (let i = 0; i < parent.length; i++) {
    const at = ordinal[i]!;
    if (parent[i] === -2 ? at < 0 || at >= stages : at < -1 - stages) return false;
  }
  return true;
}

function gatesFit(kind: Uint8Array, value: Float64Array): boolean {
  const last = Math.max(...Object.values(Gate));
  for (let i = 0; i < kind.length; i++) {
    if (kind[i] === Mark.gate && !(value[i]! >= 0 && value[i]! <= last)) return false;
  }
  return true;
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && value >= 0;

function checkMeta(data: unknown, stageIds: readonly string[]): TraceMeta | null {
  if (!isRecord(data)) return null;
  const { workers, cores, tasksPerWorker, makespan, ended, note, memoryPeak } = data;
  const items = checkBooks(data['items']);
  const results = checkBooks(data['results']);
  const { stages } = data;
  if (!items || !results || !Array.isArray(stages) || stages.length !== stageIds.length)
    return null;
  const metas = stages.map((one, i) => checkStage(one, stageIds[i]!));
  if (metas.includes(null)) return null;
  for (const number of [workers, cores, tasksPerWorker, makespan, memoryPeak]) {
    if (!isNumber(number)) return null;
  }
  const endings = ['running', 'done', 'stopped', 'stalled', 'failed'] as const;
  const ending = endings.find((one) => one === ended);
  if (ending === undefined || typeof note !== 'string') return null;
  return {
    machine: 'live',
    stages: metas as StageMeta[],
    workers: workers as number,
    cores: cores as number,
    tasksPerWorker: tasksPerWorker as number,
    makespan: makespan as number,
    ended: ending,
    note: note.slice(0, limits.textLength),
    items,
    results,
    memoryPeak: memoryPeak as number,
  };
}

function checkBooks(data: unknown): ItemBooks | null {
  if (!isRecord(data)) return null;
  const { emitted, delivered, failed, dropped, cancelled } = data;
  for (const count of [emitted, delivered, failed, dropped, cancelled])
    if (!isNumber(count)) return null;
  return { emitted, delivered, failed, dropped, cancelled } as ItemBooks;
}

const stageCounts = [
  'received',
  'delivered',
  'failed',
  'dropped',
  'cancelled',
  'inside',
  'tasks',
  'retried',
  'timedOut',
  'cacheHits',
] as const;

function checkStage(data: unknown, id: string): StageMeta | null {
  if (!isRecord(data) || data['id'] !== id || typeof data['name'] !== 'string') return null;
  const stage: Data = { id, name: data['name'].slice(0, limits.textLength) };
  for (const name of stageCounts) {
    if (!isNumber(data[name])) return null;
    stage[name] = data[name];
  }
  for (const name of ['capacity', 'permits']) {
    if (data[name] !== null && !isNumber(data[name])) return null;
    stage[name] = data[name];
  }
  return stage as unknown as StageMeta;
}
