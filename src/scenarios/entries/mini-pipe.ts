import { chain, documentOf, type GalleryEntry } from './entry.ts';

export const miniPipe: readonly GalleryEntry[] = [
  {
    id: 'router',
    title: 'A router writes down where it is',
    teaches: 'What writing state every 10th time saves, and how much of it a crash then loses.',
    seconds: 2,
    kind: 'real',
    graph: chain('route', 'handle', 'balance'),
    load: () => documentOf(import('../gallery/router.ts')),
  },
];
