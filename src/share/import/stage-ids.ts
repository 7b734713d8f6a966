import { idFrom } from '../../pipeline/rules-graph.ts';

/** An id has at most 64 letters: room for a number behind it. */
const stemLetters = 56;

/** A stage id for each name; what would repeat is numbered. */
export function stageIds(names: readonly string[]): string[] {
  const taken = new Set<string>();
  /** Where to go on for a stem: a thousand equal names would else be a million attempts. */
  const nextOf = new Map<string, number>();
  return names.map((name) => {
    const stem = idFrom(name).slice(0, stemLetters).replace(/-+$/, '');
    let free = stem;
    let next = nextOf.get(stem) ?? 2;
    while (taken.has(free)) free = `${stem}-${next++}`;
    nextOf.set(stem, next);
    taken.add(free);
    return free;
  });
}
