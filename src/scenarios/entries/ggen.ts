import { chain, documentOf, type GalleryEntry } from './entry.ts';

export const ggen: readonly GalleryEntry[] = [
  {
    id: 'ggen',
    title: 'A delivery pipeline of six stages',
    teaches: 'What running independent stages side by side saves when nothing else changes.',
    seconds: 1,
    kind: 'synthetic',
    graph: chain('selection', 'generation', 'cleanroom', 'tests', 'validation', 'report'),
    load: () => documentOf(import('../gallery/ggen.ts')),
  },
];
