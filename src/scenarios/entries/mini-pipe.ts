import { chain, documentOf, type GalleryEntry } from './entry.ts';

/** Ways of doing the same, fed by one stage and compared by another. */
function contest(...ways: string[]): GalleryEntry['graph'] {
  return [
    { id: 'make', after: [] },
    ...ways.map((id) => ({ id, after: ['make'] })),
    { id: 'same', after: ways },
  ];
}

export const miniPipe: readonly GalleryEntry[] = [
  {
    id: 'router',
    title: 'A router writes down where it is',
    teaches: 'What writing state every 10th time saves, and how much of it a crash then loses.',
    seconds: 2,
    kind: 'real',
    system: 'A',
    graph: chain('route', 'handle', 'balance'),
    load: () => documentOf(import('../gallery/router.ts')),
  },
  {
    id: 'status-checks',
    title: 'Is this step still active?',
    teaches: 'That a list of two is as good as a set of two, and when making a set costs time.',
    seconds: 1,
    kind: 'real',
    system: 'A',
    graph: contest('array', 'per-check', 'per-call', 'hoisted'),
    load: () => documentOf(import('../gallery/status-checks.ts')),
  },
  {
    id: 'clustering',
    title: 'Clusters by three loops or by a heap',
    teaches: 'How n³ and n² log n part as n grows, and that for small n the loops are as fast.',
    seconds: 1,
    kind: 'real',
    system: 'A',
    graph: contest('all-pairs', 'with-heap'),
    load: () => documentOf(import('../gallery/clustering.ts')),
  },
  {
    id: 'sorting',
    title: 'Rounds of tasks, in passes or by counts',
    teaches: 'That a better algorithm gains on dense graphs, and little on sparse ones.',
    seconds: 1,
    kind: 'real',
    system: 'A',
    graph: contest('passes', 'counts'),
    load: () => documentOf(import('../gallery/sorting.ts')),
  },
  {
    id: 'cycles',
    title: 'Circles, by copied paths or by one',
    teaches: 'That memory saved by backtracking depends on how deep a graph is, not how large.',
    seconds: 1,
    kind: 'real',
    system: 'A',
    graph: contest('copied-path', 'one-path'),
    load: () => documentOf(import('../gallery/cycles.ts')),
  },
  {
    id: 'orchestrator',
    title: 'What an orchestrator spends its time on',
    teaches: 'That parts made several times faster change nothing where they are a small share.',
    seconds: 1,
    kind: 'real',
    system: 'A',
    graph: chain('plan', 'route', 'run', 'report'),
    load: () => documentOf(import('../gallery/orchestrator.ts')),
  },
];
