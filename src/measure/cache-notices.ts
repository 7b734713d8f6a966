import { cacheSavings, savingsSentence } from './cache-savings.ts';
import type { Pipeline } from '../pipeline/types.ts';
import type { Trace } from '../trace/types.ts';

/** With fewer look-ups opening the storage weighs more than all of them, which says nothing of the work. */
const lookUpsMin = 20;

/** What a run says of stages whose look-ups cost as much as the computing they save; mostly nothing. */
export function cacheNotices(trace: Trace, pipeline: Pipeline, cache: 'on' | 'off'): string[] {
  if (cache === 'off') return [];
  return cacheSavings(trace, pipeline)
    .filter(({ pays, hits, misses }) => pays === false && hits + misses >= lookUpsMin)
    .map(savingsSentence);
}
