import { digestHexOfParts } from '../base/digest.ts';
import { columnsOf, type NumberArray } from './columns.ts';
import type { Trace } from './types.ts';

/**
 * SHA-256 over all columns of a trace, hex: equal digests are equal schedules, bit for bit. (Columns
 * are in the machine's byte order, which is little-endian wherever a browser runs.)
 */
export function traceDigest(trace: Trace): string {
  const columns = [trace.tasks, trace.members, trace.items, trace.marks].flatMap(columnsOf);
  return digestHexOfParts(columns.map(bytesOf));
}

/** The upper half of the one NaN that is digested (its lower half is 0). */
const nanHigh = 0x7ff80000;

/** A NaN has many bit patterns and an engine may store any: here they all become one. */
function bytesOf(column: NumberArray): Uint8Array {
  const bytes = new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
  if (!(column instanceof Float64Array) || !column.some(Number.isNaN)) return bytes;
  const words = new Uint32Array(bytes.slice().buffer);
  for (let i = 0; i < column.length; i++) {
    if (!Number.isNaN(column[i])) continue;
    words[2 * i] = 0;
    words[2 * i + 1] = nanHigh;
  }
  return new Uint8Array(words.buffer);
}
