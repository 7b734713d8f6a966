import type { ClaimsList, GalleryEntry } from '../services.ts';

/** An entry with the claims that it lets one test. */
export interface GalleryCard {
  entry: GalleryEntry;
  claims: { id: string; says: string }[];
  /** What it is found by, in lower case. */
  words: string;
}
export interface GalleryGroup {
  title: string;
  about: string;
  cards: GalleryCard[];
}
export type GalleryKind = 'all' | 'real' | 'synthetic' | 'lesson';

export const kindWords = (entry: GalleryEntry): string =>
  entry.kind === 'real' ? 'real code' : 'synthetic';

/** All entries, under a heading each: what one begins with, the lessons, then system by system. */
export function galleryGroups(
  entries: readonly GalleryEntry[],
  { claims, systems }: ClaimsList,
): GalleryGroup[] {
  const headings: (Pick<GalleryGroup, 'title' | 'about'> & { has(of: GalleryEntry): boolean })[] = [
    {
      title: 'First steps',
      about: 'one idea each',
      has: ({ isLesson, system }) => !isLesson && system === undefined,
    },
    {
      title: 'Lessons',
      about: 'guess first, run, and see why',
      has: ({ isLesson }) => isLesson === true,
    },
    ...systems.map(({ letter, name, about }) => ({
      title: `${letter}. ${name}`,
      about,
      has: ({ isLesson, system }: GalleryEntry) => !isLesson && system === letter,
    })),
    {
      title: 'More',
      about: 'of projects that could not be loaded',
      has: ({ isLesson, system }) =>
        !isLesson && system !== undefined && !systems.some(({ letter }) => letter === system),
    },
  ];
  /** A document is of the project whose claims name it, even where it does not say so itself. */
  const placed = entries.map((entry): GalleryEntry => {
    const letter = claims.find(({ scenario }) => scenario === entry.id)?.id.charAt(0);
    const { system = systems.find((one) => one.letter === letter)?.letter } = entry;
    return { ...entry, ...(system && { system }) };
  });
  return headings.flatMap(({ title, about, has }) => {
    const cards = placed.filter(has).map((entry): GalleryCard => {
      const own = claims.filter(({ scenario }) => scenario === entry.id);
      const words = [
        ...[entry.id, entry.title, entry.teaches, kindWords(entry), title],
        ...own.flatMap(({ id, says }) => [id, says]),
      ];
      return {
        entry,
        claims: own.map(({ id, says }) => ({ id, says })),
        words: words.join(' ').toLowerCase(),
      };
    });
    return cards.length > 0 ? [{ title, about, cards }] : [];
  });
}

const isOfKind = ({ kind, isLesson }: GalleryEntry, wanted: GalleryKind): boolean =>
  wanted === 'all' || (wanted === 'lesson' ? isLesson === true : kind === wanted);

/** The cards that have every word of the query in them; groups without any are left out. */
export function foundGroups(
  groups: readonly GalleryGroup[],
  query: string,
  kind: GalleryKind,
): GalleryGroup[] {
  const needles = query.toLowerCase().split(/\s+/).filter(Boolean);
  return groups.flatMap((group) => {
    const cards = group.cards.filter(
      ({ entry, words }) =>
        isOfKind(entry, kind) && needles.every((needle) => words.includes(needle)),
    );
    return cards.length > 0 ? [{ ...group, cards }] : [];
  });
}
