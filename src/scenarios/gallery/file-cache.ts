import type { PipelineDocument } from '../../pipeline/types.ts';

/** Room for an entry of 10,000 bytes, with 256 for its keys and books, and what storage makes of it live. */
const entryBytes = 10_300;

const notes = `
200 reads of 20 files, some of them far more often than others (Zipf's law). A read takes 2 ms; the cache answers what it has.

It has room for 4 files, and the one that came in first goes first (*FIFO*).

**Look at** the hits of *Read*, and what the cache did under the tab Cache. Live, it is this browser's IndexedDB.

**Turn** its policy to *LRU* at the same size: that gains a few hits in a hundred. Then make it five times as large: all 20 files fit, and nine in ten reads are hits, under any policy. The size brought that. No cache can have more here: each file must be read once.

The cache lab (tab Cache) replays the same kind of reads at every size, with fetching ahead and against the best that any policy could do.
`.trim();

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'What a file cache holds',
  notes,
  source: { kind: 'count', count: 200 },
  stages: [
    {
      id: 'read',
      name: 'Read',
      work: {
        kind: 'synthetic',
        phases: [{ wait: 2 }],
        output: 10_000,
        key: { zipf: { keys: 20, exponent: 0.9 } },
      },
      permits: 1,
      cache: { version: '1' },
    },
  ],
  machine: { cores: 2, workers: 1, inFlight: 1 },
  cache: { maxSize: 4 * entryBytes, policy: 'fifo', compress: false },
  variants: [
    { name: 'LRU', set: { '/cache/policy': 'lru' } },
    { name: 'LRU in buckets', set: { '/cache/policy': 'lru-buckets' } },
    { name: 'five times as large', set: { '/cache/maxSize': 20 * entryBytes } },
    {
      name: 'LRU, five times as large',
      set: { '/cache/policy': 'lru', '/cache/maxSize': 20 * entryBytes },
    },
    { name: 'no cache', set: { '/stages/read/cache': null } },
  ],
  sweep: {
    '/cache/maxSize': [2, 4, 8, 12, 16, 20].map((entries) => entries * entryBytes),
    '/cache/policy': ['fifo', 'lru', 'lfu', 'lru-buckets', 'w-tinylfu'],
  },
};
