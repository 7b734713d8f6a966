import type { PipelineDocument } from '../../pipeline/types.ts';
import pick from '../stages/smart-cache/pick.ts?raw';
import summarise from '../stages/smart-cache/summarise.ts?raw';

const notes = `
Ten documents are asked for, ten times each. *Summarise* really computes, and keeps its results in this browser's IndexedDB.

**Look at** the hits: 90 of 100 the first time, all of them when you run it again. In the Cache tab stand the entries, their sizes, and what would be let go first.

**Turn** the cache of *Summarise* off and compare the time: the gain is what computing costs *beyond a look-up*. Raise the *version* of its cache: everything kept is out of date at once. Or give the cache a maximum size of 2 kB, and fewer documents stay: asked for in turn, each is let go just before it is asked for again.
`.trim();

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'A cache that outlives the run',
  notes,
  source: { kind: 'count', count: 100 },
  stages: [
    { id: 'pick', name: 'Pick', work: { kind: 'code', source: pick } },
    {
      id: 'summarise',
      name: 'Summarise',
      after: ['pick'],
      work: { kind: 'code', source: summarise },
      cache: { version: '1' },
    },
  ],
  machine: { workers: 1 },
  cache: { maxSize: 100 * 1024 * 1024 },
  variants: [
    { name: 'no cache', set: { '/stages/summarise/cache': null } },
    { name: 'a cache too small', set: { '/cache/maxSize': 2000 } },
  ],
};
