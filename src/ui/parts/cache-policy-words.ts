import type { Pipeline } from '../../pipeline/types.ts';

/** Which result each policy lets go, one plain sentence or two. */
export const cachePolicyWords: Record<Pipeline['cache']['policy'], string> = {
  lru: 'Least recently used: what was asked for longest ago goes first. A single pass over much data pushes everything out.',
  fifo: 'First in, first out: the oldest goes first, however often it is asked for.',
  lfu: 'Least frequently used: what was asked for least often goes first. What was popular long ago stays long.',
  'lru-buckets':
    'LRU within sizes (below 10 KiB, up to 100 KiB, above): one large result does not push out hundreds of small ones.',
  'w-tinylfu':
    'Keeps a newcomer only if it is asked for more often than what would go for it, by a small sketch of recent counts. Withstands passes over much data.',
};
