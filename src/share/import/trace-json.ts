import { nestingDepth } from '../../base/nesting.ts';
import { ceilings } from '../../pipeline/ceilings.ts';
import { readJson } from './json-place.ts';
import { Refusal } from './refusal.ts';

/** A trace as its file has it. */
export interface TraceFile {
  /** Of whatever kind: nothing in it was looked at. */
  events: readonly unknown[];
  /** The list was not closed: the program that wrote it may have died. */
  isCutOff: boolean;
}

/**
 * A Chrome trace in either of its forms (Trace Event Format, Google 2016): an object with `traceEvents`, or the list
 * alone, the "]" of which may be missing.
 * @returns null: it is JSON, but neither
 * @throws {Refusal} for what is no JSON
 */
export function readTraceFile(text: string): TraceFile | { other: unknown } {
  const depth = nestingDepth(text);
  if (depth > ceilings.nesting) {
    throw new Refusal(`it is nested ${depth} deep: the ceiling is ${ceilings.nesting}`);
  }
  const { value, isCutOff } = readLenient(text);
  if (Array.isArray(value)) return { events: value, isCutOff };
  if (typeof value === 'object' && value !== null && 'traceEvents' in value) {
    if (!Array.isArray(value.traceEvents)) throw new Refusal('traceEvents takes a list');
    return { events: value.traceEvents, isCutOff };
  }
  return { other: value };
}

function readLenient(text: string): { value: unknown; isCutOff: boolean } {
  try {
    return { value: JSON.parse(text) as unknown, isCutOff: false };
  } catch {
    const whole = /^\s*\[/.test(text) ? closed(text) : null;
    // Says where it is broken.
    return whole === null
      ? { ...readJson(text), isCutOff: false }
      : { value: whole, isCutOff: true };
  }
}

/** Up to its last whole event; null: there is none. */
function closed(text: string): unknown {
  let end = text.length;
  // An event has some objects in it, so the last brace need not be its end.
  for (let attempt = 0; attempt < 4 && end > 0; attempt++) {
    end = text.lastIndexOf('}', end - 1);
    if (end < 0) return null;
    try {
      return JSON.parse(`${text.slice(0, end + 1)}]`);
    } catch {
      // Before that brace there may be another.
    }
  }
  return null;
}
