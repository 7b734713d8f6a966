import {
  besideGapPx,
  layerGapPx,
  nodeSizePx,
  sourceSizePx,
  type GraphShape,
  type Placed,
  type Placing,
} from './layout.ts';

/**
 * The same arrangement with a place for each stage that has none yet: behind its parents, beside what is
 * there already. Nobody else moves.
 * @param come stages that have just come: where they are remembered to have stood they stand again, unless
 * somebody else stands there now.
 */
export function placeNew(
  stages: GraphShape,
  { vertical, places }: Placing,
  sourceId: string,
  come: ReadonlySet<string> = new Set(),
): Placing {
  const there = new Set([sourceId, ...stages.map(({ id }) => id)]);
  const taken: Placed[] = [...places].flatMap(([id, place]) =>
    there.has(id) && !come.has(id) ? [place] : [],
  );
  const missing = stages.filter(({ id }) => {
    const place = places.get(id);
    if (place === undefined) return true;
    if (!come.has(id)) return false;
    if (taken.some((other) => overlap(place, other))) return true;
    taken.push(place);
    return false;
  });
  if (missing.length === 0) return { vertical, places };
  const all = new Map(places);
  for (const { id } of missing) all.delete(id);
  for (const { id, after } of missing) {
    const parents = (after.length > 0 ? after : [sourceId]).flatMap(
      (parent) => all.get(parent) ?? [],
    );
    const place = freePlace(behind(parents, after.length === 0, vertical), taken, vertical);
    all.set(id, place);
    taken.push(place);
  }
  return { vertical, places: all };
}

/** A stage that has gone, and what it came after, by its id: undone, it comes back as it was. */
export type Gone = Map<string, string>;

/**
 * The arrangement after an edit: a stage under another id stays where it was, one that comes back stands
 * where it stood, new ones find a place.
 * @param gone is added to, for the next edit.
 */
export function placeAfterEdit(
  before: GraphShape,
  now: GraphShape,
  { vertical, places }: Placing,
  gone: Gone,
  sourceId: string,
): Placing {
  const [then, there] = [new Set(before.map(idOf)), new Set(now.map(idOf))];
  const went = before.filter(({ id }) => !there.has(id));
  const come = now.filter(({ id }) => !then.has(id));
  for (const { id, after } of went) gone.set(id, after.join());
  if (come.length === 0) return { vertical, places };
  const followed = new Map(places);
  // An id that is used again for something else has nothing to do with where the first one stood.
  for (const { id, after } of come) if (gone.get(id) !== after.join()) followed.delete(id);
  const [first, last] = [come[0]!, went[0]];
  const place = last && places.get(last.id);
  const isRenamed = went.length === 1 && come.length === 1 && before.length === now.length;
  if (isRenamed && place) {
    followed.set(first.id, place);
    followed.delete(last.id);
  }
  return placeNew(now, { vertical, places: followed }, sourceId, new Set(come.map(idOf)));
}

const idOf = ({ id }: { id: string }): string => id;

/** One layer after the last of the parents, at the height of their middle. */
function behind(parents: readonly Placed[], isRoot: boolean, vertical: boolean): Placed {
  if (parents.length === 0) return { x: 0, y: 0 };
  const size = isRoot ? sourceSizePx : nodeSizePx;
  const mean = (of: (place: Placed) => number): number =>
    parents.reduce((sum, place) => sum + of(place), 0) / parents.length;
  const last = (of: (place: Placed) => number): number => Math.max(...parents.map(of));
  // The source is smaller than a stage: their middles are level.
  if (vertical) {
    const x = mean((place) => place.x) - (nodeSizePx.width - size.width) / 2;
    return { x, y: last((place) => place.y) + size.height + layerGapPx.TB };
  }
  const y = mean((place) => place.y) - (nodeSizePx.height - size.height) / 2;
  return { x: last((place) => place.x) + size.width + layerGapPx.LR, y };
}

/** The nearest place to the wanted one, to one side and the other in turn, that overlaps nothing. */
function freePlace(wanted: Placed, taken: readonly Placed[], vertical: boolean): Placed {
  const step = (vertical ? nodeSizePx.width : nodeSizePx.height) + besideGapPx;
  for (let n = 0; ; n++) {
    const aside = step * Math.ceil(n / 2) * (n % 2 === 1 ? 1 : -1);
    const place = vertical
      ? { x: wanted.x + aside, y: wanted.y }
      : { x: wanted.x, y: wanted.y + aside };
    if (!taken.some((other) => overlap(place, other))) return place;
  }
}

/** As if all were stages: the source is a little smaller. */
export function overlap(a: Placed, b: Placed): boolean {
  return (
    Math.abs(a.x - b.x) < nodeSizePx.width + besideGapPx / 2 &&
    Math.abs(a.y - b.y) < nodeSizePx.height + besideGapPx / 2
  );
}
