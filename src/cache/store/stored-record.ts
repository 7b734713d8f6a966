import { entryOverheadBytes } from '../../base/cache-facts.ts';
import { cloneSize } from '../../base/byte-size.ts';
import { canCompress, gunzip, gzip } from './gzip.ts';
import { bytesOfValue } from './value-bytes.ts';
import { valueOfBytes } from './value-of-bytes.ts';

/** A result as it lies in the database. It names its own key: another key's value is never taken for it. */
export type StoredRecord =
  | { key: string; form: 'plain'; value: unknown }
  /** `length`: bytes when decompressed. */
  | { key: string; form: 'gzip'; bytes: Uint8Array<ArrayBuffer>; length: number };

export interface EncodedValue {
  record: StoredRecord;
  /** Size of the value as it is copied into storage. */
  bytes: number;
  /** What it takes in storage, with its share of the journal. */
  storedBytes: number;
}

/**
 * Smaller values are kept as they are: the two streams cost about 0.1 ms to set up. From here on text takes a
 * sixth of its size, and 1.6 times as long to keep and read; 1 MiB takes 3 to 5 times as long
 * (`npm run bench -- cache-store` measures it).
 */
export const compressFromBytes = 16 * 1024;

/** Worth compressing, where the platform can. */
export const isLarge = (value: unknown): boolean =>
  canCompress() && cloneSize(value) >= compressFromBytes;

export function encodePlain(key: string, value: unknown): EncodedValue {
  const bytes = cloneSize(value);
  const record: StoredRecord = { key, form: 'plain', value };
  return { record, bytes, storedBytes: bytes + entryOverheadBytes };
}

/** Compressed, if that makes it smaller and it comes back exactly. */
export async function encodeSmaller(key: string, value: unknown): Promise<EncodedValue> {
  const plain = encodePlain(key, value);
  const written = bytesOfValue(value);
  if (written === null) return plain;
  const bytes = await gzip(written);
  if (bytes.length >= plain.bytes) return plain;
  const record: StoredRecord = { key, form: 'gzip', bytes, length: written.length };
  return { record, bytes: plain.bytes, storedBytes: bytes.length + entryOverheadBytes };
}

/** The value under this key; null: whatever lies there is not its record, or is damaged. */
export function decodeRecord(record: unknown, key: string): Decoded | Promise<Decoded> {
  if (typeof record !== 'object' || record === null) return null;
  const data = record as Partial<Record<'key' | 'form' | 'value' | 'bytes' | 'length', unknown>>;
  if (data.key !== key) return null;
  if (data.form === 'plain') return 'value' in data ? { value: data.value } : null;
  const { bytes, length } = data;
  const isGzip = data.form === 'gzip' && bytes instanceof Uint8Array;
  return isGzip ? decompressed(bytes as Uint8Array<ArrayBuffer>, length) : null;
}

export type Decoded = { value: unknown } | null;

async function decompressed(bytes: Uint8Array<ArrayBuffer>, length: unknown): Promise<Decoded> {
  try {
    const written = await gunzip(bytes);
    return written.length === length ? { value: valueOfBytes(written) } : null;
  } catch {
    return null;
  }
}
