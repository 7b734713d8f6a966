import { analyses, gates, streams } from '../claims/quality-gates/figures.ts';
import { chain, documentOf, type GalleryEntry } from './entry.ts';

const roots = (ids: readonly string[]): GalleryEntry['graph'] =>
  ids.map((id) => ({ id, after: [] }));
const idsOf = (list: readonly { id: string }[]): string[] => list.map(({ id }) => id);

export const qualityGates: readonly GalleryEntry[] = [
  {
    id: 'quality-gates',
    title: 'Five gates and a report',
    teaches: 'That set-ups side by side do not add up, and that a tighter limit speeds nothing up.',
    seconds: 1,
    kind: 'synthetic',
    graph: [...roots(idsOf(gates)), { id: 'consolidate', after: idsOf(gates) }],
    load: () => documentOf(import('../gallery/quality-gates.ts')),
  },
  {
    id: 'runner-classes',
    title: 'Wait for the right machine',
    teaches: 'What it costs when work may run on one kind of machine only, and others stand idle.',
    seconds: 1,
    kind: 'synthetic',
    graph: roots(idsOf(analyses)),
    load: () => documentOf(import('../gallery/runner-classes.ts')),
  },
  {
    id: 'eight-streams',
    title: 'Eight streams and a priority',
    teaches: 'That a priority decides nothing as long as there is a machine for everybody.',
    seconds: 1,
    kind: 'synthetic',
    graph: [...roots(idsOf(streams)), { id: 'report', after: idsOf(streams) }],
    load: () => documentOf(import('../gallery/eight-streams.ts')),
  },
  {
    id: 'consolidation',
    title: 'Consolidate as results come',
    teaches: 'What a fold saves where a barrier waits for all, and what looking seldom costs.',
    seconds: 1,
    kind: 'synthetic',
    graph: chain('analyse', 'collect', 'consolidate'),
    load: () => documentOf(import('../gallery/consolidation.ts')),
  },
  {
    id: 'environments',
    title: 'Install once or six times',
    teaches:
      'When a set-up for each task costs more than one for each worker, and when it does not.',
    seconds: 1,
    kind: 'synthetic',
    graph: chain('stream'),
    load: () => documentOf(import('../gallery/environments.ts')),
  },
  {
    id: 'lazy-set-up',
    title: 'Load what is needed',
    teaches: 'What lazy loading saves who starts often, and that it saves nothing who stays.',
    seconds: 1,
    kind: 'real',
    graph: chain('analyse'),
    load: () => documentOf(import('../gallery/lazy-set-up.ts')),
  },
  {
    id: 'detectors',
    title: 'Make detectors once',
    teaches: 'How much time is saved by objects that are used again, which no count of them tells.',
    seconds: 1,
    kind: 'real',
    graph: chain('analyse'),
    load: () => documentOf(import('../gallery/detectors.ts')),
  },
  {
    id: 'file-cache',
    title: 'What a file cache holds',
    teaches: 'That the size of a cache decides more than its policy, once everything fits.',
    seconds: 2,
    kind: 'synthetic',
    graph: chain('read'),
    load: () => documentOf(import('../gallery/file-cache.ts')),
  },
  {
    id: 'streams',
    title: 'More streams',
    teaches: 'That more machines bring more throughput, and not a better use of each.',
    seconds: 1,
    kind: 'synthetic',
    graph: chain('analyse'),
    load: () => documentOf(import('../gallery/streams.ts')),
  },
  {
    id: 'rollout',
    title: 'A fifth goes to the new version',
    teaches: 'How little of a gain the whole shows while a fifth of the traffic has it.',
    seconds: 1,
    kind: 'synthetic',
    graph: [
      { id: 'to-stable', after: [] },
      { id: 'to-canary', after: [] },
      { id: 'stable', after: ['to-stable'] },
      { id: 'canary', after: ['to-canary'] },
    ],
    load: () => documentOf(import('../gallery/rollout.ts')),
  },
];
