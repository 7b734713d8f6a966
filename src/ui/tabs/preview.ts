import { jsonText, plain } from './json-text.ts';

/** A value as short readable text; never throws, whatever stage code put out. */
export function preview(value: unknown, length = 160): string {
  return cut(textOf(value, 0), length);
}

/** The whole value as text, for the opened row. */
export function fullText(value: unknown, length = 20_000): string {
  if (typeof value === 'string') return cut(value, length);
  // Megabytes of bytes are told of, not shown.
  const standsFor = (inner: object): unknown => (isBytes(inner) ? textOf(inner, 0) : plain(inner));
  return cut(isBytes(value) ? textOf(value, 0) : jsonText(value, 2, standsFor), length);
}

const isBytes = (value: unknown): boolean =>
  value instanceof ArrayBuffer || ArrayBuffer.isView(value);

const cut = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length - 1)}…` : text;

function textOf(value: unknown, depth: number): string {
  if (typeof value === 'string') return depth === 0 ? value : JSON.stringify(cut(value, 60));
  if (typeof value !== 'object' || value === null) return String(value);
  if (value instanceof ArrayBuffer) return `ArrayBuffer of ${value.byteLength} bytes`;
  if (ArrayBuffer.isView(value)) return `${value.constructor.name} of ${value.byteLength} bytes`;
  if (value instanceof Date) return Number.isNaN(+value) ? 'Invalid Date' : value.toISOString();
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (value instanceof RegExp) return String(value);
  if (value instanceof Blob) return `${value.constructor.name} of ${value.size} bytes`;
  if (depth > 2) return Array.isArray(value) ? '[…]' : '{…}';
  if (Array.isArray(value)) {
    const shown = value.slice(0, 8).map((entry) => textOf(entry, depth + 1));
    return `[${shown.join(', ')}${value.length > 8 ? `, … ${value.length} in all` : ''}]`;
  }
  if (value instanceof Map) return `Map of ${value.size} ${textOf([...value], depth)}`;
  if (value instanceof Set) return `Set of ${value.size} ${textOf([...value], depth)}`;
  const entries = Object.entries(value);
  const shown = entries.slice(0, 8).map(([key, entry]) => `${key}: ${textOf(entry, depth + 1)}`);
  return `{${shown.join(', ')}${entries.length > 8 ? ', …' : ''}}`;
}
