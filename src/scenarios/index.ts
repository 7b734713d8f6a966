import type { PipelineDocument } from '../pipeline/types.ts';

/** One card of the gallery. Its document is fetched only when it is asked for. */
export interface GalleryEntry {
  /** What the terminal and links call it. */
  id: string;
  title: string;
  /** One sentence: what one learns from it. */
  teaches: string;
  /** About how long one run takes on a 2-core machine. */
  seconds: number;
  /** "real" runs code on real input, "synthetic" plays declared durations. */
  kind: 'real' | 'synthetic';
  /** Ids and parents of its stages, for a small picture. */
  graph: { id: string; after: string[] }[];
  load(): Promise<PipelineDocument>;
}

/** A document of the gallery, as each file in `gallery/` exports it. */
type DocumentModule = Promise<{ document: PipelineDocument }>;

/** The shipped documents, in the order they are shown. */
export const gallery: GalleryEntry[] = [
  {
    id: 'simtask',
    title: 'Find duplicated functions',
    teaches: 'How near two workers come to twice the speed when one stage must see everything.',
    seconds: 2,
    kind: 'real',
    graph: chain('scan', 'extract', 'embed', 'cluster', 'report'),
    load: () => documentOf(import('./gallery/simtask.ts')),
  },
  {
    id: 'boardrev',
    title: 'Match tasks to files',
    teaches: 'What a barrier costs that waits for all files, and what a fold does without one.',
    seconds: 1,
    kind: 'real',
    graph: [
      { id: 'hash', after: [] },
      { id: 'terms', after: ['hash'] },
      { id: 'match', after: ['terms'] },
      { id: 'manifest', after: ['hash'] },
    ],
    load: () => documentOf(import('./gallery/boardrev.ts')),
  },
  {
    id: 'readmeflow',
    title: 'Write a page for each package',
    teaches: 'How a fork and a zip keep the two halves of one item together.',
    seconds: 1,
    kind: 'real',
    graph: [
      { id: 'read', after: [] },
      { id: 'exports', after: ['read'] },
      { id: 'outline', after: ['read'] },
      { id: 'write', after: ['exports', 'outline'] },
    ],
    load: () => documentOf(import('./gallery/readmeflow.ts')),
  },
  {
    id: 'router',
    title: 'A router writes down where it is',
    teaches: 'What writing state every 10th time saves, and how much of it a crash then loses.',
    seconds: 2,
    kind: 'real',
    graph: chain('route', 'handle', 'balance'),
    load: () => documentOf(import('./gallery/router.ts')),
  },
  {
    id: 'ggen',
    title: 'A delivery pipeline of six stages',
    teaches: 'What running independent stages side by side saves when nothing else changes.',
    seconds: 1,
    kind: 'synthetic',
    graph: chain('selection', 'generation', 'cleanroom', 'tests', 'validation', 'report'),
    load: () => documentOf(import('./gallery/ggen.ts')),
  },
  {
    id: 'two-workers',
    title: 'One worker, then two',
    teaches: 'When a second worker halves the time, and when there is nothing left for it to do.',
    seconds: 1,
    kind: 'synthetic',
    graph: chain('work'),
    load: () => documentOf(import('./gallery/two-workers.ts')),
  },
  {
    id: 'back-pressure',
    title: 'Back pressure',
    teaches: 'How a slow stage holds a fast one back, and that larger buffers do not speed it up.',
    seconds: 1,
    kind: 'synthetic',
    graph: chain('fast', 'slow'),
    load: () => documentOf(import('./gallery/back-pressure.ts')),
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
    load: () => documentOf(import('./gallery/fork-join.ts')),
  },
  {
    id: 'nested-limits',
    title: 'A limit inside a limit',
    teaches: 'That of two nested limits the smaller one wins, so removing the other gains nothing.',
    seconds: 2,
    kind: 'synthetic',
    graph: chain('prepare', 'call'),
    load: () => documentOf(import('./gallery/nested-limits.ts')),
  },
  {
    id: 'batching',
    title: 'Batches share a fixed cost',
    teaches:
      'How far a batch cuts the fixed cost of a call, and what a full batch makes items wait.',
    seconds: 2,
    kind: 'synthetic',
    graph: chain('fetch', 'insert'),
    load: () => documentOf(import('./gallery/batching.ts')),
  },
  {
    id: 'overload',
    title: 'Too much to do',
    teaches: 'What throttling, dropping and growing each cost when more comes in than can be done.',
    seconds: 2,
    kind: 'synthetic',
    graph: chain('receive', 'handle'),
    load: () => documentOf(import('./gallery/overload.ts')),
  },
];

function chain(...ids: string[]): { id: string; after: string[] }[] {
  return ids.map((id, index) => ({ id, after: ids.slice(Math.max(0, index - 1), index) }));
}

async function documentOf(module: DocumentModule): Promise<PipelineDocument> {
  return (await module).document;
}
