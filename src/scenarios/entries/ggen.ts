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
  {
    id: 'containers',
    title: 'A pool of warm containers',
    teaches:
      'What it saves to set up once for each worker, and what is only moved before the clock.',
    seconds: 1,
    kind: 'synthetic',
    graph: chain('suite'),
    load: () => documentOf(import('../gallery/containers.ts')),
  },
  {
    id: 'dependency-cache',
    title: 'Fetch once, build often',
    teaches: 'That a cache helps every build but the first, and only with what is asked for again.',
    seconds: 1,
    kind: 'synthetic',
    graph: chain('fetch', 'generate'),
    load: () => documentOf(import('../gallery/dependency-cache.ts')),
  },
  {
    id: 'rebuild',
    title: 'Build again after an edit',
    teaches: 'What a cache of real results costs and saves, and why a check is no faster build.',
    seconds: 1,
    kind: 'real',
    graph: chain('checkout', 'compile', 'link'),
    load: () => documentOf(import('../gallery/rebuild.ts')),
  },
  {
    id: 'test-threads',
    title: 'Tests on eight threads',
    teaches: 'That threads beyond the cores help work that waits, and not work that computes.',
    seconds: 1,
    kind: 'synthetic',
    graph: chain('test'),
    load: () => documentOf(import('../gallery/test-threads.ts')),
  },
  {
    id: 'buffered-writes',
    title: 'Write in larger pieces',
    teaches: 'What fewer and larger writes save, and that it depends on the work between them.',
    seconds: 1,
    kind: 'real',
    graph: chain('digest', 'append'),
    load: () => documentOf(import('../gallery/buffered-writes.ts')),
  },
];
