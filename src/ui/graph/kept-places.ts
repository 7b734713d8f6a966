import type { Settings } from '../services.ts';
import type { Placing } from './layout.ts';

const name = 'graph-places';
/** Arrangements that are remembered; the one that was changed longest ago goes first. */
const worksMax = 24;
/** Of all of them together: local storage holds about five million letters in all. */
const lettersMax = 400_000;

type Kept = [work: string, vertical: boolean, places: Record<string, [x: number, y: number]>][];

/**
 * Where the reader put the nodes of a piece of work. It is no part of the document: nothing that a pipeline
 * does depends on it. null: they stand where the layout puts them.
 */
export function keptPlaces(settings: Settings, work: string): Placing | null {
  const found = read(settings).find(([id]) => id === work);
  if (!found) return null;
  const [, vertical, places] = found;
  return {
    vertical,
    places: new Map(Object.entries(places).map(([id, [x, y]]) => [id, { x, y }])),
  };
}

/** null: forgets them. */
export function keepPlaces(settings: Settings, work: string, arranged: Placing | null): void {
  const others = read(settings).filter(([id]) => id !== work);
  const whole = Math.round;
  const places = [...(arranged?.places ?? [])].map(([id, { x, y }]) => [id, [whole(x), whole(y)]]);
  const kept = arranged
    ? [[work, arranged.vertical, Object.fromEntries(places)] as Kept[number], ...others]
    : others;
  let last = Math.min(kept.length, worksMax);
  let text = JSON.stringify(kept.slice(0, last));
  while (text.length > lettersMax && last > 0) text = JSON.stringify(kept.slice(0, --last));
  settings.set(name, last === 0 ? null : text);
}

function read(settings: Settings): Kept {
  try {
    const kept: unknown = JSON.parse(settings.get(name) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isKept) : [];
  } catch {
    // Written by another version, or by hand: they are laid out anew.
    return [];
  }
}

function isKept(entry: unknown): entry is Kept[number] {
  if (!Array.isArray(entry)) return false;
  const [work, vertical, places] = entry as unknown[];
  return (
    typeof work === 'string' &&
    typeof vertical === 'boolean' &&
    typeof places === 'object' &&
    places !== null &&
    Object.values(places).every(
      (place) => Array.isArray(place) && place.length === 2 && place.every(Number.isFinite),
    )
  );
}
