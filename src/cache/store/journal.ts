/**
 * The journal of a namespace: what is stored, without the values. Each batch of changes adds one record, in the
 * same transaction as the values it tells of, so that the two never disagree, wherever a write breaks off. Now
 * and then a record tells everything anew, and those before it go.
 */
import type { CacheRow } from '../../base/cache-facts.ts';
import { isCacheKey } from '../../base/cache-port.ts';

/** Records of any other format are not read. */
const format = 2;

export interface StoredRow extends CacheRow {
  /** Where its value lies; ids are never used again. 0: it has not been written yet. */
  id: number;
}

/** A use of an entry, told later than it happened. */
export interface Used {
  id: number;
  usedAt: number;
  hits: number;
}

export interface JournalEntry {
  /** Consecutive. */
  seq: number;
  /** It tells everything: what came before is void. */
  isWhole: boolean;
  nextId: number;
  /** Taken in, or all there is. */
  rows: StoredRow[];
  goneIds: number[];
  used: Used[];
}

/** As it lies in the database: columns, which cost next to nothing to copy. */
interface JournalRecord {
  format: typeof format;
  seq: number;
  isWhole: boolean;
  nextId: number;
  /** One after another, 64 letters each. */
  keys: string;
  /** Ids of stages; rows name them by their place here. */
  stages: string[];
  /** `numbersPerRow` a row. */
  rows: Float64Array;
  goneIds: Float64Array;
  /** Id, time of use and hits, three numbers each. */
  used: Float64Array;
}

const keyLetters = 64;
const numbersPerRow = 8;

export function recordOf({
  seq,
  isWhole,
  nextId,
  rows,
  goneIds,
  used,
}: JournalEntry): JournalRecord {
  const places = new Map<string, number>();
  const numbers = new Float64Array(rows.length * numbersPerRow);
  rows.forEach((row, i) => {
    const place = places.get(row.stage) ?? places.size;
    places.set(row.stage, place);
    const { id, bytes, storedBytes, storedAt, usedAt, expiresAt, hits } = row;
    const columns = [id, place, bytes, storedBytes, storedAt, usedAt, expiresAt, hits];
    numbers.set(columns, i * numbersPerRow);
  });
  return {
    format,
    seq,
    isWhole,
    nextId,
    keys: rows.map(({ key }) => key).join(''),
    stages: [...places.keys()],
    rows: numbers,
    goneIds: Float64Array.from(goneIds),
    used: Float64Array.from(used.flatMap((one) => [one.id, one.usedAt, one.hits])),
  };
}

/**
 * Reads consecutive records. `after`: the last one known; 0: none, so the first must tell everything.
 * null: something else lies there, or one is missing; nothing of it can be trusted.
 */
export function readJournal(records: readonly unknown[], after: number): JournalEntry[] | null {
  const entries: JournalEntry[] = [];
  let known = after;
  for (const record of records) {
    const entry = readRecord(record);
    if (entry === null) return null;
    const follows = entry.isWhole ? entry.seq > known : known > 0 && entry.seq === known + 1;
    if (!follows) return null;
    known = entry.seq;
    entries.push(entry);
  }
  return entries;
}

function readRecord(record: unknown): JournalEntry | null {
  if (typeof record !== 'object' || record === null) return null;
  const data = record as Partial<Record<keyof JournalRecord, unknown>>;
  const { seq, isWhole, nextId, keys, stages, rows, goneIds, used } = data;
  if (data.format !== format || !isCount(seq) || !isCount(nextId)) return null;
  if (typeof isWhole !== 'boolean' || typeof keys !== 'string' || !Array.isArray(stages))
    return null;
  if (!(rows instanceof Float64Array && goneIds instanceof Float64Array)) return null;
  if (!(used instanceof Float64Array) || used.length % 3 !== 0) return null;
  if (rows.length * keyLetters !== keys.length * numbersPerRow) return null;
  const read: StoredRow[] = [];
  for (let i = 0; i < rows.length; i += numbersPerRow) {
    const at = (i / numbersPerRow) * keyLetters;
    const row = readRow(
      keys.slice(at, at + keyLetters),
      stages,
      rows.subarray(i, i + numbersPerRow),
    );
    if (row === null || row.id >= nextId) return null;
    read.push(row);
  }
  return { seq, isWhole, nextId, rows: read, goneIds: [...goneIds], used: readUsed(used) };
}

function readRow(key: string, stages: readonly unknown[], numbers: Float64Array): StoredRow | null {
  const [id, place, bytes, storedBytes, storedAt, usedAt, expiresAt, hits] =
    numbers as Float64Array & [number, number, number, number, number, number, number, number];
  const stage = stages[place];
  const isRight =
    isCacheKey(key) &&
    typeof stage === 'string' &&
    id > 0 &&
    [id, bytes, storedBytes, hits].every(isCount) &&
    [storedAt, usedAt].every(Number.isFinite) &&
    !Number.isNaN(expiresAt);
  return isRight ? { key, id, stage, bytes, storedBytes, storedAt, usedAt, expiresAt, hits } : null;
}

function readUsed(numbers: Float64Array): Used[] {
  const used: Used[] = [];
  for (let i = 0; i < numbers.length; i += 3) {
    used.push({ id: numbers[i]!, usedAt: numbers[i + 1]!, hits: numbers[i + 2]! });
  }
  return used;
}

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;
