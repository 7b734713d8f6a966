/** A value as short readable text; never throws, whatever stage code put out. */
export function preview(value: unknown, length = 160): string {
  return cut(textOf(value, 0), length);
}

/** The whole value as text, for the opened row. */
export function fullText(value: unknown, length = 20_000): string {
  if (typeof value === 'string') return cut(value, length);
  try {
    const seen = new Set<unknown>();
    const text = JSON.stringify(
      value,
      (_key, inner: unknown) => {
        if (typeof inner === 'bigint') return `${inner}n`;
        if (ArrayBuffer.isView(inner)) return textOf(inner, 0);
        if (inner instanceof Map || inner instanceof Set) return [...inner];
        if (typeof inner === 'object' && inner !== null) {
          if (seen.has(inner)) return '(again)';
          seen.add(inner);
        }
        return inner;
      },
      2,
    );
    return cut(text ?? String(value), length);
  } catch {
    return String(value);
  }
}

const cut = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length - 1)}…` : text;

function textOf(value: unknown, depth: number): string {
  if (typeof value === 'string') return depth === 0 ? value : JSON.stringify(cut(value, 60));
  if (typeof value !== 'object' || value === null) return String(value);
  if (value instanceof ArrayBuffer) return `ArrayBuffer of ${value.byteLength} bytes`;
  if (ArrayBuffer.isView(value)) return `${value.constructor.name} of ${value.byteLength} bytes`;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Error) return value.message;
  if (depth > 2) return Array.isArray(value) ? '[…]' : '{…}';
  if (Array.isArray(value)) {
    const shown = value.slice(0, 8).map((entry) => textOf(entry, depth + 1));
    return `[${shown.join(', ')}${value.length > 8 ? `, … ${value.length} in all` : ''}]`;
  }
  const entries = Object.entries(value);
  const shown = entries.slice(0, 8).map(([key, entry]) => `${key}: ${textOf(entry, depth + 1)}`);
  return `{${shown.join(', ')}${entries.length > 8 ? ', …' : ''}}`;
}
