import { chain, documentOf, type GalleryEntry } from './entry.ts';

export const pipelinesCore: readonly GalleryEntry[] = [
  {
    id: 'simtask',
    title: 'Find duplicated functions',
    teaches: 'How near two workers come to twice the speed when one stage must see everything.',
    seconds: 2,
    kind: 'real',
    system: 'C',
    graph: chain('scan', 'extract', 'embed', 'cluster', 'report'),
    load: () => documentOf(import('../gallery/simtask.ts')),
  },
  {
    id: 'boardrev',
    title: 'Match tasks to files',
    teaches: 'What a barrier costs that waits for all files, and what a fold does without one.',
    seconds: 1,
    kind: 'real',
    system: 'C',
    graph: [
      { id: 'hash', after: [] },
      { id: 'terms', after: ['hash'] },
      { id: 'match', after: ['terms'] },
      { id: 'manifest', after: ['hash'] },
    ],
    load: () => documentOf(import('../gallery/boardrev.ts')),
  },
  {
    id: 'readmeflow',
    title: 'Write a page for each package',
    teaches: 'How a fork and a zip keep the two halves of one item together.',
    seconds: 1,
    kind: 'real',
    system: 'C',
    graph: [
      { id: 'read', after: [] },
      { id: 'exports', after: ['read'] },
      { id: 'outline', after: ['read'] },
      { id: 'write', after: ['exports', 'outline'] },
    ],
    load: () => documentOf(import('../gallery/readmeflow.ts')),
  },
  {
    id: 'overload',
    title: 'Too much to do',
    teaches: 'What throttling, dropping and growing each cost when more comes in than can be done.',
    seconds: 2,
    kind: 'synthetic',
    system: 'C',
    graph: chain('receive', 'handle'),
    load: () => documentOf(import('../gallery/overload.ts')),
  },
];
