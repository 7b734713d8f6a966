import { chain, documentOf, type GalleryEntry } from './entry.ts';

export const mahavishnu: readonly GalleryEntry[] = [
  {
    id: 'nested-limits',
    title: 'A limit inside a limit',
    teaches: 'That of two nested limits the smaller one wins, so removing the other gains nothing.',
    seconds: 2,
    kind: 'synthetic',
    system: 'B',
    graph: chain('prepare', 'call'),
    load: () => documentOf(import('../gallery/nested-limits.ts')),
  },
  {
    id: 'batching',
    title: 'Batches share a fixed cost',
    teaches:
      'How far a batch cuts the fixed cost of a call, and what a full batch makes items wait.',
    seconds: 2,
    kind: 'synthetic',
    system: 'B',
    graph: chain('fetch', 'insert'),
    load: () => documentOf(import('../gallery/batching.ts')),
  },
];
