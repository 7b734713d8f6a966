import { digestHexOfParts } from '../base/digest.ts';
import { columnsOf } from './columns.ts';
import type { Trace } from './types.ts';

/**
 * SHA-256 over all columns of a trace, hex: equal digests are equal schedules, bit for bit. (Columns
 * are in the machine's byte order, which is little-endian wherever a browser runs.)
 */
export function traceDigest(trace: Trace): string {
  const columns = [trace.tasks, trace.members, trace.items, trace.marks].flatMap(columnsOf);
  return digestHexOfParts(
    columns.map((column) => new Uint8Array(column.buffer, column.byteOffset, column.byteLength)),
  );
}
