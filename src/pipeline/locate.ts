/** Where in JSON text the value at a pointer stands, so that an editor can mark it. */
import { formatPointer, parsePointer } from '../base/json-pointer.ts';
import { placeAt, scanJson, type TextPlace } from './json-syntax.ts';
import { stageNames } from './place.ts';

export interface TextRange {
  from: TextPlace;
  to: TextPlace;
}

/**
 * The range of the value at a pointer (stages by id), or of the nearest enclosing one that is there.
 * null if the text is no JSON.
 */
export function locatePointer(text: string, pointer: string): TextRange | null {
  const wanted = parsePointer(pointer);
  if (wanted === null) return null;
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return null;
  }
  if (wanted[0] === 'stages' && wanted.length > 1) {
    const index = stageNames(document).indexOf(wanted[1]!);
    if (index >= 0) wanted[1] = String(index);
  }
  const enclosing = new Map(
    wanted.map((_, depth) => [formatPointer(wanted.slice(0, depth + 1)), depth + 1] as const),
  );
  enclosing.set('', 0);
  let best: { depth: number; from: number; to: number } | null = null;
  scanJson(text, (path, from, to) => {
    if (path.length > wanted.length) return;
    const depth = enclosing.get(formatPointer(path));
    if (depth !== undefined && depth >= (best?.depth ?? 0)) best = { depth, from, to };
  });
  const found = best as { from: number; to: number } | null;
  return found && { from: placeAt(text, found.from), to: placeAt(text, found.to) };
}
