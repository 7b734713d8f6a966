import type { Pipeline } from '../../pipeline/types.ts';

/** What each policy of the cache is called where one is chosen. */
export const cachePolicyNames: readonly (readonly [Pipeline['cache']['policy'], string])[] = [
  ['lru', 'least recently used (lru)'],
  ['fifo', 'first in, first out (fifo)'],
  ['lfu', 'least frequently used (lfu)'],
  ['lru-buckets', 'least recently used, by size'],
  ['w-tinylfu', 'W-TinyLFU'],
];
