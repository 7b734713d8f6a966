import { chain, documentOf, type GalleryEntry } from './entry.ts';

export const firstSteps: readonly GalleryEntry[] = [
  {
    id: 'two-workers',
    title: 'One worker, then two',
    teaches: 'When a second worker halves the time, and when there is nothing left for it to do.',
    seconds: 1,
    kind: 'synthetic',
    graph: chain('work'),
    load: () => documentOf(import('../gallery/two-workers.ts')),
  },
  {
    id: 'back-pressure',
    title: 'Back pressure',
    teaches: 'How a slow stage holds a fast one back, and that larger buffers do not speed it up.',
    seconds: 1,
    kind: 'synthetic',
    graph: chain('fast', 'slow'),
    load: () => documentOf(import('../gallery/back-pressure.ts')),
  },
  {
    id: 'fork-join',
    title: 'Fork and join',
    teaches: 'That a join waits for its slower branch, so only that branch is worth speeding up.',
    seconds: 1,
    kind: 'synthetic',
    graph: [
      { id: 'split', after: [] },
      { id: 'short', after: ['split'] },
      { id: 'long', after: ['split'] },
      { id: 'join', after: ['short', 'long'] },
    ],
    load: () => documentOf(import('../gallery/fork-join.ts')),
  },
];
