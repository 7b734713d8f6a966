import { limits } from '../border.ts';

const textMax = 80;
const entriesMax = 6;
const depthMax = 4;

/** A value as short text for a person: long texts and lists are cut, depth is bounded. */
export function preview(value: unknown): string {
  return show(value, 0).slice(0, limits.inputLength);
}

function show(value: unknown, depth: number): string {
  if (typeof value === 'string') {
    return JSON.stringify(value.length > textMax ? `${value.slice(0, textMax)}…` : value);
  }
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null) return String(value);
  if (value instanceof ArrayBuffer) return `ArrayBuffer(${value.byteLength} bytes)`;
  if (ArrayBuffer.isView(value)) return `${value.constructor.name}(${value.byteLength} bytes)`;
  if (value instanceof Date)
    return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof Map) return `Map(${value.size})`;
  if (value instanceof Set) return `Set(${value.size})`;
  if (value instanceof Error) return `${value.name}: ${value.message}`.slice(0, textMax);
  if (depth === depthMax) return '…';
  if (Array.isArray(value)) {
    const shown = value.slice(0, entriesMax).map((entry) => show(entry, depth + 1));
    if (value.length > entriesMax) shown.push(`… ${value.length} in all`);
    return `[${shown.join(', ')}]`;
  }
  const keys = Object.keys(value);
  const shown = keys
    .slice(0, entriesMax)
    .map((key) => `${key}: ${show((value as Record<string, unknown>)[key], depth + 1)}`);
  if (keys.length > entriesMax) shown.push('…');
  return `{ ${shown.join(', ')} }`;
}
