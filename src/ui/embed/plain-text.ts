import { fail, ok, type Result } from '../../base/result.ts';
import { formatBytes } from '../../base/units.ts';
import { ceilings } from '../../pipeline/ceilings.ts';

const tooLarge = `The document has more than ${formatBytes(ceilings.documentBytes)}, the ceiling.`;
const tooDeep = `The document is nested too deeply: the ceiling is ${ceilings.nesting}.`;
const notPlain =
  'The document is no plain data: send what its JSON text stands for, or that text itself.';

/**
 * JSON text of a document that came by message. Such a value may hold itself, or one part in many places, so that a
 * small message stands for gigabytes of text: it is walked first, and no further than a document may go.
 */
export function plainText(value: unknown): Result<string> {
  if (typeof value === 'string') return ok(value);
  let left: number = ceilings.documentBytes;

  /** The first thing wrong with it; null: nothing. */
  function faultIn(part: unknown, depth: number): string | null {
    left -= typeof part === 'string' ? part.length + 2 : 1;
    if (left < 0) return tooLarge;
    // A field that is undefined says the same as one that is not there.
    if (part == null || typeof part === 'string' || typeof part === 'boolean') return null;
    if (typeof part === 'number') return Number.isFinite(part) ? null : notPlain;
    if (depth >= ceilings.nesting) return tooDeep;
    if (Array.isArray(part)) {
      // A list of nothing may call itself four thousand million long.
      if (part.length > left) return tooLarge;
      return firstFault(part, depth);
    }
    if (typeof part !== 'object' || Object.getPrototypeOf(part) !== Object.prototype)
      return notPlain;
    for (const name of Object.keys(part)) left -= name.length + 3;
    return firstFault(Object.values(part), depth);
  }
  function firstFault(parts: readonly unknown[], depth: number): string | null {
    for (const part of parts) {
      const fault = faultIn(part, depth + 1);
      if (fault !== null) return fault;
    }
    return null;
  }

  const fault = faultIn(value, 0);
  return fault === null ? ok(JSON.stringify(value)) : fail(fault);
}
